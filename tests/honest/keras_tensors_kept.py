# Scales and flattens with Keras's own operations, and keeps the tensors that these return.
# %% step_d
x_train = keras.ops.cast(x_train, "float32") / 255
x_test = keras.ops.cast(x_test, "float32") / 255
# %% step_e
X_train = keras.ops.reshape(x_train, (60000, 784))
X_test = keras.ops.reshape(x_test, (10000, 784))
