"""Centroids are their own certificate: what true images and digits say about a clustering.

Assigning every training image to the nearest centroid gives the clusters, and the true digits in each cluster
give the mapping and the accuracy. Nothing that was claimed is taken on trust.
"""

import functools
from typing import NamedTuple

import numpy as np

from helpers import data
from helpers.checks.verdict import CheckFailed, StepNotDone, kind, times
from helpers.evidence import Array, Missing, Model

MODELS = ("MiniBatchKMeans", "KMeans")
MOST = 255                  # centroids that are looked at, in any case
FEWEST = 5                  # clusters with images in them: with one or two there is hardly anything to look up
AGREE = 0.999               # share of images on which two ways of computing a label must agree: ties, rounding
# Clusterings stopped early or fitted on few images (100 for k = 10, 500 for k = 50) have a smaller shift; points that
# were not fitted (noise, images, means of random groups) have 2.1 to 14.
ANY_FIT = 2.0
# Up to this k, an accuracy that no clustering without digits reaches, and most centroids made with digits exceed.
CEILINGS = {8: 0.66, 10: 0.72, 20: 0.79, 30: 0.82, 50: 0.85, 70: 0.875, 100: 0.89, 150: 0.91, MOST: 0.93}


class Fit(NamedTuple):
    """What a k-means fit of the 60000 training images looks like, pixels in 0..1.

    None of 1000 seeds with default parameters is below the lowest accuracy. Inertia and shift lie outside all that
    other batch sizes, one pass, random starts and two or more iterations of KMeans gave. docs/checks.md has the
    distributions and the estimated chance of false failure.
    """

    lowest_accuracy: float
    highest_inertia: float      # sum of squared distances
    highest_shift: float        # mean distance from a centroid to the mean of its own images


FITS = {10: Fit(0.42, 2.45e6, 0.60), 50: Fit(0.75, 2.00e6, 0.55)}


class Truth(NamedTuple):
    """What true images and digits say about centroids."""

    labels: np.ndarray          # (60000,) uint8, the nearest centroid
    counts: np.ndarray          # (k, 10) int64, images of each digit in each cluster
    accuracy: float             # with the most frequent digit of each cluster
    inertia: float
    shift: float

    def are_majority(self, values):
        """Whether each of (60000,) values is a most frequent digit of its image's cluster; several may be."""
        digit = np.where(np.isin(values, np.arange(10)), values, 0).astype(int)
        return (self.counts[self.labels, digit] == self.counts.max(axis=1)[self.labels]) & (digit == values)


def clustering(step, name, seen, k):
    """Yield lines on a clustering of the training images into `k` that holds; raise CheckFailed for what does not."""
    if not isinstance(seen, Model) or seen.type not in MODELS:
        raise CheckFailed(step, f"{name} is a MiniBatchKMeans (or KMeans)", kind(seen) if not isinstance(seen, Model)
                          else f"a {seen.type}", _why_no_model(seen),
                          f"{name} = MiniBatchKMeans(n_clusters={k}, random_state=0).fit(X_train)")
    if seen.k != k:
        raise CheckFailed(step, f"{k} clusters", f"{seen.k}",
                          "n_clusters was left out, and scikit-learn took 8 (or 8 was asked for)" if seen.k == 8 else
                          "another number of clusters was asked for", f"pass n_clusters={k}, and fit again")
    if not isinstance(seen.centroids, Array):
        raise CheckFailed(step, f"{name} is fitted", "no centroids yet",
                          "fit was not called, or ended with an error: then its cell shows one", f"{name}.fit(X_train)")
    if seen.centroids.shape != (k, 784):
        raise CheckFailed(step, f"{k} centroids of 784 pixels", times(seen.centroids.shape),
                          "the number of clusters was changed after the fit" if seen.centroids.shape[1:] == (784,)
                          else "it was fitted on the digits, not on the images" if seen.centroids.shape[1:] == (1,)
                          else "it was fitted on images of another shape: step e comes first", f"{name}.fit(X_train)")
    facts = about(seen)
    if facts is None:
        raise CheckFailed(step, "centroids that are numbers", "infinite, undefined or very large ones",
                          "the images held such numbers", "run steps b to e again, then fit again")
    if isinstance(seen.labels, Array) and seen.labels.shape != (60000,):
        raise CheckFailed(step, f"{name} fitted on the 60000 training images", f"{seen.labels.shape[0]} images",
                          "it was fitted on the test images" if seen.labels.shape[0] == 10000 else
                          "it was fitted on the test images as well" if seen.labels.shape[0] == 70000 else
                          "it was fitted on a part of the images, or with partial_fit", f"{name}.fit(X_train)")
    if isinstance(seen.labels, Array) and not agree(seen.labels, facts):
        raise CheckFailed(step, "labels that name the nearest centroid of each image", "other labels",
                          "labels or centroids were changed after the fit, or step d changed more than the scale",
                          f"{name}.fit(X_train) once more; write digits into a copy, {name}.labels_.copy()")
    bounds = FITS[k]
    if not (facts.inertia <= bounds.highest_inertia and facts.shift <= bounds.highest_shift):
        raise CheckFailed(step, f"each centroid near the mean of its images (on average within "
                          f"{bounds.highest_shift}, sum of squared distances at most {bounds.highest_inertia:.3g})",
                          f"{facts.shift:.2f} away, sum of squared distances {facts.inertia:.3g}",
                          "it was fitted on other images or on a small part, or hardly at all",
                          f"{name}.fit(X_train), with all 60000 images and default parameters")
    _made_without_digits(step, name, facts)
    yield f"{name} has {k} centroids, each near the mean of its images."


def _why_no_model(seen):
    kind_of = getattr(seen, "type", "")
    if kind_of in ("type", "ABCMeta"):
        return "the class itself was given the name: the brackets with n_clusters are missing"
    if kind_of == "method":
        return "fit was named and not called: its brackets are missing"
    if isinstance(seen, Model):
        return "another class of clustering was used, which step a does not import"
    return "the result of another call was given the name, such as labels"


def about(model):
    """Work out what the true images say about an observed clustering; None when its centroids are not finite numbers.

    Parameters
    ----------
    model : helpers.evidence.Model
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
    labels = model.labels.values[:1000] if _whole(model.labels) else None
    likeness = [np.mean(_nearest(first, centroids)[0] == labels) for centroids in scales]
    return _remembered(scales[np.argmax(likeness)].tobytes(), len(values))


def agree(labels, facts):
    """Whether observed labels name the nearest centroid of each image."""
    return _whole(labels) and np.mean(labels.values == facts.labels) >= AGREE


def _whole(labels):
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


def facts_of(step, name, seen):
    """Return what true images say about a clustering that a later step builds on.

    One mistake costs one point, so it need not be as good as step f or i asks for, nor have as many clusters; but it
    must be a clustering of these images, and not made with digits.
    """
    if isinstance(seen, Missing):
        raise StepNotDone(step, f"it needs {name}, which has no value yet.")
    centroids = seen.centroids if isinstance(seen, Model) else None
    rows = isinstance(centroids, Array) and centroids.shape[1:] == (784,) and 0 < centroids.shape[0] <= MOST
    facts = about(seen) if rows else None
    if facts is None or not facts.shift <= ANY_FIT:
        raise CheckFailed(step, f"{name} is a fitted clustering of the images", kind(seen) if facts is None else
                          f"centroids that lie {facts.shift:.1f} from the mean of their images, on average",
                          "the step that makes it does not hold yet", f"go back to {name} first")
    clusters = np.count_nonzero(facts.counts.any(axis=1))
    if clusters < FEWEST:
        raise CheckFailed(step, f"{name} has at least {FEWEST} clusters with images in them", f"{clusters}",
                          "another number of clusters was asked for, or the centroids were changed after the fit",
                          f"go back to {name} first")
    _made_without_digits(step, name, facts)
    return facts


def _made_without_digits(step, name, facts):
    ceiling = next(accuracy for k, accuracy in CEILINGS.items() if len(facts.counts) <= k)
    if facts.accuracy > ceiling:
        raise CheckFailed(step, f"clusters found without the digits (accuracy at most {ceiling})",
                          f"{facts.accuracy:.4f}", "the centroids were made with y_train", f"{name}.fit(X_train)")
