# Draws the centroids in ten rows of five, as whole numbers from 0 to 255, with the digit as x label.
# %% step_j
centroids_50 = (kmeans_50.cluster_centers_ * 255).astype(np.uint8).reshape(50, 28, 28)
centroids_figure, ax = plt.subplots(nrows=10, ncols=5, figsize=(5, 12))
n = 0
for row in range(10):
    for column in range(5):
        ax[row, column].imshow(centroids_50[n], cmap="gray", vmin=0, vmax=255)
        ax[row, column].set_xlabel(f"cluster {n}, digit {reference_labels_50[n]}", fontsize=6)
        ax[row, column].set_xticks([])
        ax[row, column].set_yticks([])
        n += 1
centroids_figure.tight_layout()
