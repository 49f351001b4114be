"""Steps c and j, the figures: nine training images, and 50 centroids with the digit each stands for."""

import re

import numpy as np

from helpers.checks.fits import facts_of
from helpers.checks.images import an_array
from helpers.checks.pictures import find_image, same_picture
from helpers.checks.verdict import CheckFailed, StepNotDone, kind, times
from helpers.evidence import Figure, Missing
from helpers.plots import GREY, stretch

SHAPES = {(50, 28, 28), (50, 784), (50, 28, 28, 1)}


def check_c(seen, truth, nonce):
    """The figure shows the first nine training images, 3 × 3, in grey."""
    figure = seen["digits_figure"]
    if isinstance(figure, Missing):
        raise StepNotDone("c", "digits_figure has no value yet.")
    if not isinstance(figure, Figure):
        raise CheckFailed("c", "digits_figure is a Matplotlib figure", kind(figure),
                          "the name was given to what another call returned (axes, say)",
                          "write digits_figure, axes = plt.subplots(3, 3)")
    images = figure.images
    if len(images) != 9:
        raise CheckFailed("c", "nine images, each drawn with imshow in axes of its own", f"{len(images)} images",
                          "the figure was taken after plt.show(), which starts a new one" if not images else
                          "the loop draws another number of images",
                          "take the figure from plt.subplots(3, 3), and draw x_train[0] to x_train[8]")
    yield "digits_figure shows nine images."
    places = {(image.row, image.column) for image in images}
    if places != {(row, column) for row in range(3) for column in range(3)}:
        raise CheckFailed("c", "three rows of three images",
                          f"{max(r for r, _ in places) + 1} rows and {max(c for _, c in places) + 1} columns",
                          "the grid was made with other numbers", "make the grid with plt.subplots(3, 3)")
    shown = [find_image(image.image, truth) for image in images]
    if shown != [("x_train", index) for index in range(9)]:
        raise CheckFailed("c", "x_train[0] to x_train[8], in reading order",
                          ", ".join(f"{name}[{index}]" if name else "an image that is not in MNIST"
                                    for name, index in shown),
                          _why_other(shown), "draw x_train[i] in the i-th axes, for i from 0 to 8")
    yield "They are x_train[0] to x_train[8]: the digits " + " ".join(str(truth.y_train[i]) for i in range(9)) + "."
    coloured = [image.colours for image in images if image.colours not in GREY]
    if coloured:
        raise CheckFailed("c", "images in grey", f"the colour map {coloured[0]!r}",
                          "imshow was called without a colour map" if coloured[0] == "viridis" else
                          "plt.gray() ran for another figure, or another colour map was named",
                          'pass it to each call: imshow(image, cmap="gray")')
    yield "They are drawn in grey."


def _why_other(shown):
    names, indices = zip(*shown)
    if set(names) == {"x_test"}:
        return "the images come from x_test"
    if sorted(indices) == list(range(9)) and set(names) == {"x_train"}:
        return "the images are right and their order is not: rows and columns may be exchanged"
    if None in names:
        return "an image is transposed, turned or cut"
    return "the index does not start at 0 or does not go up by 1"


def check_j(seen, truth, nonce):
    """centroids_50 are the centroids, and centroids_figure shows each with its digit."""
    if isinstance(seen["centroids_50"], Missing) and isinstance(seen["centroids_figure"], Missing):
        raise StepNotDone("j", "centroids_50 and centroids_figure have no values yet.")
    facts = facts_of("j", "kmeans_50", seen["kmeans_50"])
    centroids = _centroids(seen["centroids_50"], seen["kmeans_50"].centroids)
    yield "centroids_50 holds the 50 centroids."
    figure = seen["centroids_figure"]
    if not isinstance(figure, Figure):
        raise CheckFailed("j", "centroids_figure is a Matplotlib figure", kind(figure),
                          "it was forgotten, or given to what another call returned (axes, say)",
                          "write centroids_figure, axes = plt.subplots(5, 10)")
    _grid(figure)
    order = [_which(image.image, centroids) for image in figure.images]
    _each_once(order)
    yield "centroids_figure shows each centroid once, in a grid of 5 × 10."
    _titles(figure, order, facts)
    yield "Each is titled with the digit its cluster stands for."
    coloured = [image.colours for image in figure.images if image.colours not in GREY]
    if coloured:
        raise CheckFailed("j", "images in grey", f"the colour map {coloured[0]!r}", "imshow was called without "
                          "a grey colour map", 'pass it to each call: imshow(image, cmap="gray")')
    yield "They are drawn in grey."


def _centroids(given, fitted):
    hint = "centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)"
    given = an_array("j", "centroids_50", given, hint)
    if given.shape not in SHAPES:
        raise CheckFailed("j", "centroids_50 with shape 50 × 28 × 28", times(given.shape),
                          "it was reshaped to another size, or taken from kmeans_10", hint)
    centroids = [stretch(image) for image in fitted.values.reshape(50, 28, 28)]
    same = [np.isfinite(image).all() and same_picture(stretch(image), true)
            for image, true in zip(given.values.reshape(50, 28, 28), centroids)]
    if not all(same):
        raise CheckFailed("j", "centroid i of kmeans_50 in centroids_50[i]", f"{same.count(False)} of 50 are others",
                          "they come from another model, were cut to whole numbers before scaling, "
                          "or the model was fitted again since", hint)
    return centroids


def _grid(figure):
    if len(figure.images) != 50:
        raise CheckFailed("j", "50 images, each drawn with imshow in axes of its own", f"{len(figure.images)} images",
                          "the figure was taken after plt.show(), which starts a new one" if not figure.images else
                          "the loop draws another number of images, or all into the same axes",
                          "draw centroids_50[i] in the i-th axes of plt.subplots(5, 10), for i from 0 to 49")
    rows = max(image.row for image in figure.images) + 1
    columns = max(image.column for image in figure.images) + 1
    if {rows, columns} != {5, 10}:
        raise CheckFailed("j", "a grid of 5 × 10", f"{rows} × {columns}", "the grid was made with other numbers",
                          "make the grid with plt.subplots(5, 10)")


def _which(image, centroids):
    """Return the centroid that a drawn image shows, also in negative, or None."""
    return next((i for i, centroid in enumerate(centroids)
                 if same_picture(image, centroid) or same_picture(255 - image, centroid)), None)


def _each_once(order):
    if None in order:
        raise CheckFailed("j", "only centroids of kmeans_50", f"{order.count(None)} other images",
                          "the images were transposed or turned, or come from the data or another model",
                          "draw centroids_50[i] in the i-th axes")
    if len(set(order)) != 50:
        raise CheckFailed("j", "each centroid once", f"{len(set(order))} different ones",
                          "the index in the loop does not go through all of 0 to 49",
                          "draw centroids_50[i] in the i-th axes")


def _titles(figure, order, facts):
    wrong = []
    for image, cluster in zip(figure.images, order):
        counts = facts.counts[cluster]
        right = {str(digit) for digit in np.flatnonzero(counts == counts.max())} if counts.any() else None
        if right and not right & set(re.findall(r"\d+", image.words)):
            wrong.append((cluster, image.words, int(counts.argmax())))
    if wrong:
        cluster, words, digit = wrong[0]
        untitled = not any(image.words for image in figure.images)
        numbered = all(str(c) in w for c, w, _ in wrong)
        raise CheckFailed("j", f"the digit of each cluster in its title (cluster {cluster}: {digit})",
                          f"{words!r}; {len(wrong)} of 50 titles differ",
                          "no titles were set" if untitled else "the titles number the clusters" if numbered else
                          "the titles are in another order or from another mapping",
                          "axes.set_title(reference_labels_50[i]) for centroid i")
