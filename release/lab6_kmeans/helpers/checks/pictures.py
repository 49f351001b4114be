"""Which image of MNIST, or which centroid, a drawn picture shows, and which digit its title names."""

import re
import unicodedata

import numpy as np

from helpers.plots import stretch

ROUNDING = 3                # the most that two stretched images differ by for being rounded or cut to whole numbers
MIDDLE_FIRST = sorted(np.ndindex(28, 28), key=lambda place: abs(place[0] - 13.5) + abs(place[1] - 13.5))


def find_image(stretched, truth):
    """Find a drawn image among the training and then the test images.

    Parameters
    ----------
    stretched : ndarray of shape (28, 28), uint8
        As `helpers.plots.stretch` gives it, also in negative.

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
            near = _near(seen, images)
            for index in near:
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
