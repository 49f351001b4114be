# Transposes the array of centroids itself. Loses: j. Says: they are transposed
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28).transpose(0, 2, 1)
centroids_figure, axes = plt.subplots(5, 10)
for i, ax in enumerate(axes.flat):
    ax.imshow(centroids_50[i], cmap="gray")
    ax.set_title(reference_labels_50[i])
