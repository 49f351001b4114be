# Flattens the test images only. Loses: e. Says: still 28 × 28
# %% step_e
X_train = x_train
X_test = x_test.reshape(10000, 784)
# %% step_f
kmeans_10 = MiniBatchKMeans(n_clusters=10, random_state=0).fit(X_train.reshape(60000, 784))
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=0).fit(X_train.reshape(60000, 784))
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.labels_])
accuracy_50 = accuracy_score(y_train, number_labels_50)
