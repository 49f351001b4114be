"""One check for each step, `step_a` to `step_j`: it says what holds, or what does not and what to try.

Each looks at the objects it is given (`helpers.evidence`) and judges what it saw. The grader judges the same
data again, with the same functions, outside the student's process.
"""

import os

from helpers import data, errors, evidence, plots, whole
from helpers.checks import clusters, figures, images, imports, trials
from helpers.checks.verdict import CheckFailed, StepNotDone

JUDGES = {"a": imports.check_a, "b": images.check_b, "c": figures.check_c, "d": images.check_d, "e": images.check_e,
          "f": clusters.check_f, "g": clusters.check_g, "h": clusters.check_h, "i": clusters.check_i,
          "j": figures.check_j}
held = {}       # step -> whether it held when its check last ran in this session


def judge(step, seen, truth, nonce):
    """Judge what was seen of a step's objects.

    Parameters
    ----------
    step : str
        "a" to "j".
    seen : dict of str to one of the dataclasses of `helpers.evidence`
        By the name in the notebook.
    truth : helpers.data.Mnist
    nonce : str
        Decides which rows were sampled and which trials were drawn.

    Returns
    -------
    list of str, CheckFailed or None
        A line for each thing that holds, and what does not.
    """
    lines = []
    try:
        for line in JUDGES[step](seen, truth, nonce):
            lines.append(f"✓ {line}")
    except CheckFailed as failure:
        return lines, failure
    return lines, None


def step_a(namespace):
    """Check the imports, in the notebook's ``globals()``."""
    _check("a", imports=evidence.Source(imports.held_by(namespace)))


def step_b(x_train, y_train, x_test, y_test):
    """Check MNIST as loaded: uint8 images (n, 28, 28) and digits (n,)."""
    given = {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}
    _check("b", **{name: evidence.array(name, value, evidence.ROWS) for name, value in given.items()})


def step_c(digits_figure):
    """Check the Matplotlib figure of the first nine images."""
    _check("c", digits_figure=plots.look(digits_figure))


def step_d(x_train, x_test):
    """Check the normalised images: float32 (n, 28, 28), from 0 to 1."""
    _check("d", x_train=evidence.array("x_train", x_train, evidence.ROWS),
           x_test=evidence.array("x_test", x_test, evidence.ROWS))


def step_e(X_train, X_test):
    """Check the flattened images: (60000, 784) and (10000, 784)."""
    _check("e", X_train=evidence.array("X_train", X_train, evidence.ROWS),
           X_test=evidence.array("X_test", X_test, evidence.ROWS))


def step_f(retrieve_info, kmeans_10):
    """Check the function, by trying it, and the clustering into 10."""
    tried = evidence.answers(retrieve_info, trials.trials(evidence.nonce()))
    _check("f", retrieve_info=tried, kmeans_10=evidence.model(kmeans_10))


def step_g(kmeans_10, reference_labels_10, number_labels_10):
    """Check the dict from cluster to digit, and the digit of each image, integers (60000,)."""
    _check("g", kmeans_10=evidence.model(kmeans_10), reference_labels_10=evidence.pairs(reference_labels_10),
           number_labels_10=evidence.array("number_labels_10", number_labels_10))


def step_h(kmeans_10, number_labels_10, accuracy_10):
    """Check the accuracy, a share from 0 to 1."""
    _check("h", kmeans_10=evidence.model(kmeans_10), accuracy_10=evidence.number(accuracy_10),
           number_labels_10=evidence.array("number_labels_10", number_labels_10))


def step_i(kmeans_50, reference_labels_50, number_labels_50, accuracy_50):
    """Check all of it again with 50 clusters."""
    _check("i", kmeans_50=evidence.model(kmeans_50), reference_labels_50=evidence.pairs(reference_labels_50),
           number_labels_50=evidence.array("number_labels_50", number_labels_50),
           accuracy_50=evidence.number(accuracy_50))


def step_j(kmeans_50, centroids_50, centroids_figure):
    """Check the 50 centroids, (50, 28, 28) or (50, 784), and the figure that shows them."""
    _check("j", kmeans_50=evidence.model(kmeans_50), centroids_50=evidence.array("centroids_50", centroids_50),
           centroids_figure=plots.look(centroids_figure))


def _check(step, **seen):
    held[step], error = False, errors.above(step)
    evidence.hand_out(step, seen)
    try:
        truth = None if step == "a" else data.mnist()       # the imports come before the data is on every machine
    except FileNotFoundError as error:
        raise StepNotDone(step, str(error)) from None
    lines, failure = judge(step, seen, truth, evidence.nonce())
    for line in lines:
        print(line)
    if failure:
        raise failure.after(error)
    held[step] = True
    # Validate shows what a check raises, and nothing else of a notebook: the first one says what is missing.
    if step == "a" and "NBGRADER_VALIDATING" in os.environ and (gone := whole.missing(JUDGES)):
        raise whole.CellsMissing(gone)
