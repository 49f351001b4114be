# Gives the share of wrong digits. Loses: h. Says: the share of wrong digits
# %% step_h
accuracy_10 = np.mean(number_labels_10 != y_train)
