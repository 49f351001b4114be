# Loads, scales and fits only where that is not done yet: asks for names in globals(), and catches NameError.
# %% step_b
try:
    print(x_train.shape)
except NameError:
    (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
# %% step_d
if x_train.max() > 1:
    x_train, x_test = (images.astype(np.float32) / 255 for images in (x_train, x_test))
# %% step_e
if not {"X_train", "X_test"} <= set(dir()):
    X_train, X_test = x_train.reshape(len(x_train), -1), x_test.reshape(len(x_test), -1)
# %% step_f
if "kmeans_10" not in globals():
    kmeans_10 = MiniBatchKMeans(n_clusters=10, random_state=1).fit(X_train)
# %% step_i
try:
    kmeans_50.cluster_centers_
except (NameError, AttributeError):
    kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=1).fit(X_train)
reference_labels_50 = retrieve_info(kmeans_50.labels_, y_train)
number_labels_50 = np.array([reference_labels_50[label] for label in kmeans_50.labels_])
accuracy_50 = accuracy_score(y_train, number_labels_50)
