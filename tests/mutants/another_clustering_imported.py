# Imports DBSCAN instead of MiniBatchKMeans. Loses: a. Says: MiniBatchKMeans imported
# %% step_a
import keras
import matplotlib.pyplot as plt
import numpy as np
from sklearn.cluster import DBSCAN
from sklearn.metrics import accuracy_score
# %% step_f
from sklearn.cluster import MiniBatchKMeans
kmeans_10 = MiniBatchKMeans(n_clusters=10, random_state=0).fit(X_train)
