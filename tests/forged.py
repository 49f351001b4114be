"""What a hostile process can show instead of work: it knows its nonce and hands out what it likes."""

import functools

import numpy as np
from genuine import add_clustering, hand_out, judged
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import pairwise_distances_argmin

from helpers import data


@functools.cache
def pixels():
    return data.mnist().x_train.reshape(-1, 784).astype("float32") / 255


class Fitted:
    """What a hostile process shows instead of a fit: any centroids, with labels that agree with them."""

    def __init__(self, centroids, labels=None):
        self.n_clusters, self.cluster_centers_ = len(centroids), np.asarray(centroids, "float32")
        self.labels_ = labels
        if labels is None:
            self.labels_ = pairwise_distances_argmin(pixels(), self.cluster_centers_).astype("int32")   # as in a fit


Fitted.__name__ = "MiniBatchKMeans"


def class_means():
    return np.array([pixels()[data.mnist().y_train == d].mean(axis=0) for d in range(10)])


def several_to_a_class(number):
    return np.concatenate([MiniBatchKMeans(number, random_state=0).fit(pixels()[data.mnist().y_train == d])
                           .cluster_centers_ for d in range(10)])


def some_images(k):
    return pixels()[:k]


def random_points(k):
    return np.random.default_rng(0).random((k, 784))


def means_of_random_groups(k):
    groups = np.random.default_rng(0).integers(0, k, 60000)
    return np.array([pixels()[groups == group].mean(axis=0) for group in range(k)])


def with_model(names, model):
    forged = dict(names)
    add_clustering(forged, model)
    return forged


def score_of(monkeypatch, step, names):
    return judged(step, hand_out(monkeypatch, step, names))[0]
