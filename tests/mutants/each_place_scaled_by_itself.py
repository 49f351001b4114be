# Scales each place in the image by its own largest value. Loses: d. Says: or each place in them
# %% step_d
from sklearn.preprocessing import MinMaxScaler
scaler = MinMaxScaler().fit(x_train.reshape(60000, 784))
x_train = scaler.transform(x_train.reshape(60000, 784)).reshape(60000, 28, 28).astype("float32")
x_test = np.clip(scaler.transform(x_test.reshape(10000, 784)), 0, 1).reshape(10000, 28, 28).astype("float32")
# %% step_e
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
X_train = x_train.reshape(60000, 784).astype("float32") / 255
X_test = x_test.reshape(10000, 784).astype("float32") / 255
