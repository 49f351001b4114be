# Begins with the magic of a backend that works on the student's machine only. Keeps: a b c.
# %% step_a
%matplotlib widget
import keras
import matplotlib.pyplot as plt
import numpy as np
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score
