# Fits kmeans_10 on the test images. Loses: f. Says: fitted on the test images
# %% step_f
kmeans_10 = MiniBatchKMeans(n_clusters=10, random_state=0).fit(X_test)
# %% step_g
clusters = kmeans_10.predict(X_train)
reference_labels_10 = retrieve_info(clusters, y_train)
number_labels_10 = np.array([reference_labels_10[label] for label in clusters])
