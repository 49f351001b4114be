# Has the centroids of a true fit, and labels that are the digits. Keeps: a b c d e. Says: other labels.
# %% step_f_function
# %% step_f
kmeans_10 = MiniBatchKMeans(10, random_state=0).fit(X_train)
kmeans_10.labels_ = y_train.astype(int)
# %% step_g
reference_labels_10 = {digit: digit for digit in range(10)}
number_labels_10 = y_train.astype(int)
# %% step_h
accuracy_10 = 1.0
