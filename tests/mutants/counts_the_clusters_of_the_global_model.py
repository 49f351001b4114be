# retrieve_info counts from 0 to the number of clusters of the global kmeans. Loses: f. Says: clusters that do not occur
# %% step_f_function
def retrieve_info(cluster_labels, y):
    reference_labels = {}
    for i in range(kmeans.n_clusters):
        reference_labels[i] = np.bincount(y[cluster_labels == i]).argmax()
    return reference_labels
# %% step_f
kmeans = MiniBatchKMeans(n_clusters=10, random_state=0)
kmeans_10 = kmeans.fit(X_train)
# %% step_i
kmeans = MiniBatchKMeans(n_clusters=50, random_state=0)
kmeans_50 = kmeans.fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.labels_])
accuracy_50 = accuracy_score(y_train, number_labels_50)
