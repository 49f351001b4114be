# Keeps what fit_predict returns under the name of the model. Loses: f. Says: such as labels
# %% step_f
kmeans_10 = MiniBatchKMeans(n_clusters=10, random_state=0).fit_predict(X_train)
# %% step_g
kmeans_10 = MiniBatchKMeans(n_clusters=10, random_state=0).fit(X_train)
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
