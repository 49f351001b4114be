# Looks up the first 1000 images only, and the rest in step h. Loses: g. Says: not for every image
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.zeros(60000, dtype=int)
for i in range(1000):
    number_labels_10[i] = reference_labels_10[kmeans_10.labels_[i]]
# %% step_h
for i in range(60000):
    number_labels_10[i] = reference_labels_10[kmeans_10.labels_[i]]
accuracy_10 = accuracy_score(y_train, number_labels_10)
