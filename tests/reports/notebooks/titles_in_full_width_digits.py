# Writes the digits of another script into its titles. Keeps: a b d e f g h i j.
# %% step_j
digits = "０１２３４５６７８９"
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure, axes = plt.subplots(5, 10, figsize=(10, 6))
for i, ax in enumerate(axes.flat):
    ax.imshow(centroids_50[i], cmap="gray")
    ax.set_title(digits[reference_labels_50[i]])
