# Scales with Keras's Rescaling layer and flattens with its Flatten layer.
# %% step_d
rescale = keras.layers.Rescaling(1.0 / 255)
x_train = np.asarray(rescale(x_train))
x_test = np.asarray(rescale(x_test))
# %% step_e
flatten = keras.layers.Flatten()
X_train = np.array(flatten(x_train))
X_test = np.array(flatten(x_test))
