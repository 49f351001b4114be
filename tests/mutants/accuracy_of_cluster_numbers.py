# Compares the cluster numbers with the digits. Loses: h. Says: the cluster numbers were compared
# %% step_h
accuracy_10 = accuracy_score(y_train, kmeans_10.labels_)
