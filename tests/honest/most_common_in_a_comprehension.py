# Finds each digit with Counter in a dict comprehension, and counts right answers with a generator.
# %% step_f_function
from collections import Counter

def retrieve_info(cluster_labels, y):
    return {c: Counter(y[cluster_labels == c]).most_common(1)[0][0] for c in set(cluster_labels)}
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = [reference_labels_10[c] for c in kmeans_10.labels_]
# %% step_h
accuracy_10 = sum(a == b for a, b in zip(number_labels_10, y_train)) / len(y_train)
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=99).fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = [reference_labels_50[c] for c in kmeans_50.labels_]
accuracy_50 = 1 - np.mean(np.array(number_labels_50) != y_train)
