# Writes one function that clusters, and calls it for 10 and for 50.
# %% step_f
def cluster(k):
    model = MiniBatchKMeans(k, random_state=123, n_init="auto")
    model.fit(X_train, y_train)
    return model

kmeans_10 = cluster(10)
# %% step_g
def name_them(model):
    reference = retrieve_info(model.labels_, y_train)
    return reference, np.asarray([reference[c] for c in model.labels_], dtype="uint16")

reference_labels_10, number_labels_10 = name_them(kmeans_10)
# %% step_i
kmeans_50 = cluster(50)
reference_labels_50, number_labels_50 = name_them(kmeans_50)
accuracy_50 = float(accuracy_score(y_train, number_labels_50))
