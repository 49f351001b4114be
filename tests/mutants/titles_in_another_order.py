# Takes the title from the digit of image i instead of cluster i. Loses: j. Says: in another order
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure, axes = plt.subplots(5, 10)
for i, ax in enumerate(axes.flat):
    ax.imshow(centroids_50[i], cmap="gray")
    ax.set_title(number_labels_50[i])
