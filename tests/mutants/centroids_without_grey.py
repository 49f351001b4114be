# Draws the centroids without a colour map. Loses: j. Says: the colour map 'viridis'
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure, axes = plt.subplots(5, 10)
for i, ax in enumerate(axes.flat):
    ax.imshow(centroids_50[i])
    ax.set_title(reference_labels_50[i])
