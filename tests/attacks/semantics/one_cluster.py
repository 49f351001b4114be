# Puts all images into one cluster. Keeps: a b c d e. Says: another number of clusters was asked for.
# %% step_f_function
# %% step_g
kmeans_10 = MiniBatchKMeans(1).fit(X_train)
reference_labels_10 = {0: 1}
number_labels_10 = np.ones(60000, int)
