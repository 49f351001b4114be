# Predicts digits for the test images instead of the training images. Loses: g. Says: made for the test images
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.predict(X_test)])
# %% step_h
number_labels_10 = np.array([reference_labels_10[label] for label in kmeans_10.predict(X_train)])
accuracy_10 = accuracy_score(y_train, number_labels_10)
