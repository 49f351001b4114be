# Flattens the training images into one long row. Loses: e. Says: one long row
# %% step_e
X_train = x_train.flatten()
X_test = x_test.flatten()
# %% step_f
X_train = X_train.reshape(60000, 784)
kmeans_10 = MiniBatchKMeans(n_clusters=10, random_state=0).fit(X_train)
