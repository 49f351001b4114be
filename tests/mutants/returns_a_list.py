# retrieve_info returns a list of digits instead of a dict. Loses: f. Says: something else than a dict
# %% step_f_function
def retrieve_info(cluster_labels, y):
    return [np.bincount(y[cluster_labels == c]).argmax() for c in np.unique(cluster_labels)]
# %% step_g
reference_labels_10 = dict(enumerate(retrieve_info(kmeans_10.labels_, y_train)))
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=0).fit(X_train)
reference_labels_50 = dict(enumerate(retrieve_info(kmeans_50.labels_, y_train)))
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.labels_])
accuracy_50 = accuracy_score(y_train, number_labels_50)
