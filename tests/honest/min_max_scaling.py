# Scales by minimum and maximum, in a function of its own, and ravels the images one by one.
# %% step_d
def scale(images):
    """Bring any range of values to 0..1."""
    low, high = images.min(), images.max()
    return ((images - low) / (high - low)).astype("float32")

x_train, x_test = scale(x_train), scale(x_test)
# %% step_e
X_train = np.array([image.ravel() for image in x_train])
X_test = np.array([image.ravel() for image in x_test])
