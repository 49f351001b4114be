# Divides with two strokes, and repairs it in step e. Loses: d. Says: the fractions were cut off
# %% step_d
x_train = x_train // 255
x_test = x_test // 255
# %% step_e
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
X_train = x_train.reshape(60000, 784) / 255
X_test = x_test.reshape(10000, 784) / 255
