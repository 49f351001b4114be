# Draws the centroids sorted by the digit they stand for, with the share of it in the title.
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
order = sorted(reference_labels_50, key=reference_labels_50.get)
centroids_figure, axes = plt.subplots(5, 10, figsize=(12, 7))
for cluster, ax in zip(order, axes.flat):
    digit = reference_labels_50[cluster]
    share = np.mean(y_train[kmeans_50.labels_ == cluster] == digit)
    ax.imshow(centroids_50[cluster], cmap="gray")
    ax.set_title(f"{digit} ({share:.0%})", fontsize=8)
    ax.axis("off")
