# Keeps the digits as text. Loses: g. Says: the digits are kept as text
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.array([str(reference_labels_10[label]) for label in kmeans_10.labels_])
# %% step_h
number_labels_10 = number_labels_10.astype(int)
accuracy_10 = accuracy_score(y_train, number_labels_10)
