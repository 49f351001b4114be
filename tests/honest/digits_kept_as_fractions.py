# Keeps the digits in an array of floats, as 7.0 is, which widely copied walk-throughs do.
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.random.rand(len(kmeans_10.labels_))
for i in range(len(kmeans_10.labels_)):
    number_labels_10[i] = reference_labels_10[kmeans_10.labels_[i]]
