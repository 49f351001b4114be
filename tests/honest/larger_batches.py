# Gives batch_size, n_init and max_iter, and fits with fit_predict.
# %% step_f
kmeans_10 = MiniBatchKMeans(n_clusters=10, batch_size=4096, n_init=3, max_iter=50, random_state=42)
clusters_10 = kmeans_10.fit_predict(X_train)
# %% step_g
reference_labels_10 = retrieve_info(clusters_10, y_train)
number_labels_10 = np.array([reference_labels_10[c] for c in clusters_10])
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, batch_size=256, random_state=42)
clusters_50 = kmeans_50.fit_predict(X_train)
reference_labels_50 = retrieve_info(clusters_50, y_train)
number_labels_50 = np.array([reference_labels_50[c] for c in clusters_50])
accuracy_50 = accuracy_score(y_train, number_labels_50)
