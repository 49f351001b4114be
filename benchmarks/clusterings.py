"""What the study of the thresholds measures: fits with legal parameters, and centroids that must be refused.

Each is measured by `helpers.truth`, so with what the checks themselves look at. It leaves running the
study to `benchmarks.thresholds`.
"""

import functools
import os
import threading
from multiprocessing import parent_process

import numpy as np
from sklearn.cluster import KMeans, MiniBatchKMeans

from helpers import data
from helpers.kit.kinds import Array, Fitted, Missing
from helpers.truth import about

FIRST, MANY, FEW = 1000, 1000, 5        # the first seed, and how many: the thresholds were set on other seeds
DEFAULTS = "MiniBatchKMeans()"
BATCHES = [{"batch_size": size} for size in (32, 128, 256, 2048, 4096, 10000)]
OTHERS = [{"max_iter": 1}, {"max_iter": 1, "batch_size": 32}, {"max_iter": 1, "batch_size": 10000},
          {"init": "random"}, {"init": "random", "n_init": 1}, {"init": "random", "n_init": 1, "batch_size": 32},
          {"n_init": 1}, {"n_init": 10}, {"max_no_improvement": None, "max_iter": 5},
          {"reassignment_ratio": 0}, {"reassignment_ratio": 0.1}, {"reassignment_ratio": 0.1, "batch_size": 32},
          {"reassignment_ratio": 0.1, "batch_size": 256}, {"reassignment_ratio": 0.1, "batch_size": 10000}]
STOPPED = [{"n_init": 1, "max_iter": n} for n in (1, 2, 3, 4, 5, 10, 30, 100)]
LONG = [{"n_init": 1, "init": "random"}, {}]


def _called(model, parameters):
    return f"{model.__name__}({', '.join(f'{name}={value!r}' for name, value in parameters.items())})"


LEGAL = {_called(model, parameters): functools.partial(model, **parameters)
         for model, some in ((MiniBatchKMeans, [{}, *BATCHES, *OTHERS]), (KMeans, [*STOPPED, *LONG]))
         for parameters in some}


@functools.cache
def images():
    """Return the training images as step e asks for them, float32 (60000, 784), from 0 to 1."""
    return data.mnist().x_train.reshape(-1, 784).astype("float32") / 255


def _within_classes(k, seed):
    """Means of the true digits; for more clusters than digits, a clustering inside each digit."""
    digits = data.mnist().y_train
    parts = [images()[digits == digit] for digit in range(10)]
    if k == 10:
        return np.array([part.mean(axis=0) for part in parts])
    return np.vstack([KMeans(k // 10, n_init=1, random_state=seed).fit(part).cluster_centers_ for part in parts])


def _within_classes_and_on(iterations):
    def make(k, seed):
        return KMeans(k, init=_within_classes(k, seed), n_init=1, max_iter=iterations).fit(images()).cluster_centers_
    return make


def _fit_of(number):
    def make(k, seed):
        some = np.random.default_rng(seed).choice(60000, number, replace=False)
        return MiniBatchKMeans(k, random_state=seed).fit(images()[some]).cluster_centers_
    return make


def _fit_plus_noise(deviation):
    def make(k, seed):
        fitted = MiniBatchKMeans(k, random_state=seed).fit(images()).cluster_centers_
        return fitted + np.random.default_rng(seed).normal(0, deviation, fitted.shape)
    return make


def _means_of_random_groups(k, seed):
    group = np.random.default_rng(seed).integers(0, k, 60000)
    return np.array([images()[group == i].mean(axis=0) for i in range(k)])


def _random_images(k, seed):
    return images()[np.random.default_rng(seed).choice(60000, k, replace=False)]


def _noise(k, seed):
    return np.random.default_rng(seed).random((k, 784))


REFUSED = {
    "clusters inside each true class": _within_classes,
    "the same, after one iteration of KMeans": _within_classes_and_on(1),
    "the same, after four iterations": _within_classes_and_on(4),
    "a fit of 1,000 images": _fit_of(1000),
    "a fit of 100 images": _fit_of(100),
    "a fit plus noise of 0.02 a pixel": _fit_plus_noise(0.02),
    "a fit plus noise of 0.05 a pixel": _fit_plus_noise(0.05),
    "images drawn at random": _random_images,
    "means of random groups": _means_of_random_groups,
    "noise": _noise,
}


def plan():
    """Return all that the study measures, mixed, so that one stopped early knows something of everything.

    Returns
    -------
    list of (str, int, int)
        A key of `LEGAL` or `REFUSED`, k, and the seed.
    """
    numbers = {name: MANY if name == DEFAULTS else FEW for name in (*LEGAL, *REFUSED)}
    jobs = [(i / number, name, k, FIRST + i) for name, number in numbers.items() for i in range(number)
            for k in (10, 50)]
    return [tuple(job) for _, *job in sorted(jobs)]


def measure(name, k, seed):
    """Make one clustering and return what the checks see in it, as plain data."""
    if name in LEGAL:
        seen = Fitted.see(LEGAL[name](n_clusters=k, random_state=seed).fit(images()))
    else:
        centroids = Array.see(REFUSED[name](k, seed))
        seen = Fitted("KMeans", k, centroids, Missing())
    truth = about(seen)
    agreeing = float(np.mean(seen.labels.values == truth.labels)) if name in LEGAL else None
    return {"name": name, "k": k, "seed": seed, "accuracy": round(float(truth.accuracy), 6),
            "inertia": round(truth.inertia), "shift": round(truth.shift, 4), "agreeing": agreeing}


def end_with_parent():
    """Let a process of a pool end when the process that made it is killed."""
    def wait():
        parent_process().join()
        os._exit(1)
    threading.Thread(target=wait, daemon=True).start()
