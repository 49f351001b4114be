# Looks whether the images are scaled already before it divides, so that step d can run again.
# %% step_d
if x_train.max() > 1:
    x_train = x_train / np.float32(255)
if x_test.max() > 1:
    x_test = x_test / np.float32(255)
assert x_train.dtype == x_test.dtype == np.float32
# %% step_e
X_train = np.empty((60000, 784), dtype=np.float32)
X_test = np.empty((10000, 784), dtype=np.float32)
for n, image in enumerate(x_train):
    X_train[n] = image.flatten()
for n, image in enumerate(x_test):
    X_test[n, :] = image.reshape(784)
