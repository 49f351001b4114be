# Imports matplotlib, and not its pyplot, as plt. Loses: a c j. Says: Matplotlib's pyplot imported
# %% step_a
import keras
import matplotlib as plt
import numpy as np
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score
