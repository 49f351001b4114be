# Converts to float32 and forgets to divide. Loses: d. Says: not given back to the name
# %% step_d
x_train = x_train.astype("float32")
x_test = x_test.astype("float32")
x_train / 255
x_test / 255
