# Calls its own variables plots, results and checks, as the lab calls its helpers, and uses them in later cells.
# %% step_c
digits_figure, plots = plt.subplots(3, 3, figsize=(5, 5))
for i, ax in enumerate(plots.flat):
    ax.imshow(x_train[i], cmap="gray")
    ax.axis("off")
# %% step_g
results = {10: retrieve_info(kmeans_10.labels_, y_train)}
reference_labels_10 = results[10]
number_labels_10 = np.array([results[10][label] for label in kmeans_10.labels_])
# %% step_h
checks = []
checks.append(number_labels_10 == y_train)
accuracy_10 = np.mean(checks[0])
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=0).fit(X_train)
results[50] = retrieve_info(kmeans_50.labels_, y_train)
reference_labels_50 = results[50]
number_labels_50 = np.array([results[50][label] for label in kmeans_50.labels_])
checks.append(number_labels_50 == y_train)
accuracy_50 = np.mean(checks[1])
