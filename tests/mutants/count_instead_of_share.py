# Counts the right images instead of giving their share. Loses: h. Says: it counts images
# %% step_h
accuracy_10 = accuracy_score(y_train, number_labels_10, normalize=False)
