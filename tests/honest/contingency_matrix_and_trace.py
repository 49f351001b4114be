# Counts with scikit-learn's contingency_matrix, and takes the accuracy from the trace of the confusion matrix.
# %% step_a
import keras
import matplotlib.pyplot as plt
import numpy as np
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score, confusion_matrix
from sklearn.metrics.cluster import contingency_matrix
# %% step_f_function
def retrieve_info(cluster_labels, y):
    table = contingency_matrix(y, cluster_labels)
    digits, clusters = np.unique(y), np.unique(cluster_labels)
    return dict(zip(clusters, digits[table.argmax(axis=0)]))
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.fromiter((reference_labels_10[c] for c in kmeans_10.labels_), dtype=int)
# %% step_h
matrix = confusion_matrix(y_train, number_labels_10)
accuracy_10 = matrix.trace() / matrix.sum()
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=8).fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = np.fromiter((reference_labels_50[c] for c in kmeans_50.labels_), dtype=int)
matrix = confusion_matrix(y_train, number_labels_50)
accuracy_50 = np.trace(matrix) / np.sum(matrix)
