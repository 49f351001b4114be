"""What whoever marks the homework wants to know of a submission: numbers as the grader verified them."""

import hashlib

import numpy as np

from helpers.figures import find_centroid
from helpers.kit.kinds import stretch
from helpers.truth import about

CLUSTERINGS = {"f": "kmeans_10", "i": "kmeans_50"}


def facts(verified):
    """Return what the true images say about the clusterings of a submission.

    Parameters
    ----------
    verified : dict of str to dict
        What was seen of each step that holds, as the step's check saw it.

    Returns
    -------
    dict of str to str
    """
    few, many = _truths(verified)
    found = {"Accuracy with 10 clusters": _accuracy(few, "f"), "Accuracy with 50 clusters": _accuracy(many, "i")}
    if few and many:
        found["Improvement"] = f"{100 * (many.accuracy - few.accuracy):+.2f} percentage points"
    if few:
        found |= {"Digits without a cluster, with 10": _absent(few), "Most confused, with 10": _confused(few)}
    if many:
        found |= {"Purest clusters, with 50": _extremes(many, purest=True),
                  "Most mixed clusters, with 50": _extremes(many, purest=False),
                  "Most confused, with 50": _confused(many)}
    return found


def numbers(verified):
    """Return the accuracies and their difference, as shares, as far as they are verified."""
    few, many = _truths(verified)
    found = {f"Accuracy with {k} clusters": truth.accuracy for k, truth in ((10, few), (50, many)) if truth}
    return found | ({"Improvement": many.accuracy - few.accuracy} if few and many else {})


def sheet(verified):
    """Return the centroids of step j, drawn anew, each with its digit, where the student's figure has it."""
    seen = verified.get("j")
    if not seen:
        return {}
    counts = about(seen["kmeans_50"]).counts
    images = np.array([stretch(one) for one in seen["kmeans_50"].centroids.values.reshape(-1, 28, 28)])
    places = {(one.row, one.column): find_centroid(one.image, images) for one in seen["centroids_figure"].images}
    return {place: (images[i], str(counts[i].argmax()) if counts[i].any() else "none") for place, i in places.items()}


def _truths(verified):
    return [about(verified[step][name]) if step in verified else None for step, name in CLUSTERINGS.items()]


def fingerprints(verified):
    """Return the step and a short hash of the centroids, in whatever order, of each clustering, by its name."""
    return {name: (step, _mixed(verified[step][name].centroids.values))
            for step, name in CLUSTERINGS.items() if step in verified}


def _mixed(centroids):
    rows = sorted(row.tobytes() for row in np.asarray(centroids, "float64"))
    return hashlib.sha256(b"".join(rows)).hexdigest()[:12]


def _accuracy(truth, step):
    return f"{truth.accuracy:.4f}" if truth else f"not verified: step {step} does not hold"


def _absent(truth):
    owners = set(truth.counts[truth.counts.any(axis=1)].argmax(axis=1).tolist())
    return ", ".join(str(digit) for digit in range(10) if digit not in owners) or "none"


def _extremes(truth, purest):
    sizes = truth.counts.sum(axis=1)
    shares = np.where(sizes, truth.counts.max(axis=1) / np.maximum(sizes, 1), np.nan)
    order = np.argsort(-shares if purest else shares)[:3]
    return "; ".join(f"cluster {i}: {shares[i]:.0%} are {truth.counts[i].argmax()}" for i in order)


def _confused(truth):
    """Return the three most frequent pairs of a true digit and another digit it was given."""
    pairs = np.zeros((10, 10), int)
    np.add.at(pairs, truth.counts.argmax(axis=1), truth.counts)
    np.fill_diagonal(pairs, 0)
    order = np.argsort(-pairs, axis=None)[:3]
    return "; ".join(f"{true} taken for {given}: {pairs[given, true]}"
                     for given, true in zip(*np.unravel_index(order, pairs.shape)))
