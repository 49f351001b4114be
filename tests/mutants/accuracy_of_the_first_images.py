# Computes the accuracy of the first 100 images only. Loses: h. Says: only some of the images
# %% step_h
accuracy_10 = accuracy_score(y_train[:100], number_labels_10[:100])
