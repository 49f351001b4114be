# Takes the mode from SciPy, and keeps digits as int8 and uint8.
# %% step_f_function
from scipy import stats

def retrieve_info(cluster_labels, y):
    return {c: stats.mode(y[cluster_labels == c], keepdims=False).mode for c in np.unique(cluster_labels)}
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.empty(60000, dtype=np.int8)
for cluster, digit in reference_labels_10.items():
    number_labels_10[kmeans_10.labels_ == cluster] = digit
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=3)
kmeans_50.fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = np.empty_like(y_train)
for cluster, digit in reference_labels_50.items():
    number_labels_50[kmeans_50.labels_ == cluster] = digit
accuracy_50 = accuracy_score(y_train, number_labels_50)
