# Names each digit below its centroid, where axis("off") hides it. Loses: j. Says: no titles were set
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure, axes = plt.subplots(5, 10)
for i, ax in enumerate(axes.flat):
    ax.imshow(centroids_50[i], cmap="gray")
    ax.set_xlabel(reference_labels_50[i])
    ax.axis("off")
