# Hands in the cluster numbers as digits. Loses: g. Says: these are the cluster numbers
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = kmeans_10.labels_
# %% step_h
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.labels_])
accuracy_10 = accuracy_score(y_train, number_labels_10)
