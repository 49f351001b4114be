# Counts a table of cluster by digit with np.add.at, and looks up in an array instead of the dict.
# %% step_f_function
def retrieve_info(cluster_labels, y):
    table = np.zeros((cluster_labels.max() + 1, 10), dtype=int)
    np.add.at(table, (cluster_labels, y), 1)
    return {c: row.argmax() for c, row in enumerate(table) if row.sum() > 0}
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
lookup = np.zeros(10, dtype="int64")
lookup[list(reference_labels_10.keys())] = list(reference_labels_10.values())
number_labels_10 = lookup[kmeans_10.labels_]
# %% step_h
right = 0
for true, predicted in zip(y_train, number_labels_10):
    if true == predicted:
        right += 1
accuracy_10 = right / len(y_train)
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=5).fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
lookup = np.array([reference_labels_50.get(c, -1) for c in range(50)])
number_labels_50 = lookup[kmeans_50.labels_]
accuracy_50 = accuracy_score(number_labels_50, y_train)
