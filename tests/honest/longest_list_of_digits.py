# Collects the digits of each cluster in lists, and takes max(set(digits), key=digits.count).
# %% step_f_function
def retrieve_info(cluster_labels, y):
    groups = {}
    for i in range(len(cluster_labels)):
        if cluster_labels[i] not in groups:
            groups[cluster_labels[i]] = []
        groups[cluster_labels[i]].append(y[i])
    info = {}
    for cluster in sorted(groups):
        digits = groups[cluster]
        info[cluster] = max(set(digits), key=digits.count)
    return info
# %% step_h
correct = np.count_nonzero(number_labels_10 == y_train)
accuracy_10 = correct / y_train.size
print("Accuracy: %.2f %%" % (100 * accuracy_10))
