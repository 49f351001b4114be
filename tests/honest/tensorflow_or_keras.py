# Imports MNIST from TensorFlow where that is installed and else from Keras, as many tutorials do.
# %% step_a
import numpy as np
import matplotlib.pyplot as plt
import sklearn
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score
try:
    from tensorflow.keras.datasets import mnist
except ImportError:
    from keras.datasets import mnist
# %% step_b
(x_train, y_train), (x_test, y_test) = mnist.load_data()
print(f"{sklearn.__version__=}", x_train.shape, x_test.shape, f"{x_train.nbytes / 2**20:.0f} MiB")
assert x_train.shape == (60000, 28, 28)
