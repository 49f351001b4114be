# Imports mnist itself, NumPy under another name, and pyplot from its package; no seed of 0.
# %% step_a
import numpy as npy
from keras.datasets import mnist
from matplotlib import pyplot
from sklearn import cluster, metrics
# %% step_b
train, test = mnist.load_data()
x_train, y_train = train
x_test, y_test = test
for name, array in [("x_train", x_train), ("y_train", y_train), ("x_test", x_test), ("y_test", y_test)]:
    print(name, array.shape)
# %% step_c
digits_figure = pyplot.figure(figsize=(6, 6))
for i in range(9):
    ax = digits_figure.add_subplot(3, 3, i + 1)
    ax.imshow(x_train[i], cmap=pyplot.cm.gray)
# %% step_d
x_train = npy.divide(x_train, 255, dtype=npy.float32)
x_test = npy.divide(x_test, 255, dtype=npy.float32)
# %% step_e
X_train = x_train.reshape(-1, 784)
X_test = x_test.reshape(-1, 784)
# %% step_f_function
def retrieve_info(cluster_labels, y):
    info = {}
    for c in set(cluster_labels):
        values, counts = npy.unique(y[cluster_labels == c], return_counts=True)
        info[c] = values[counts.argmax()]
    return info
# %% step_f
kmeans_10 = cluster.MiniBatchKMeans(n_clusters=10, random_state=7)
kmeans_10.fit(X_train)
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = npy.zeros(len(X_train), dtype=int)
for i in range(len(X_train)):
    number_labels_10[i] = reference_labels_10[kmeans_10.labels_[i]]
# %% step_h
accuracy_10 = metrics.accuracy_score(y_train, number_labels_10)
# %% step_i
kmeans_50 = cluster.MiniBatchKMeans(n_clusters=50, random_state=7)
kmeans_50.fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = npy.zeros(len(X_train), dtype=int)
for i in range(len(X_train)):
    number_labels_50[i] = reference_labels_50[kmeans_50.labels_[i]]
accuracy_50 = metrics.accuracy_score(y_train, number_labels_50)
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure = pyplot.figure(figsize=(10, 6))
for i in range(50):
    ax = centroids_figure.add_subplot(5, 10, i + 1)
    ax.imshow(centroids_50[i], cmap=pyplot.cm.gray)
    ax.set_title("Digit: {}".format(reference_labels_50[i]), fontsize=8)
    ax.set_xticks([])
    ax.set_yticks([])
