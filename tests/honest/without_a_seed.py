# Gives no random_state, so that each run finds other clusters.
# %% step_f
kmeans_10 = MiniBatchKMeans(n_clusters=10)
kmeans_10.fit(X_train)
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50)
kmeans_50.fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.labels_])
accuracy_50 = accuracy_score(y_train, number_labels_50)
