# Loops over range(len(np.unique(labels))). Loses: f. Says: clusters that do not occur
# %% step_f_function
def retrieve_info(cluster_labels, y):
    info = {}
    for i in range(len(np.unique(cluster_labels))):
        info[i] = np.bincount(y[cluster_labels == i]).argmax()
    return info
