"""The small tables and the final summary, filled in from the student's own run, as far as it has come."""

import numpy as np

from helpers import lab, whole
from helpers.guesses import answered, answers
from helpers.kit.show import Note, Table
from helpers.kit.verdict import shape_of


def _from_run(table):
    """Make a function of the student's values say in one line what is missing, instead of raising."""
    def show(*values):
        try:
            return table(*values)
        except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError):
            return Note("This table cannot be filled in yet, because a value does not fit. "
                        "See what the checks above say, then run this cell again.")
    show.__doc__ = table.__doc__
    show.__name__ = table.__name__
    return show


def _range(array):
    return f"{np.min(array):g} to {np.max(array):g}"


@_from_run
def sizes(x_train, y_train, x_test, y_test):
    """Show the shape and the range of values of the four arrays."""
    named = {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}
    return Table("MNIST as loaded", ["Array", "Shape", "Values"],
                 [[name, shape_of(np.shape(array)), _range(array)] for name, array in named.items()])


@_from_run
def ranges(x_train, x_test):
    """Show the range and the dtype of the two image arrays."""
    return Table("The images, normalised", ["Array", "Values", "dtype"],
                 [[name, _range(array), np.asarray(array).dtype]
                  for name, array in (("x_train", x_train), ("x_test", x_test))])


@_from_run
def shapes(X_train, X_test):
    """Show the shapes of the two flattened arrays."""
    return Table("The images, flattened", ["Array", "Shape"],
                 [["X_train", shape_of(np.shape(X_train))], ["X_test", shape_of(np.shape(X_test))]])


def try_round(one_round):
    """Try a student's round of k-means on four points and two centroids, and say what came of it.

    Parameters
    ----------
    one_round : callable

    Returns
    -------
    Note
    """
    points, centroids = np.array([[0.0, 0], [0, 2], [10, 0], [10, 4]]), np.array([[1.0, 0], [9, 0]])
    labels, means = [0, 0, 1, 1], [[0, 1], [10, 2]]
    try:
        found = [np.asarray(part).tolist() for part in one_round(points, centroids)]
        right = None not in found and found == [labels, found[-1]] and np.allclose(found[1], means)
    except Exception as error:              # whatever a function of the student's does
        found, right = f"{type(error).__name__}: {error}", False
    if right:
        return Note("one_round is right for four points and two centroids.")
    if isinstance(found, list) and None in found:
        return Note("one_round returns no labels or no means yet: write its two lines, then run this cell again.")
    return Note(f"one_round is not right yet.\n  Points {points.tolist()}, centroids {centroids.tolist()}:\n"
                f"  Expected: labels {labels}, means {means}\n  Found:    {str(found)[:200]}\n"
                "  Likely:   argmin or mean goes along the other axis, or the mean is not taken for each cluster\n"
                "  Try:      axis=1 for the smallest distance in each row; axis=0 for the mean of a cluster's images")


@_from_run
def first_20(y_train, number_labels):
    """Show the first 20 true digits above the predicted ones, ten in a row; a cross marks a wrong one."""
    true, predicted = np.asarray(y_train)[:20], np.asarray(number_labels)[:20]
    marked = [f"{given:g}" if given == digit else f"{given:g} ✗" for digit, given in zip(true, predicted)]
    rows = [[f"Images {first} to {first + 9}: {what}", *values[first:first + 10]] for first in (0, 10)
            for what, values in (("true", true), ("yours", marked))]
    return Table(f"The first 20 images: {int((true == predicted).sum())} of 20 right", ["Digits", *[""] * 10], rows)


SCORES = ["Clusters", "Accuracy", "Images right, of 60000"]


@_from_run
def accuracy(accuracy_10, guess=None):
    """Show one accuracy, and what was guessed."""
    said = answered("Accuracy with 10 clusters", guess, _share(accuracy_10))
    return Table(said, SCORES, [_score(10, accuracy_10)])


@_from_run
def improvement(accuracy_10, accuracy_50, guess=None):
    """Show both accuracies and their difference in percentage points, and what was guessed."""
    gain = ["50 instead of 10", f"{_gain(accuracy_10, accuracy_50):+.2f} percentage points", ""]
    said = answered("Accuracy with 50 clusters", guess, _share(accuracy_50))
    return Table(said, SCORES, [_score(10, accuracy_10), _score(50, accuracy_50), gain])


@_from_run
def summary(reference_labels_10, accuracy_10, reference_labels_50, accuracy_50):
    """Show what the run found for each k: the accuracy, and the clusters of each digit."""
    owned = [[int(digit) for digit in digits.values()] for digits in (reference_labels_10, reference_labels_50)]
    rows = [["Accuracy", *(f"{_share(score):.4f}" for score in (accuracy_10, accuracy_50))],
            *([f"Clusters for digit {digit}", *(digits.count(digit) for digits in owned)] for digit in range(10))]
    gain = f"{_gain(accuracy_10, accuracy_50):+.2f} percentage points from 10 to 50 clusters"
    return Table(f"What this run found: {gain}", ["", "10 clusters", "50 clusters"], rows)


def guesses():
    """Show what was guessed on the way, beside what came out."""
    return Table("Your guesses", ["What", "You guessed", "It is"],
                 [[what, guess or "no guess", found] for what, (guess, found) in answers.items()])


def progress(namespace):
    """Show which steps hold for a notebook's values as they are now, and what is left.

    Parameters
    ----------
    namespace : dict
        The notebook's ``globals()``.
    """
    held = lab.standing(namespace)
    left = [step for step in lab.steps if step not in held]
    gone = whole.missing(lab.steps)
    gone = f"\n{gone}" if gone else ""
    if not left:
        return Note(f"All ten steps hold.\nLeft: the homework, which a person marks.{gone}")
    holds = f" Steps that hold: {' '.join(held)}." if held else ""
    return Note(f"{len(held)} of {len(lab.steps)} steps so far.{holds}\nLeft: {' '.join(left)}, then the homework. "
                f"After a restart of the kernel, run all cells again.{gone}")


def _gain(before, after):
    return 100 * (_share(after) - _share(before))


def _share(value):
    if isinstance(value, str) or not 0 <= value <= 1:
        raise ValueError("a share is a number between 0 and 1")
    return float(value)


def _score(k, share):
    share = _share(share)
    return [str(k), f"{share:.4f}", round(60000 * share)]
