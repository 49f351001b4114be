# Multiplies by 1/255 and flattens with np.vstack; loads the data again in step d, so that it can run twice.
# %% step_d
(x_train, _), (x_test, _) = keras.datasets.mnist.load_data()
x_train = (x_train * np.float32(1 / 255)).astype(np.float32)
x_test = (x_test * np.float32(1 / 255)).astype(np.float32)
print(x_train.min(), x_train.max(), x_train.dtype)
# %% step_e
X_train = np.vstack([image.flatten()[None] for image in x_train])
X_test = np.vstack([image.flatten()[None] for image in x_test])
