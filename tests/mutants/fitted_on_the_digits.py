# Fits on the digits, reshaped as scikit-learn's error suggests. Loses: f g h. Says: it was fitted on the digits
# %% step_f
kmeans_10 = MiniBatchKMeans(n_clusters=10, random_state=0).fit(y_train.reshape(-1, 1))
