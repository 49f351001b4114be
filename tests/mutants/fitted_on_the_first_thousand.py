# Fits on the first 1000 images, and on all of them in step g. Loses: f. Says: 1000 images
# %% step_f
kmeans_10 = MiniBatchKMeans(n_clusters=10, random_state=0)
kmeans_10.fit(X_train[:1000])
# %% step_g
kmeans_10.fit(X_train)
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
