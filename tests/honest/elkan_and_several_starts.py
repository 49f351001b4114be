# Uses KMeans with the Elkan algorithm and several starts, stopped after twenty iterations.
# %% step_f
from sklearn.cluster import KMeans

kmeans_10 = KMeans(n_clusters=10, init="random", n_init=2, max_iter=20, tol=1e-3, algorithm="elkan", random_state=4)
cluster_numbers = kmeans_10.fit_predict(X_train)
# %% step_g
reference_labels_10 = retrieve_info(cluster_numbers, y_train)
number_labels_10 = np.array([reference_labels_10[c] for c in cluster_numbers], dtype=y_train.dtype)
