# Casts the test images back to uint8 after dividing. Loses: d. Says: the fractions were cut off
# %% step_d
x_train = x_train.astype("float32") / 255
x_test = (x_test / 255).astype("uint8")
# %% step_e
(_, _), (x_test, y_test) = keras.datasets.mnist.load_data()
x_test = x_test.astype("float32") / 255
X_train = x_train.reshape(60000, 784)
X_test = x_test.reshape(10000, 784)
