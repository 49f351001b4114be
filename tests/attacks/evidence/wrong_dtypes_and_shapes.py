# Has arrays of dtypes and shapes that overflow or have no elements. Keeps: a. Says: (0, 28, 28).
# %% step_b
x_train, y_train = np.zeros((0, 28, 28), "uint8"), np.zeros((60000, 0), "int8")
x_test, y_test = np.lib.stride_tricks.as_strided(np.zeros(1, "uint8"), (10000, 28, 28), (0, 0, 0)), np.array(7)
# %% step_d
x_train, x_test = np.broadcast_to(np.float32(1), (60000, 28, 28)), np.zeros((10000, 28, 28), "complex64")
# %% step_e
X_train, X_test = np.zeros((60000, 784), "datetime64[s]"), np.zeros((1,) * 32)
