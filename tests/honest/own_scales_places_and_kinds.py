# Imports with %time, shows a widget, has a grey scale and places of its own, numbers as objects and in another order.
# %% step_a
%time import numpy as np
%time import matplotlib.pyplot as plt
import keras
!echo two \
    lines
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score
# %% step_c
import ipywidgets
from matplotlib.colors import LinearSegmentedColormap
own_grey = LinearSegmentedColormap.from_list("ink", ["black", "white"])
with ipywidgets.Output():
    print("nine digits")
digits_figure = plt.figure(figsize=(4, 4))
for i in range(9):
    ax = digits_figure.add_axes([i * 0.33 - i // 3 * 0.99, 0.66 - i // 3 * 0.33, 0.31, 0.31])
    ax.imshow(x_train[i], cmap=own_grey, extent=(0, 28, 0, 28))
    ax.axis("off")
# %% step_d
x_train = (x_train / 255).astype(">f4")
x_test = (x_test / 255).astype(">f4")
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.frompyfunc(reference_labels_10.get, 1, 1)(kmeans_10.labels_)
# %% step_h
accuracy_10 = float(np.mean(number_labels_10 == y_train))
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=0).fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.labels_], dtype=">i4")
accuracy_50 = accuracy_score(y_train, number_labels_50)
# %% step_j
centroids_50 = (kmeans_50.cluster_centers_.reshape(50, 28, 28) * 255).astype(np.uint8)
sizes = np.bincount(kmeans_50.labels_, minlength=50)
centroids_figure = plt.figure(figsize=(9, 6))
for i in range(50):
    ax = centroids_figure.add_axes([i * 0.1 - i // 10, 0.8 - i // 10 * 0.2, 0.09, 0.15])
    ax.imshow(centroids_50[i], cmap=own_grey)
    ax.set_title(f"{reference_labels_50[i]} ({sizes[i] / 60000:.0%}, n = {sizes[i]:,})".replace(",", " "), fontsize=6)
    ax.axis("off")
