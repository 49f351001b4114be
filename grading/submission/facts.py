"""The fact sheet for whoever marks the homework: the numbers of this submission, as the grader verified them."""

import numpy as np
from nbformat.v4 import new_markdown_cell

from grading.shown.html import BY_GRADER
from helpers.truth import about


def fact_sheet(verified):
    """Make the sheet.

    Parameters
    ----------
    verified : dict of str to dict
        What was seen of each step that holds, as the step's check saw it.

    Returns
    -------
    nbformat.NotebookNode
        A Markdown cell, of the grader's words and numbers only.
    """
    few = about(verified["f"]["kmeans_10"]) if "f" in verified else None
    many = about(verified["i"]["kmeans_50"]) if "i" in verified else None
    rows = [("Accuracy with 10 clusters", _accuracy(few, "f")), ("Accuracy with 50 clusters", _accuracy(many, "i"))]
    if few and many:
        rows.append(("Improvement", f"{100 * (many.accuracy - few.accuracy):+.2f} percentage points"))
    if few:
        rows.append(("Digits without a cluster, with 10", _absent(few)))
        rows.append(("Most confused, with 10", _confused(few)))
    if many:
        rows.append(("Purest clusters, with 50", _extremes(many, purest=True)))
        rows.append(("Most mixed clusters, with 50", _extremes(many, purest=False)))
        rows.append(("Most confused, with 50", _confused(many)))
    facts = "\n".join(f"- **{what}:** {value}" for what, value in rows)
    return new_markdown_cell("**Fact sheet, made by the grader**: the numbers of this submission, verified.\n\n"
                             f"{facts}", metadata=BY_GRADER)


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
