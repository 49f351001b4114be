# Scales with scikit-learn's minmax_scale, all pixels in one column, and flattens before it scales.
# %% step_a
import numpy as np, keras
import matplotlib.pyplot as plt
from sklearn import metrics, cluster, preprocessing
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score
# %% step_d
train_rows = x_train.reshape(60000, 784)
train_rows = preprocessing.minmax_scale(train_rows.reshape(-1, 1)).reshape(60000, 784)
x_train = train_rows.astype("float32").reshape(60000, 28, 28)
scaler = preprocessing.MinMaxScaler().fit(np.array([[0.0], [255.0]]))
x_test = scaler.transform(x_test.reshape(-1, 1)).reshape(x_test.shape).astype("float32")
# %% step_e
X_train = x_train.reshape(x_train.shape[0], x_train.shape[1] * x_train.shape[2])
X_test = x_test.reshape(x_test.shape[0], x_test.shape[1] * x_test.shape[2])
