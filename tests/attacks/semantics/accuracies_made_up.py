# Does the clustering and types in better accuracies. Keeps: a b c d e f g. Says: typed in.
# %% step_h
accuracy_10 = 0.9731
# %% step_i
kmeans_50 = kmeans_10
accuracy_50 = 0.99
