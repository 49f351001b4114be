# Makes the mapping with the digits of test images. Loses: g. Says: digits that do not belong to these images
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_[:10000], y_test)
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
# %% step_h
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
accuracy_10 = accuracy_score(y_train, number_labels_10)
