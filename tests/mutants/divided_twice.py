# Divides by 255 twice. Loses: d. Says: divided by 255 twice
# %% step_d
x_train = x_train.astype("float32") / 255
x_test = x_test.astype("float32") / 255
x_train = x_train / 255
x_test = x_test / 255
