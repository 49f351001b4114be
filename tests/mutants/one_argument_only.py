# retrieve_info takes the labels only and reads y_train. Loses: f. Says: two arguments
# %% step_f_function
def retrieve_info(cluster_labels):
    return {c: np.bincount(y_train[cluster_labels == c]).argmax() for c in np.unique(cluster_labels)}
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_)
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=0).fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_)
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.labels_])
accuracy_50 = accuracy_score(y_train, number_labels_50)
