# Reshapes to (784, 60000), and lets step f reshape again. Loses: e. Says: the numbers in reshape are exchanged
# %% step_e
X_train = x_train.reshape(784, 60000)
X_test = x_test.reshape(784, 10000)
# %% step_f
X_train = X_train.reshape(60000, 784)
kmeans_10 = MiniBatchKMeans(n_clusters=10, random_state=0).fit(X_train)
