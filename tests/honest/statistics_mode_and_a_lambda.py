# Writes retrieve_info as a lambda with statistics.mode, and looks digits up with pure NumPy.
# %% step_f_function
import statistics

retrieve_info = lambda cluster_labels, y: {
    int(c): statistics.mode(y[cluster_labels == c].tolist()) for c in np.unique(cluster_labels)}
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.choose(kmeans_10.labels_, [reference_labels_10.get(c, 0) for c in range(10)])
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=17).fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
keys = np.array(sorted(reference_labels_50))
values = np.array([reference_labels_50[c] for c in keys])
number_labels_50 = values[np.searchsorted(keys, kmeans_50.labels_)]
accuracy_50 = accuracy_score(y_train, number_labels_50, normalize=False) / 60000
