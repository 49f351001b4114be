# Divides, but does not give the result back to the names. Loses: d. Says: not done yet
# %% step_d
x_train.astype("float32") / 255
x_test.astype("float32") / 255
