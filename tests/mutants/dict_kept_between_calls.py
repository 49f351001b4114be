# Makes the dict of retrieve_info outside the function, so that it keeps entries. Loses: f. Says: outside the function
# %% step_f_function
info = {}


def retrieve_info(cluster_labels, y):
    for cluster in np.unique(cluster_labels):
        info[int(cluster)] = int(np.bincount(y[cluster_labels == cluster]).argmax())
    return info
