# Calls retrieve_info with the digits first. Loses: g. Says: the dict is reversed
# %% step_g
reference_labels_10 = retrieve_info(y_train, kmeans_10.labels_)
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
# %% step_h
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
accuracy_10 = accuracy_score(y_train, number_labels_10)
