"""Steps a, c and j: the imports, nine training images, and 50 centroids with the digit each stands for."""

import re
import unicodedata

import numpy as np

from helpers import lab
from helpers.clusters import Clustering, facts_of
from helpers.kit.kinds import GREY, Array, Figure, Imports, stretch, within
from helpers.kit.verdict import all_of, fail, first, how_many, not_done, shape_of

NOTHING_DRAWN = "the cell stopped with an error before it drew, or the figure was taken after plt.show()"
SHAPES = {(50, 28, 28), (50, 784), (50, 28, 28, 1)}
NOT_HERE = ("tensorflow.keras", "tf_keras", "keras._tf_keras")      # Keras too, but grading has no TensorFlow
ROUNDING = 3                # the most that two stretched images differ by for being rounded or cut to whole numbers
MIDDLE_FIRST = sorted(np.ndindex(28, 28), key=lambda place: abs(place[0] - 13.5) + abs(place[1] - 13.5))
HOW = {                     # in the order of step a
    "NumPy": "import numpy as np", "Matplotlib's pyplot": "import matplotlib.pyplot as plt", "Keras": "import keras",
    "MiniBatchKMeans": "from sklearn.cluster import MiniBatchKMeans",
    "accuracy_score": "from sklearn.metrics import accuracy_score",
}


class Needed(Imports):
    """What step a needs, with the modules that give it."""

    ways = {
        "NumPy": ("numpy",),
        "Matplotlib's pyplot": ("matplotlib.pyplot",),
        "Keras": ("keras",),
        "MiniBatchKMeans": ("sklearn.cluster.MiniBatchKMeans", "sklearn.cluster.KMeans", "sklearn.cluster"),
        "accuracy_score": ("sklearn.metrics.accuracy_score", "sklearn.metrics"),
    }
    alike = NOT_HERE


@lab.step("a")
def step_a(imports: Needed):
    """Everything the lab needs is imported, in the notebook's ``globals()``."""
    given = imports.given_by(imports.imports)
    missing = [what for what in Needed.ways if what not in given]
    if not given:
        not_done("nothing that the lab needs is imported yet.")
    for what in given:
        yield f"{what} is imported."
    if missing == ["Keras"] and any(within(name, NOT_HERE) for name in imports.imports):
        fail("Keras itself imported in step a", "Keras as a part of TensorFlow",
             "it was imported from tensorflow, which is not there when the lab is graded: the cell would end with that "
             "line", "import Keras by itself, and write keras where you wrote tensorflow.keras or tf.keras; run the "
             "cell, then this one\nimport keras")
    if missing:
        fail(f"{all_of(missing)} imported in step a", "no such import so far", first(
            (missing == ["Matplotlib's pyplot"] and "matplotlib" in imports.imports,
             "Matplotlib itself was imported: pyplot is the part of it that draws"),
            "the line is missing, or its cell has not been run yet"),
             "add the import in step a, run its cell, then this one" + "".join(f"\n{HOW[what]}" for what in missing))


GRID = "digits_figure, axes = plt.subplots(3, 3)"


@lab.step("c", gives="digits_figure", how=f"keep both that plt.subplots returns\n{GRID}",
          slip="plt.show() gives None")
def step_c(digits_figure: Figure, *, truth):
    """The figure shows the first nine training images, 3 × 3, in grey."""
    images = digits_figure.images
    _has_images(images, 9, "nine images", "draw each image in axes of its own, in a loop\n"
                'axes.flat[i].imshow(x_train[i], cmap="gray")')
    yield "digits_figure shows nine images."
    places = {(image.row, image.column) for image in images}
    if places != {(row, column) for row in range(3) for column in range(3)}:
        rows, columns = (max(given) + 1 for given in zip(*places))
        fail("three rows of three images", f"{how_many(rows, 'row')} and {how_many(columns, 'column')}",
             "the grid was made with other numbers", f"make a grid of 3 rows and 3 columns\n{GRID}")
    shown = [find_image(image.image, truth) for image in images]
    if shown != [("x_train", index) for index in range(9)]:
        fail("x_train[0] to x_train[8], in reading order", _named(shown), _why_other(shown, images, truth),
             "draw image i in the i-th axes, for i from 0 to 8\n"
             'axes.flat[i].imshow(x_train[i], cmap="gray")')
    yield "They are x_train[0] to x_train[8]: " + " ".join(str(truth.y_train[i]) for i in range(9)) + "."
    yield _grey(images)


def _has_images(images, number, words, hint):
    if len(images) != number:
        fail(f"{words}, each drawn with imshow in axes of its own", how_many(len(images), "image"), first(
            (not images, NOTHING_DRAWN), "the loop draws another number of images, or all into the same axes"), hint)


def _grey(images):
    coloured = [image.colours for image in images if image.colours.removesuffix("_r") not in GREY]
    if not coloured:
        return "They are drawn in grey."
    fail("images in grey", f"the colour map {coloured[0]!r} in {len(coloured)} of {len(images)} images", first(
        (coloured[0] == "rgb", "the images have red, green and blue parts"),
        (coloured[0] != "viridis", "another colour map was named"),
        (len(coloured) == len(images), "imshow was called without a colour map"),
        "imshow was called without a colour map, and plt.gray() changes only the last image"),
        'pass the colour map to each call\nimshow(image, cmap="gray")')


def _named(shown):
    unknown = shown.count((None, None))
    known = [f"{name}[{index}]" for name, index in shown if name]
    return ", ".join(known + [f"{unknown} of 9 that are no images of MNIST"] * bool(unknown))


def _why_other(shown, images, truth):
    if (None, None) in shown:
        image = images[shown.index((None, None))].image
        return first(
            (find_image(image.T, truth) != (None, None), "an image is transposed: its rows are drawn as columns"),
            (find_image(image[::-1], truth) != (None, None), "an image is upside down: leave out origin"),
            "an image is turned or cut, or was changed before it was drawn")
    names, indices = zip(*shown)
    return first(
        (set(names) == {"x_test"}, "the images come from x_test"),
        (len(set(shown)) == 1, "the same image is drawn each time: the index does not change in the loop"),
        (sorted(indices) == list(range(9)),
         "the images are right and their order is not: rows and columns may be exchanged"),
        (indices == tuple(range(1, 10)), "the index starts at 1, and Python counts from 0"),
        "the index does not start at 0 or does not go up by 1")


def find_image(stretched, truth):
    """Find a drawn image among the training and then the test images, also in negative.

    Parameters
    ----------
    stretched : ndarray of shape (28, 28), uint8
        As `helpers.kit.kinds.stretch` gives it.

    Returns
    -------
    (str, int) or (None, None)
        The array's name and the index in it.
    """
    if stretched.shape != (28, 28):
        return None, None
    for name in ("x_train", "x_test"):
        images = getattr(truth, name)
        for seen in (stretched, 255 - stretched):
            for index in _near(seen, images):
                if same_picture(seen, stretch(images[index])):
                    return name, int(index)
    return None, None


def _near(seen, images):
    """Return the indices of the few images that agree with `seen` pixel by pixel, the telling middle first."""
    near = np.arange(len(images))
    for row, column in MIDDLE_FIRST:
        if len(near) < 4:
            break
        # Every image of MNIST has a darkest pixel of 0 and a brightest of 254 or 255.
        near = near[np.abs(images[near, row, column] - float(seen[row, column])) <= 3]
    return near[:20]


def same_picture(one, other):
    """Whether two stretched images differ by no more than rounding."""
    return one.shape == other.shape and int(np.abs(one.astype(int) - other.astype(int)).max()) <= ROUNDING


def find_centroid(stretched, centroids):
    """Find a drawn image among (k, 28, 28) stretched centroids, also in negative: its index, or None."""
    for seen in (stretched, 255 - stretched):
        if seen.shape == (28, 28):
            same = np.abs(np.subtract(centroids, seen, dtype="int16")).max(axis=(1, 2)) <= ROUNDING
            if same.any():
                return int(same.argmax())
    return None


CENTROIDS = {"centroids_50": "reshape the 50 rows of cluster_centers_ into images\n"
                             "centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)",
             "centroids_figure": "make a grid of 5 rows and 10 columns\n"
                                 "centroids_figure, axes = plt.subplots(5, 10, figsize=(9, 6))"}
DRAW = "draw centroid i in the i-th axes, for i from 0 to 49\n" 'axes.flat[i].imshow(centroids_50[i], cmap="gray")'


@lab.step("j", gives="centroids_50 centroids_figure", how=CENTROIDS)
def step_j(kmeans_50: Clustering, centroids_50: Array, centroids_figure: Figure):
    """centroids_50, (50, 28, 28) or (50, 784), are the centroids, and the figure shows each with its digit."""
    facts = facts_of("kmeans_50", kmeans_50)
    centroids = _centroids(centroids_50, kmeans_50.centroids)
    yield "centroids_50 holds the 50 centroids."
    images = centroids_figure.images
    _has_images(images, 50, "50 images", DRAW)
    rows, columns = (max(numbers) + 1 for numbers in zip(*((image.row, image.column) for image in images)))
    if {rows, columns} != {5, 10} or len({(image.row, image.column) for image in images}) != 50:
        fail("a grid of 5 rows and 10 columns", f"{how_many(rows, 'row')} and {how_many(columns, 'column')}",
             "the grid was made with other numbers", CENTROIDS["centroids_figure"])
    order = [find_centroid(image.image, centroids) for image in images]
    if None in order:
        flipped = find_centroid(images[order.index(None)].image.T, centroids) is not None
        fail("only centroids of kmeans_50", how_many(order.count(None), "other image"), first(
            (flipped, "the images are transposed: their rows are drawn as columns"),
            "they are images of the data or centroids of another model"), DRAW)
    if len(set(order)) != 50:
        fail("each centroid once", f"{len(set(order))} different ones",
             "the index in the loop does not go through all of 0 to 49", DRAW)
    yield f"centroids_figure shows each once, in {rows} rows and {columns} columns."
    _are_titled(images, order, facts)
    yield "Each is titled with the digit its cluster stands for."
    yield _grey(images)


def _centroids(given, fitted):
    hint, small = CENTROIDS["centroids_50"], -1e6 < given.low and given.high < 1e6    # not so of undefined numbers
    if given.shape not in SHAPES:
        fail("centroids_50 with shape (50, 28, 28)", shape_of(given.shape), first(
            (given.shape[0] == 10, "it was taken from kmeans_10"), "it was reshaped to another size"), hint)
    if fitted.shape[0] != 50:
        fail("50 centroids in kmeans_50", f"{fitted.shape[0]}", "step i does not hold yet",
             "go back to kmeans_50 first")
    images, centroids = (np.array([stretch(image) for image in values.reshape(50, 28, 28)])
                         for values in (given.values, fitted.values))
    same = [small and same_picture(*pair) for pair in zip(images, centroids)]
    if not all(same):
        fail("centroid i of kmeans_50 in centroids_50[i]", f"{same.count(False)} of 50 are others", first(
            (not small, "they hold undefined, infinite or very large numbers"),
            ("int" in given.dtype and given.high <= 1, "the fractions were cut off: the array holds whole numbers"),
            (all(same_picture(image.T, centroid) for image, centroid in zip(images, centroids)),
             "they are transposed: rows have become columns"),
            (None not in [find_centroid(image, centroids) for image in images],
             "they are in another order than in kmeans_50.cluster_centers_"),
            "they come from another model, or kmeans_50 was fitted again since"), hint)
    return centroids


def _are_titled(images, order, facts):
    wrong = []
    for place, (image, cluster) in enumerate(zip(images, order)):
        counts = facts.counts[cluster]
        right = {str(digit) for digit in np.flatnonzero(counts == counts.max())} if counts.any() else None
        if right and not names_digit(image.words, right, {cluster, cluster + 1, place, place + 1}):
            wrong.append((cluster, image.words, int(counts.argmax())))
    if wrong:
        cluster, words, digit = wrong[0]
        titles = sum(bool(image.words) for image in images)
        fail(f"the digit of each cluster in its title (cluster {cluster}: {digit})",
             f"{words[:40]!r}; {len(wrong)} of 50 titles differ", first(
                 (not titles, "no titles were set"),
                 (all(str(c) in w for c, w, _ in wrong), "the titles number the clusters"),
                 (titles == 1, "only one title was set: plt.title writes to one axes"),
                 "the titles are in another order or from another mapping, or belong to images and not to clusters"),
             "give the i-th axes the digit of cluster i as its title\naxes.flat[i].set_title(reference_labels_50[i])")


def names_digit(words, right, numbers):
    """Whether words name a right digit, and besides it none but the number of the centroid or of its place."""
    words = "".join(str(unicodedata.decimal(sign, sign)) for sign in words)     # digits of any script
    words = re.sub(r"u?int\d+\(|\d+ ?%", "", words)
    # "7 104" may be a digit and a count, or one count.
    readings = words, re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", words)
    return any(_names(re.findall(r"\d+(?:[.,]\d+)*", reading), right, numbers) for reading in readings)


def _names(named, right, numbers):
    """Whether numbers in a title hold a right digit; a share, 0.93, and a count, 1204, are no digits."""
    return bool(right & {text.removesuffix(".0") for text in named}) \
        and all(len(text) > 1 or text in right or int(text) in numbers for text in named)
