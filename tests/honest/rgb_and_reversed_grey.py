# Draws the digits as grey RGB images and the centroids with the reversed map gray_r.
# %% step_c
digits_figure, axes = plt.subplots(3, 3, sharex=True, sharey=True)
for row in range(3):
    for column in range(3):
        image = x_train[3 * row + column]
        axes[row][column].imshow(np.dstack([image, image, image]))
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure, axes = plt.subplots(5, 10)
axes = axes.ravel()
for i in range(len(centroids_50)):
    axes[i].imshow(centroids_50[i], cmap="gray_r")
    axes[i].set_title(f"{i}: {reference_labels_50[i]}", fontsize=7)
