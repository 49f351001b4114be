# retrieve_info passes over empty clusters but counts to 9 only. Loses: f. Says: misses larger ones
# %% step_f_function
def retrieve_info(cluster_labels, y):
    info = {}
    for i in range(10):
        digits = y[cluster_labels == i]
        if len(digits) > 0:
            info[i] = np.bincount(digits).argmax()
    return info
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=0).fit(X_train)
reference_labels_50 = {i: np.bincount(y_train[kmeans_50.labels_ == i]).argmax() for i in range(50)}
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.labels_])
accuracy_50 = accuracy_score(y_train, number_labels_50)
