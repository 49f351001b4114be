# retrieve_info prints its result instead of returning it; step g repairs it. Loses: f. Says: returns nothing yet
# %% step_f_function
def retrieve_info(cluster_labels, y):
    info = {}
    for cluster in np.unique(cluster_labels):
        info[cluster] = np.bincount(y[cluster_labels == cluster]).argmax()
    print(info)
# %% step_g
def retrieve_info(cluster_labels, y):
    return {c: np.bincount(y[cluster_labels == c]).argmax() for c in np.unique(cluster_labels)}

reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
