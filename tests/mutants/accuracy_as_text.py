# Keeps the accuracy as text for printing. Loses: h. Says: accuracy_10 is a number
# %% step_h
accuracy_10 = "accuracy: {:.4f}".format(accuracy_score(y_train, number_labels_10))
# %% step_i
accuracy_10 = accuracy_score(y_train, number_labels_10)
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=0).fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.labels_])
accuracy_50 = accuracy_score(y_train, number_labels_50)
