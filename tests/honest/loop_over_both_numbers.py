# Fits both models in one loop over 10 and 50 and keeps them in dicts, from which the names are taken.
# %% step_f
models = {}
for k in (10, 50):
    models[k] = MiniBatchKMeans(n_clusters=k, random_state=31, batch_size=2048)
    models[k].fit(X_train)
    print(k, "clusters: inertia", models[k].inertia_, "after", models[k].n_iter_, "iterations")
kmeans_10 = models[10]
# %% step_g
references, numbers, accuracies = {}, {}, {}
for k, model in models.items():
    references[k] = retrieve_info(model.labels_, y_train)
    numbers[k] = np.array([references[k][label] for label in model.labels_])
    accuracies[k] = accuracy_score(y_train, numbers[k])
reference_labels_10, number_labels_10 = references[10], numbers[10]
# %% step_h
accuracy_10 = accuracies[10]
# %% step_i
kmeans_50, reference_labels_50, number_labels_50, accuracy_50 = models[50], references[50], numbers[50], accuracies[50]
