# Writes functions with type hints, docstrings and a third argument that has a default.
# %% step_d
def normalise(images: np.ndarray, highest: float = 255.0) -> np.ndarray:
    """Return images as float32 in [0, 1]."""
    assert images.dtype == np.uint8, "run step b first"
    return np.float32(images) / np.float32(highest)


x_train: np.ndarray = normalise(x_train)
x_test: np.ndarray = normalise(x_test)
# %% step_e
def flatten(images: np.ndarray) -> np.ndarray:
    """Return each image as one row."""
    return np.reshape(images, (images.shape[0], np.prod(images.shape[1:])))


X_train, X_test = flatten(x_train), flatten(x_test)
# %% step_f_function
def retrieve_info(cluster_labels: np.ndarray, y: np.ndarray, n_digits: int = 10) -> dict[int, int]:
    """Map each cluster to its most frequent digit.

    Args:
        cluster_labels: cluster number of each image.
        y: true digit of each image.
        n_digits: how many digits there are.

    Returns:
        A dict from cluster to digit.
    """
    reference: dict[int, int] = {}
    for cluster in np.unique(cluster_labels):
        votes: np.ndarray = np.bincount(y[np.where(cluster_labels == cluster)], minlength=n_digits)
        reference[int(cluster)] = int(np.argmax(votes))
    return reference
