# Starts k-means from the first images of the training set, and copies the model with clone and set_params.
# %% step_a
import numpy as np
import matplotlib.pyplot as plt
import keras
from sklearn.base import clone
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score
# %% step_f
kmeans_10 = MiniBatchKMeans(n_clusters=10, init=X_train[:10], n_init=1, random_state=0)
kmeans_10.fit(X_train)
# %% step_i
kmeans_50 = clone(kmeans_10).set_params(n_clusters=50, init="random", n_init=5, max_no_improvement=20)
kmeans_50.fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.labels_])
accuracy_50 = accuracy_score(y_train, number_labels_50)
