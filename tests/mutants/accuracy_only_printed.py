# Prints the accuracy without keeping it. Loses: h. Says: accuracy_10 has no value yet
# %% step_h
print(accuracy_score(y_train, number_labels_10))
