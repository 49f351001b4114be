"""Centroids are their own certificate: what true images and digits say about a clustering.

Assigning every training image to the nearest centroid gives the clusters, and the true digits in each cluster
give the mapping and the accuracy. Nothing that was claimed is taken on trust.
"""

import functools
from typing import NamedTuple

import numpy as np

from helpers import data
from helpers.kit.kinds import Array

AGREE = 0.999               # share of images on which two ways of computing a label must agree: ties, rounding


class Truth(NamedTuple):
    """What true images and digits say about centroids."""

    labels: np.ndarray          # (60000,) uint8, the nearest centroid
    counts: np.ndarray          # (k, 10) int64, images of each digit in each cluster
    accuracy: float             # with the most frequent digit of each cluster
    inertia: float
    shift: float                # mean distance from a centroid to the mean of its own images

    def are_majority(self, values):
        """Whether each of (60000,) values is a most frequent digit of its image's cluster; several may be."""
        digit = np.where(np.isin(values, np.arange(10)), values, 0).astype(int)
        return (self.counts[self.labels, digit] == self.counts.max(axis=1)[self.labels]) & (digit == values)

    def is_majority(self, cluster, digit):
        """Whether a digit is a most frequent one of a cluster."""
        return digit in range(10) and self.counts[cluster, digit] == self.counts[cluster].max()


def about(model):
    """Work out what the true images say about an observed clustering; None when its centroids are not finite numbers.

    Parameters
    ----------
    model : helpers.kit.kinds.Fitted
        With centroids of shape (k, 784), for pixels divided by 1, 255, 256 or 255 squared: step d has its own check.

    Returns
    -------
    Truth or None
    """
    values = model.centroids.values.astype("float64")         # first of all: the smallest int64 has no absolute value
    if not np.abs(values).max() < 1e6:                  # nor does an undefined number pass
        return None
    power = np.clip(np.round(np.log(max(values.max(), 1e-9)) / np.log(255)), -1, 1)
    scales = [(values * factor / 255 ** power).astype("float32") for factor in (1, 256 / 255)]
    first = data.mnist().x_train[:1000].reshape(-1, 784).astype("float32")
    labels = model.labels.values[:1000] if are_whole(model.labels) else None
    likeness = [np.mean(_nearest(first, centroids)[0] == labels) for centroids in scales]
    return _remembered(scales[np.argmax(likeness)].tobytes(), len(values))


def agree(labels, facts):
    """Whether observed labels name the nearest centroid of each image."""
    return are_whole(labels) and np.mean(labels.values == facts.labels) >= AGREE


def are_whole(labels):
    """Whether observed labels are one number for each training image."""
    return isinstance(labels, Array) and labels.shape == (60000,)


def _about(content, k):
    truth = data.mnist()
    centroids = np.frombuffer(content, "float32").reshape(k, 784)
    labels = np.empty(60000, "uint8")
    sums, inertia = np.zeros((k, 784)), 0.0
    images = np.empty((1000, 784), "float32")           # 3 MB at a time stay in the processor's cache
    for start in range(0, 60000, 1000):
        images[:] = truth.x_train[start:start + 1000].reshape(-1, 784)      # 0 to 255: dividing these takes longest
        part, scores = _nearest(images, centroids)
        labels[start:start + 1000] = part
        inertia += float(np.vdot(images, images)) / 255 ** 2 - 2 * float(scores.sum(dtype="float64"))
        sums += np.eye(k, dtype="float32")[part].T @ images
    counts = np.bincount(labels.astype(int) * 10 + truth.y_train, minlength=10 * k).reshape(k, 10)
    sizes = counts.sum(axis=1)
    shifts = np.linalg.norm(sums / 255 / np.maximum(sizes, 1)[:, None] - centroids, axis=1)
    return Truth(labels, counts, counts.max(axis=1).sum() / 60000, inertia, float(sizes @ shifts / 60000))


_remembered = functools.lru_cache(maxsize=8)(_about)     # steps f to j ask about the same few centroids


def _nearest(images, centroids):
    """Return the nearest centroid of each image in 0..255, and half of what it takes off its squared length."""
    half = (centroids.astype("float64") ** 2).sum(axis=1).astype("float32") / 2
    scores = images @ (centroids.T / np.float32(255)) - half
    return scores.argmax(axis=1), scores.max(axis=1)
