# Fits kmeans_50 again on the test images and calls the result a test score. Loses: i. Says: fitted on the test images
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=0).fit(X_train)
kmeans_50.fit(X_test)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_test)
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.labels_])
accuracy_50 = accuracy_score(y_test, number_labels_50)
# %% step_j
kmeans_50.fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure, axes = plt.subplots(5, 10)
for i, ax in enumerate(axes.flat):
    ax.imshow(centroids_50[i], cmap="gray")
    ax.set_title(reference_labels_50[i])
