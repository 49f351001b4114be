# Makes grey the default colour map in step a, and closes each figure after naming it.
# %% step_a
%matplotlib inline
import numpy as np
import matplotlib.pyplot as plt
import keras
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score

plt.rcParams["image.cmap"] = "gray"
plt.rcParams["figure.figsize"] = (8, 5)
np.set_printoptions(precision=3)
# %% step_c
fig, axs = plt.subplots(3, 3)
for index, (image, digit) in enumerate(zip(x_train[:9], y_train[:9])):
    axs[index // 3, index % 3].imshow(image)
    axs[index // 3, index % 3].set_title(f"label {digit}")
fig.tight_layout()
digits_figure = fig
plt.close(fig)
digits_figure
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
fig, axs = plt.subplots(5, 10, subplot_kw={"xticks": [], "yticks": []})
for cluster, digit in reference_labels_50.items():
    ax = axs[cluster // 10, cluster % 10]
    ax.imshow(centroids_50[cluster], interpolation="bilinear", aspect="auto")
    ax.set_title(digit)
centroids_figure = fig
plt.close(fig)
display(centroids_figure)
