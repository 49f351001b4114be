# Takes fifty training images for centroids, each with its own digit. Keeps: a b c d e. Says: centroids that lie.
# %% step_j
kmeans_50 = MiniBatchKMeans(50)
kmeans_50.cluster_centers_ = X_train[:50]
centroids_50 = X_train[:50].reshape(50, 28, 28)
centroids_figure, axes = plt.subplots(5, 10)
for i, ax in enumerate(axes.flat):
    ax.imshow(centroids_50[i], cmap="gray")
    ax.set_title(y_train[i])
