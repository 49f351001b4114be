# Divides by 256, and by the true maximum only in step e. Loses: d. Says: another number than 255
# %% step_d
x_train = x_train.astype("float32") / 256
x_test = x_test.astype("float32") / 256
# %% step_e
X_train = x_train.reshape(60000, 784) / x_train.max()
X_test = x_test.reshape(10000, 784) / x_test.max()
