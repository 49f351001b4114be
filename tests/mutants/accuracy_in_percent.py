# Gives the accuracy in percent. Loses: h. Says: it is in percent
# %% step_h
accuracy_10 = accuracy_score(y_train, number_labels_10) * 100
