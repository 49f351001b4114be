# Uses KMeans instead of MiniBatchKMeans, from one start and with few iterations.
# %% step_a
import numpy as np
import matplotlib.pyplot as plt
import keras
from sklearn.cluster import KMeans
from sklearn.metrics import accuracy_score
# %% step_f
kmeans_10 = KMeans(n_clusters=10, n_init=1, max_iter=30, random_state=1)
kmeans_10.fit(X_train)
# %% step_i
kmeans_50 = KMeans(n_clusters=50, n_init=1, max_iter=10, random_state=1)
kmeans_50.fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.labels_])
accuracy_50 = accuracy_score(y_train, number_labels_50)
