# Draws the first centroid in all fifty axes. Loses: j. Says: the index in the loop
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure, axes = plt.subplots(5, 10)
for ax in axes.flat:
    ax.imshow(centroids_50[0], cmap="gray")
    ax.set_title(reference_labels_50[0])
