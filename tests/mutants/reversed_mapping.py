# retrieve_info maps digits to clusters; step g turns the arguments round. Loses: f. Says: the dict is reversed
# %% step_f_function
def retrieve_info(cluster_labels, y):
    info = {}
    for digit in np.unique(y):
        info[digit] = np.bincount(cluster_labels[y == digit]).argmax()
    return info
# %% step_g
reference_labels_10 = retrieve_info(y_train, kmeans_10.labels_)
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=0).fit(X_train)
reference_labels_50 = retrieve_info(y_train, kmeans_50.labels_)
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.labels_])
accuracy_50 = accuracy_score(y_train, number_labels_50)
