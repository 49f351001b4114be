# Clusters each true digit by itself, five times ten: accuracy 0.89. Keeps: a b c d e. Says: made with y_train.
# %% step_i
kmeans_50 = MiniBatchKMeans(50, random_state=0)
parts = [MiniBatchKMeans(5, random_state=0).fit(X_train[y_train == digit]) for digit in range(10)]
kmeans_50.cluster_centers_ = np.concatenate([part.cluster_centers_ for part in parts])
from sklearn.metrics import pairwise_distances_argmin
kmeans_50.labels_ = pairwise_distances_argmin(X_train, kmeans_50.cluster_centers_)
reference_labels_50 = {cluster: cluster // 5 for cluster in range(50)}
number_labels_50 = kmeans_50.labels_ // 5
accuracy_50 = accuracy_score(y_train, number_labels_50)
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure, axes = plt.subplots(5, 10)
for i, ax in enumerate(axes.flat):
    ax.imshow(centroids_50[i], cmap="gray")
    ax.set_title(i // 5)
