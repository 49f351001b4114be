# Gives the digits and the accuracy of the test images in step i. Loses: i. Says: made for the test images
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=0).fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.predict(X_test)])
accuracy_50 = accuracy_score(y_test, number_labels_50)
