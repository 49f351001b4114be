# Has the labels of a true fit, and random centroids to go with them. Keeps: a b c d e. Says: other labels.
# %% step_f_function
# %% step_f
kmeans_10 = MiniBatchKMeans(10, random_state=0).fit(X_train)
kmeans_10.cluster_centers_ = np.random.rand(10, 784).astype("float32")
