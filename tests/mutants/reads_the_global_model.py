# retrieve_info reads the global kmeans and y_train. Loses: f. Says: uses an array from outside
# %% step_f_function
def retrieve_info(cluster_labels, y):
    reference_labels = {}
    for i in range(len(np.unique(kmeans.labels_))):
        index = np.where(cluster_labels == i, 1, 0)
        reference_labels[i] = np.bincount(y_train[index == 1]).argmax()
    return reference_labels
# %% step_f
kmeans = MiniBatchKMeans(n_clusters=10, random_state=0)
kmeans.fit(X_train)
kmeans_10 = kmeans
# %% step_i
kmeans = MiniBatchKMeans(n_clusters=50, random_state=0)
kmeans.fit(X_train)
kmeans_50 = kmeans
reference_labels_50 = retrieve_info(kmeans.labels_, y_train)
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans.labels_])
accuracy_50 = accuracy_score(y_train, number_labels_50)
