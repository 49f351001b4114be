# Imports accuracy_score only in step h. Loses: a. Says: accuracy_score imported in step a
# %% step_a
import keras
import matplotlib.pyplot as plt
import numpy as np
from sklearn.cluster import MiniBatchKMeans
# %% step_h
from sklearn.metrics import accuracy_score
accuracy_10 = accuracy_score(y_train, number_labels_10)
