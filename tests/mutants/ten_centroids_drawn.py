# Draws the first ten centroids only. Loses: j. Says: 10 images
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure, axes = plt.subplots(5, 10)
for i in range(10):
    axes.flat[i].imshow(centroids_50[i], cmap="gray")
    axes.flat[i].set_title(reference_labels_50[i])
