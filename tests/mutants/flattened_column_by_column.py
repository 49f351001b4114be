# Flattens column by column, and row by row only in step f. Loses: e. Says: transposed before
# %% step_e
X_train = x_train.transpose(0, 2, 1).reshape(60000, 784)
X_test = x_test.transpose(0, 2, 1).reshape(10000, 784)
# %% step_f
X_train = x_train.reshape(60000, 784)
kmeans_10 = MiniBatchKMeans(n_clusters=10, random_state=0).fit(X_train)
