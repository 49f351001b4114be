# Hands in y_train as the predicted digits. Loses: g h. Says: this is y_train itself
# %% step_g
reference_labels_10 = retrieve_info(kmeans_10.labels_, y_train)
number_labels_10 = y_train.astype(int)
