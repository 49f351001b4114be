# Converts first and divides in place; flattens with -1; the rows become float64 only after step d.
# %% step_d
x_train = x_train.astype(np.float32)
x_test = x_test.astype(np.float32)
x_train /= 255.0
x_test /= 255.0
# %% step_e
X_train = x_train.reshape((60000, 28 * 28)).astype("float64")
X_test = x_test.reshape((10000, 28 * 28)).astype("float64")
