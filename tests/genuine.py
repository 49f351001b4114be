"""Genuine evidence without a kernel: what each check hands out for finished work, as JSON that travelled."""

import functools
import json
import time
import types
from contextlib import contextmanager

import numpy as np
from matplotlib import pyplot
from matplotlib.figure import Figure
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import determine_grade
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score

from grading.submission.verify import Verify
from helpers import checks, data, lab
from helpers.kit import kinds, wire
from helpers.kit.verdict import CheckFailed

NONCE = "0123456789abcdef" * 2
IMPORTS = """import keras
import numpy as np
import matplotlib.pyplot as plt
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score"""


def majority(labels, digits):
    """A correct `retrieve_info`."""
    return {int(c): int(np.bincount(digits[labels == c]).argmax()) for c in np.unique(labels)}


def grid(images, titles, rows, columns):
    """Draw images as the lab asks for."""
    figure = Figure()
    for axes, image, title in zip(figure.subplots(rows, columns).flat, images, titles):
        axes.imshow(image, cmap="gray")
        axes.set_title(title)
    return figure


@functools.cache
def finished():
    """Return the names of a finished lab; step d's x_train and x_test stand beside step b's."""
    names = dict(zip(data.Mnist._fields, data.mnist()))
    for part in ("train", "test"):
        names[f"scaled_{part}"] = names[f"x_{part}"].astype("float32") / 255
        names[f"X_{part}"] = names[f"scaled_{part}"].reshape(-1, 784)
    names["digits_figure"] = grid(names["x_train"][:9], names["y_train"][:9], 3, 3)
    names["retrieve_info"] = majority
    for k in (10, 50):
        add_clustering(names, MiniBatchKMeans(k, random_state=0).fit(names["X_train"]))
    return names


def add_clustering(names, model):
    """Add a clustering and what steps g to j make of it, with the mistakes of nobody."""
    k = model.n_clusters
    names[f"kmeans_{k}"] = model
    digits = names[f"reference_labels_{k}"] = majority(model.labels_, names["y_train"])
    names[f"number_labels_{k}"] = np.array([digits.get(c, 0) for c in range(k)])[model.labels_]
    names[f"accuracy_{k}"] = accuracy_score(names["y_train"], names[f"number_labels_{k}"])
    if k == 50:
        add_centroids(names, model)


def add_centroids(names, model):
    """Add step j's array and figure."""
    names["centroids_50"] = model.cluster_centers_.reshape(50, 28, 28)
    digits = names["reference_labels_50"]
    names["centroids_figure"] = grid(names["centroids_50"], [digits.get(c, "") for c in range(50)], 5, 10)


def hand_out(monkeypatch, step, names, nonce=NONCE):
    """Run a step's check as the kernel does, and return the evidence it publishes, after a journey as JSON."""
    published = []
    monkeypatch.setenv(wire.NONCE, nonce)
    monkeypatch.setattr("IPython.display.display", lambda shown, raw=False: raw and published.append(shown))
    try:
        check(step, names)
    except CheckFailed:
        pass                            # the kernel's own verdict counts for nothing
    return json.loads(json.dumps(published[0][wire.MIME]))


def array(values):
    """Return an array as a check sees it whole."""
    values = np.asarray(values)
    return kinds.Array(values.dtype.name, values.shape, float(values.min()), float(values.max()),
                          np.arange(len(values)), values)


def check(step, names):
    """Call a step's check as the notebook does."""
    arguments = {name: names[name] for name in checks_arguments(step)}
    if step == "d":
        arguments = {"x_train": names["scaled_train"], "x_test": names["scaled_test"]}
    getattr(checks, f"step_{step}")(**arguments)


def checks_arguments(step):
    """Return the names that a step's check takes."""
    return [*lab.steps[step].kinds]


def namespace():
    """Return the globals of a notebook that has done step a; a stand-in for Keras saves its ten seconds."""
    return {"imports": {"keras": types.ModuleType("keras"), "np": np, "plt": pyplot,
                          "MiniBatchKMeans": MiniBatchKMeans, "accuracy_score": accuracy_score}}


def notebook(outputs, source=IMPORTS):
    """Return an executed notebook: the source of step a, a cell for each step with its outputs, a written answer."""
    cells = [new_code_cell(source)]
    for step, shown in outputs.items():
        cells.append(new_code_cell(f"checks.step_{step}(…)"))
        cells[-1].outputs = [*map(_node, shown)]
        cells[-1].metadata = {"nbgrader": {"grade_id": f"check_{step}", "grade": True, "solution": False, "points": 1}}
    answer = new_markdown_cell("An answer.")
    answer.metadata = {"nbgrader": {"grade_id": "homework_1", "grade": True, "solution": True, "points": 1}}
    made = new_notebook()
    made.cells = [*cells, answer]
    return made


def _node(content):
    """Make a notebook's node of an output as nbclient does, but however deep it is and without validating it."""
    if isinstance(content, list):
        return [*map(_node, content)]
    if not isinstance(content, dict):
        return content
    node = NotebookNode()
    for key, value in content.items():
        dict.__setitem__(node, key, value if key == wire.MIME else _node(value))
    return node


def shown(content):
    """Return the output by which a kernel publishes evidence."""
    return {"output_type": "display_data", "data": {wire.MIME: content}, "metadata": {}}


def verified(outputs, source=IMPORTS, nonce=NONCE):
    """Return the graded cells of a notebook with these outputs, by step, and the notebook."""
    made, _ = Verify().preprocess(notebook(outputs, source), {"lab6_nonce": nonce})
    return {cell.metadata.nbgrader.grade_id.removeprefix("check_"): cell for cell in made.cells
            if "nbgrader" in cell.metadata and cell.cell_type == "code"}, made


def judged(step, content, *more, source=IMPORTS):
    """Return a step's score, and its cell, for evidence and what else its cell shows."""
    contents = [] if content is None else [content]
    cell = verified({step: [*map(shown, contents), *more]}, source)[0][step]
    return determine_grade(cell)[0], "\n".join(o.get("text") or o.get("evalue") for o in cell.outputs)


@contextmanager
def within(seconds):
    """Assert that what stands inside takes no more time of the processor."""
    start = time.process_time()
    yield
    took = time.process_time() - start
    assert took < seconds, f"{took:.2f} s"
