# Uses the ten clusters, with forty that no image is near, as fifty. Keeps: a b c d e f g h. Says: sum of squared distances.
# %% step_i
kmeans_50 = MiniBatchKMeans(50)
kmeans_50.cluster_centers_ = np.vstack([kmeans_10.cluster_centers_ + far for far in range(5)])
kmeans_50.labels_ = kmeans_10.labels_
reference_labels_50 = {cluster: reference_labels_10[cluster % 10] for cluster in range(50)}
number_labels_50, accuracy_50 = number_labels_10, accuracy_10
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure, axes = plt.subplots(5, 10)
for i, ax in enumerate(axes.flat):
    ax.imshow(centroids_50[i], cmap="gray")
    ax.set_title(reference_labels_50[i])
