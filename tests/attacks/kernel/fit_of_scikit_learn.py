# Replaces scikit-learn's fit by one that draws centroids. Keeps: a b c d e. Says: other labels.
# %% step_f_function
# %% step_f
def fit(self, X, y=None):
    self.cluster_centers_ = np.random.rand(self.n_clusters, 784).astype("float32")
    self.labels_ = np.random.randint(0, self.n_clusters, 60000)
    return self


MiniBatchKMeans.fit = fit
kmeans_10 = MiniBatchKMeans(n_clusters=10).fit(X_train)
