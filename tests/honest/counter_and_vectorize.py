# Counts with collections.Counter and looks digits up with np.vectorize.
# %% step_f_function
def retrieve_info(cluster_labels, y):
    from collections import Counter, defaultdict
    digits = defaultdict(Counter)
    for cluster, digit in zip(cluster_labels, y):
        digits[cluster][digit] += 1
    return {cluster: counter.most_common(1)[0][0] for cluster, counter in digits.items()}
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.vectorize(reference_labels_10.get)(kmeans_10.labels_)
# %% step_h
accuracy_10 = np.mean(number_labels_10 == y_train)
# %% step_i
kmeans_50 = MiniBatchKMeans(50, random_state=11).fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = np.vectorize(reference_labels_50.get)(kmeans_50.labels_)
accuracy_50 = (number_labels_50 == y_train).mean()
