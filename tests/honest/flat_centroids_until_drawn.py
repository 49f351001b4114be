# Keeps the centroids as rows of 784 and reshapes each when it is drawn, from the last to the first.
# %% step_j
centroids_50 = kmeans_50.cluster_centers_
centroids_figure, axes = plt.subplots(5, 10, figsize=(10, 6))
for i in reversed(range(50)):
    ax = axes[i // 10][i % 10]
    ax.imshow(centroids_50[i].reshape(28, 28), cmap="gray")
    ax.set_title("C%d = %d" % (i, reference_labels_50[i]), fontsize=7)
    ax.get_xaxis().set_visible(False)
    ax.get_yaxis().set_visible(False)
