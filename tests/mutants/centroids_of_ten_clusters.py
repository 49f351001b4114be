# Takes the centroids of kmeans_10. Loses: j. Says: taken from kmeans_10
# %% step_j
centroids_50 = kmeans_10.cluster_centers_.reshape(10, 28, 28)
centroids_figure, axes = plt.subplots(2, 5)
for i, ax in enumerate(axes.flat):
    ax.imshow(centroids_50[i], cmap="gray")
    ax.set_title(reference_labels_10[i])
