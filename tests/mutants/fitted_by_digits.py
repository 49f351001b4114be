# Takes the means of five parts of each digit as centroids instead of clustering. Loses: i. Says: made with y_train
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=0).fit(X_train)
means = [MiniBatchKMeans(n_clusters=5, random_state=0).fit(X_train[y_train == d]).cluster_centers_ for d in range(10)]
kmeans_50.cluster_centers_ = np.concatenate(means)
kmeans_50.labels_ = kmeans_50.predict(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.labels_])
accuracy_50 = accuracy_score(y_train, number_labels_50)
# %% step_j
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=0).fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure, axes = plt.subplots(5, 10)
for i, ax in enumerate(axes.flat):
    ax.imshow(centroids_50[i], cmap="gray")
    ax.set_title(reference_labels_50[i])
