"""Steps c and j, the figures: nine training images, and 50 centroids with the digit each stands for."""

import numpy as np

from helpers.checks.fits import facts_of
from helpers.checks.images import an_array
from helpers.checks.pictures import find_centroid, find_image, names_digit, same_picture
from helpers.checks.verdict import CheckFailed, StepNotDone, kind, times
from helpers.evidence import Figure, Missing
from helpers.plots import GREY, stretch
from helpers.words import how_many

NOTHING_DRAWN = "the cell stopped with an error before it drew, or the figure was taken after plt.show()"
SHAPES = {(50, 28, 28), (50, 784), (50, 28, 28, 1)}


def check_c(seen, truth, nonce):
    """The figure shows the first nine training images, 3 × 3, in grey."""
    figure = seen["digits_figure"]
    if isinstance(figure, Missing):
        raise StepNotDone("c", "digits_figure has no value yet (check its spelling, or the error above; plt.show() "
                          "gives None).")
    if not isinstance(figure, Figure):
        raise CheckFailed("c", "digits_figure is a Matplotlib figure", kind(figure), *_why_no_figure(
            figure, "write digits_figure, axes = plt.subplots(3, 3)"))
    images = figure.images
    if len(images) != 9:
        raise CheckFailed("c", "nine images, each drawn with imshow in axes of its own", how_many(len(images), "image"),
                          NOTHING_DRAWN if not images else
                          "the loop draws another number of images, or all into the same axes",
                          "take the figure from plt.subplots(3, 3), and draw x_train[i] with axes.flat[i].imshow")
    yield "digits_figure shows nine images."
    places = {(image.row, image.column) for image in images}
    if places != {(row, column) for row in range(3) for column in range(3)}:
        rows, columns = (max(given) + 1 for given in zip(*places))
        raise CheckFailed("c", "three rows of three images",
                          f"{how_many(rows, 'row')} and {how_many(columns, 'column')}",
                          "the grid was made with other numbers", "make the grid with plt.subplots(3, 3)")
    shown = [find_image(image.image, truth) for image in images]
    if shown != [("x_train", index) for index in range(9)]:
        raise CheckFailed("c", "x_train[0] to x_train[8], in reading order",
                          _named(shown),
                          _why_other(shown, images, truth), "draw x_train[i] in the i-th axes, for i from 0 to 8")
    yield "They are x_train[0] to x_train[8]: the digits " + " ".join(str(truth.y_train[i]) for i in range(9)) + "."
    _grey("c", images)
    yield "They are drawn in grey."


def _why_no_figure(seen, hint):
    if getattr(seen, "type", "") == "Figure":
        return "a part of it was replaced, such as a title (axes.title = …)", "give a title with axes.set_title(…)"
    if isinstance(seen, Missing):
        return "it was forgotten or is misspelt, or its cell ended with an error", hint
    return "the name was given to what another call returned (axes, say)", hint


def _grey(step, images):
    coloured = [image.colours for image in images if image.colours.removesuffix("_r") not in GREY]
    if not coloured:
        return
    if coloured[0] == "viridis":
        why = "imshow was called without a colour map" if len(coloured) == len(images) else \
            "imshow was called without a colour map, and plt.gray() changes only the last image"
    else:
        why = "another colour map was named" if coloured[0] != "rgb" else "the images have red, green and blue parts"
    raise CheckFailed(step, "images in grey", f"the colour map {coloured[0]!r} in {len(coloured)} of {len(images)} "
                      "images", why, 'pass it to each call: imshow(image, cmap="gray")')


def _named(shown):
    unknown = shown.count((None, None))
    known = [f"{name}[{index}]" for name, index in shown if name]
    return ", ".join(known + [f"{unknown} of 9 that are no images of MNIST"] * bool(unknown))


def _why_other(shown, images, truth):
    if (None, None) in shown:
        image = images[shown.index((None, None))].image
        if find_image(image.T, truth) != (None, None):
            return "an image is transposed: its rows are drawn as columns"
        if find_image(image[::-1], truth) != (None, None):
            return "an image is upside down: leave out origin"
        return "an image is turned or cut, or was changed before it was drawn"
    names, indices = zip(*shown)
    if set(names) == {"x_test"}:
        return "the images come from x_test"
    if len(set(shown)) == 1:
        return "the same image is drawn each time: the index does not change in the loop"
    if sorted(indices) == list(range(9)):
        return "the images are right and their order is not: rows and columns may be exchanged"
    if indices == tuple(range(1, 10)):
        return "the index starts at 1, and Python counts from 0"
    return "the index does not start at 0 or does not go up by 1"


def check_j(seen, truth, nonce):
    """centroids_50 are the centroids, and centroids_figure shows each with its digit."""
    if isinstance(seen["centroids_50"], Missing) and isinstance(seen["centroids_figure"], Missing):
        raise StepNotDone("j", "centroids_50 and centroids_figure have no values yet (check the spelling, or the "
                          "error above).")
    facts = facts_of("j", "kmeans_50", seen["kmeans_50"])
    centroids = _centroids(seen["centroids_50"], seen["kmeans_50"].centroids)
    yield "centroids_50 holds the 50 centroids."
    figure = seen["centroids_figure"]
    if not isinstance(figure, Figure):
        raise CheckFailed("j", "centroids_figure is a Matplotlib figure", kind(figure), *_why_no_figure(
            figure, "write centroids_figure, axes = plt.subplots(5, 10)"))
    _grid(figure)
    order = [find_centroid(image.image, centroids) for image in figure.images]
    _each_once(order, figure, centroids)
    yield "centroids_figure shows each centroid once, in a grid of 5 × 10."
    _titles(figure, order, facts)
    yield "Each is titled with the digit its cluster stands for."
    _grey("j", figure.images)
    yield "They are drawn in grey."


def _centroids(given, fitted):
    hint = "centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)"
    given = an_array("j", "centroids_50", given, hint)
    if given.shape not in SHAPES:
        raise CheckFailed("j", "centroids_50 with shape 50 × 28 × 28", times(given.shape),
                          "it was taken from kmeans_10" if given.shape[0] == 10 else
                          "it was reshaped to another size", hint)
    if fitted.shape[0] != 50:
        raise CheckFailed("j", "50 centroids in kmeans_50", f"{fitted.shape[0]}", "step i does not hold yet",
                          "go back to kmeans_50 first")
    centroids = np.array([stretch(image) for image in fitted.values.reshape(50, 28, 28)])
    small = -1e6 < given.low and given.high < 1e6           # not so of undefined and infinite numbers
    same = [small and same_picture(stretch(image), true)
            for image, true in zip(given.values.reshape(50, 28, 28), centroids)]
    if not all(same):
        raise CheckFailed("j", "centroid i of kmeans_50 in centroids_50[i]", f"{same.count(False)} of 50 are others",
                          _why_centroids(given, centroids), hint)
    return centroids


def _why_centroids(given, centroids):
    if not (-1e6 < given.low and given.high < 1e6):
        return "they hold undefined, infinite or very large numbers"
    if "int" in given.dtype and given.high <= 1:
        return "the fractions were cut off: the array holds whole numbers"
    images = [stretch(image) for image in given.values.reshape(50, 28, 28)]
    if all(same_picture(image.T, centroid) for image, centroid in zip(images, centroids)):
        return "they are transposed: rows have become columns"
    if None not in [find_centroid(image, centroids) for image in images]:
        return "they are in another order than in kmeans_50.cluster_centers_"
    return "they come from another model, or kmeans_50 was fitted again since"


def _grid(figure):
    if len(figure.images) != 50:
        raise CheckFailed("j", "50 images, each drawn with imshow in axes of its own",
                          how_many(len(figure.images), "image"),
                          NOTHING_DRAWN if not figure.images else
                          "the loop draws another number of images, or all into the same axes",
                          "draw centroids_50[i] with axes.flat[i].imshow, for i from 0 to 49")
    rows = max(image.row for image in figure.images) + 1
    columns = max(image.column for image in figure.images) + 1
    if {rows, columns} != {5, 10} or len({(image.row, image.column) for image in figure.images}) != 50:
        raise CheckFailed("j", "a grid of 5 × 10", f"{rows} × {columns}", "the grid was made with other numbers",
                          "make the grid with plt.subplots(5, 10)")


def _each_once(order, figure, centroids):
    if None in order:
        flipped = find_centroid(figure.images[order.index(None)].image.T, centroids) is not None
        raise CheckFailed("j", "only centroids of kmeans_50", how_many(order.count(None), "other image"),
                          "the images are transposed: their rows are drawn as columns" if flipped else
                          "they are images of the data or centroids of another model",
                          "draw centroids_50[i] in the i-th axes")
    if len(set(order)) != 50:
        raise CheckFailed("j", "each centroid once", f"{len(set(order))} different ones",
                          "the index in the loop does not go through all of 0 to 49",
                          "draw centroids_50[i] in the i-th axes")


def _titles(figure, order, facts):
    wrong = []
    for place, (image, cluster) in enumerate(zip(figure.images, order)):
        counts = facts.counts[cluster]
        right = {str(digit) for digit in np.flatnonzero(counts == counts.max())} if counts.any() else None
        if right and not names_digit(image.words, right, {cluster, cluster + 1, place, place + 1}):
            wrong.append((cluster, image.words, int(counts.argmax())))
    if wrong:
        cluster, words, digit = wrong[0]
        untitled = not any(image.words for image in figure.images)
        few = sum(bool(image.words) for image in figure.images) == 1
        numbered = all(str(c) in w for c, w, _ in wrong)
        raise CheckFailed("j", f"the digit of each cluster in its title (cluster {cluster}: {digit})",
                          f"{words[:40]!r}; {len(wrong)} of 50 titles differ",
                          "no titles were set" if untitled else "the titles number the clusters" if numbered else
                          "only one title was set: plt.title writes to one axes" if few else
                          "the titles are in another order or from another mapping, or belong to images and not to "
                          "clusters",
                          "axes.set_title(reference_labels_50[i]) for centroid i")
