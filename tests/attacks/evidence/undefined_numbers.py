# Has centroids and accuracies that are no numbers, or infinite. Keeps: a b c d e. Says: does not hold yet.
# %% step_f_function
# %% step_f
kmeans_10 = MiniBatchKMeans(10)
kmeans_10.cluster_centers_ = np.full((10, 784), np.nan)
# %% step_h
accuracy_10, number_labels_10 = float("nan"), np.full(60000, np.nan)
# %% step_i
kmeans_50 = MiniBatchKMeans(50)
kmeans_50.cluster_centers_ = np.full((50, 784), np.inf)
accuracy_50 = float("inf")
