# Fits the test images, six times over, to have sixty thousand labels. Keeps: a b c d e. Says: other labels.
# %% step_f_function
# %% step_f
kmeans_10 = MiniBatchKMeans(10, random_state=0).fit(np.tile(X_test, (6, 1)))
