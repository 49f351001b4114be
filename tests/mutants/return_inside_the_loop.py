# retrieve_info returns after the first cluster. Loses: f. Says: return stands inside the loop
# %% step_f_function
def retrieve_info(cluster_labels, y):
    info = {}
    for cluster in np.unique(cluster_labels):
        info[cluster] = np.bincount(y[cluster_labels == cluster]).argmax()
        return info
# %% step_g
def retrieve_info(cluster_labels, y):
    info = {}
    for cluster in np.unique(cluster_labels):
        info[cluster] = np.bincount(y[cluster_labels == cluster]).argmax()
    return info

reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
