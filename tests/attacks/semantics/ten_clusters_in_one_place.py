# Takes the mean of all images ten times as centroids. Keeps: a b c d e. Says: another number of clusters.
# %% step_f_function
# %% step_f
kmeans_10 = MiniBatchKMeans(10)
kmeans_10.cluster_centers_, kmeans_10.labels_ = np.tile(X_train.mean(axis=0), (10, 1)), np.zeros(60000, int)
# %% step_g
reference_labels_10 = {0: 1}
number_labels_10 = np.ones(60000, int)
