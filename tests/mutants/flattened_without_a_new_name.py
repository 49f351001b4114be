# Calls reshape without giving the result a name. Loses: e. Says: not done yet
# %% step_e
x_train.reshape(60000, 784)
x_test.reshape(10000, 784)
# %% step_f
X_train = x_train.reshape(60000, 784)
kmeans_10 = MiniBatchKMeans(n_clusters=10, random_state=0).fit(X_train)
