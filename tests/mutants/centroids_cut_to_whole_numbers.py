# Casts the centroids to uint8 without multiplying by 255. Loses: j. Says: the fractions were cut off
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28).astype(np.uint8)
centroids_figure, axes = plt.subplots(5, 10)
for i, ax in enumerate(axes.flat):
    ax.imshow(centroids_50[i], cmap="gray")
    ax.set_title(reference_labels_50[i])
