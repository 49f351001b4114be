# Leaves n_clusters out, so that scikit-learn takes 8. Loses: f. Says: n_clusters was left out
# %% step_f
kmeans_10 = MiniBatchKMeans(random_state=0)
kmeans_10.fit(X_train)
# %% step_g
kmeans_10 = MiniBatchKMeans(n_clusters=10, random_state=0).fit(X_train)
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
