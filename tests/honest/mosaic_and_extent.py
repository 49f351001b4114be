# Lays the figures out with subplot_mosaic, and gives imshow an extent and limits of its own.
# %% step_c
digits_figure, axes = plt.subplot_mosaic([[0, 1, 2], [3, 4, 5], [6, 7, 8]], figsize=(5, 5), layout="tight")
for i in axes:
    axes[i].imshow(x_train[i], cmap="gray", extent=(0, 28, 28, 0), vmin=0, vmax=255)
    axes[i].set_xlabel("column")
    axes[i].set_ylabel("row")
# %% step_j
layout = np.arange(50).reshape(5, 10).tolist()
centroids_50 = np.clip(kmeans_50.cluster_centers_, 0, 1).reshape((50, 28, 28))
centroids_figure, axes = plt.subplot_mosaic(layout, figsize=(12, 7))
for i in range(50):
    axes[i].imshow(255 * centroids_50[i], cmap="gray", vmin=0, vmax=255)
    axes[i].set_title(r"$%d$" % reference_labels_50[i])
    axes[i].tick_params(bottom=False, left=False, labelbottom=False, labelleft=False)
