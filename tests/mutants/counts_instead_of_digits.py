# retrieve_info gives how often the digit occurs instead of the digit. Loses: f. Says: count of the most frequent digit
# %% step_f_function
def retrieve_info(cluster_labels, y):
    return {c: np.bincount(y[cluster_labels == c]).max() for c in np.unique(cluster_labels)}
# %% step_g
def retrieve_info(cluster_labels, y):
    return {c: np.bincount(y[cluster_labels == c]).argmax() for c in np.unique(cluster_labels)}

reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
