# Prints a lot, warns on stderr in its own cells, and keeps helper functions and old values about.
# %% step_b
import sys
import warnings
data = keras.datasets.mnist.load_data()
(x_train, y_train), (x_test, y_test) = data
print("train", x_train.shape, file=sys.stderr)
print(x_train[0])
warnings.warn("just looking")
# %% step_d
print("before", x_train.dtype, x_train.max())
x_train, x_test = (images.astype("float32") / 255.0 for images in (x_train, x_test))
print("after", x_train.dtype, x_train.max())
# %% step_f_function
def most_frequent(digits):
    """My own helper: the digit that occurs most."""
    counts = [0] * 10
    for digit in digits:
        counts[digit] += 1
    return counts.index(max(counts))


def retrieve_info(cluster_labels, y):
    found = {}
    for label in sorted(set(int(c) for c in cluster_labels)):
        found[label] = most_frequent([d for c, d in zip(cluster_labels, y) if c == label])
        print("cluster", label, "is mostly", found[label])
    return found
# %% step_f
for seed in (1, 2, 3):
    model = MiniBatchKMeans(n_clusters=10, random_state=seed).fit(X_train)
    print(seed, model.inertia_)
kmeans_10 = model
# %% step_i
model = MiniBatchKMeans(n_clusters=50, random_state=3, verbose=0)
model.fit(X_train)
kmeans_50 = model
reference_labels_50 = dict(sorted(retrieve_info(kmeans_50.labels_, y_train).items(), key=lambda pair: pair[1]))
number_labels_50 = np.array(list(map(reference_labels_50.get, kmeans_50.labels_)))
accuracy_50 = sum(number_labels_50 == y_train) / 60000
print(accuracy_50, file=sys.stderr)
