"""Pictures: digits in grey with titles, k-means at work, and clusters, each with words for those who do not see it."""

import numpy as np

from helpers.guesses import answered
from helpers.kit.show import Note, Picture
from helpers.kit.verdict import how_many

__all__ = ["Picture", "cards", "curves", "digit_grid", "distances", "pairs", "rounds"]

DRAWN = (0, 1, 2, 5, 30)    # rounds that are drawn
MEMBERS = 10                # images drawn of each cluster
CROSS, OTHER = "✗", "crimson"       # what marks an image of another digit: a sign, and the colour of its frame


def _figure(width, height):
    from matplotlib.figure import Figure  # not pyplot's: nothing stays open

    return Figure(figsize=(width, height), layout="constrained")


def mosaic(axes, rows, titles, labels=(), size=9, below=()):
    """Draw rows of images as one, which takes a tenth of the time that axes for each of them take.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    rows : list of list of ndarray of 784 numbers
        Each is stretched, so that its brightest pixel is white.
    titles : list of list of str
        One that begins with a cross is in another colour, and so is the frame of its image.
    labels : list of str, optional
        At the left of each row.
    size : float
        Of the letters, in points.
    below : list of str, optional
        Below the images of the last row.
    """
    high, wide = 28 + 11, 28 + 5
    canvas = np.ones((high * len(rows), wide * max(map(len, rows))))
    for y, row, above in zip(range(11, high * len(rows), high), rows, titles):
        for x, image, title in zip(range(0, wide * len(row), wide), row, above):
            canvas[y:y + 28, x:x + 28] = np.reshape(image, (28, 28)) / max(np.max(image), 1e-9)
            other = title.startswith(CROSS)
            axes.text(x + 13.5, y - 2, title, ha="center", fontsize=size, color=OTHER if other else "black")
            if other:
                axes.plot([x - 1, x + 28, x + 28, x - 1, x - 1], [y - 1, y - 1, y + 28, y + 28, y - 1], color=OTHER)
    for y, label in zip(range(11, high * len(rows), high), labels):
        axes.text(-4, y + 13.5, label, ha="right", va="center", fontsize=size)
    for x, words in zip(range(0, canvas.shape[1], wide), below):
        axes.text(x + 13.5, canvas.shape[0] + 2, words, ha="center", va="top", fontsize=size)
    axes.imshow(canvas, cmap="gray", interpolation="none")
    axes.axis("off")


def distances(images, centroids):
    """Return the distance of each image from each centroid.

    Parameters
    ----------
    images : ndarray of shape (n, 784)
    centroids : ndarray of shape (k, 784)

    Returns
    -------
    ndarray of shape (n, k)
        What ``np.linalg.norm(images[i] - centroids[j])`` gives for each i and j, up to rounding.
    """
    centroids = np.asarray(centroids)
    squares = (images ** 2).sum(axis=1)[:, np.newaxis] - 2 * images @ centroids.T + (centroids ** 2).sum(axis=1)
    return np.sqrt(np.maximum(squares, 0))


def digit_grid(images, titles, columns, alt):
    """Draw images in a grid, in grey, each with its title.

    Parameters
    ----------
    images : ndarray of shape (n, 28, 28) or (n, 784)
        Any dtype.
    titles : sequence of n str or int
    columns : int
        Images in a row.
    alt : str
        What the picture shows, in words.

    Returns
    -------
    Picture
    """
    starts = range(0, len(images), columns)
    figure = _figure(columns * 0.8, len(starts))
    mosaic(figure.subplots(), [images[start:start + columns] for start in starts],
           [list(map(str, titles[start:start + columns])) for start in starts])
    return Picture(figure, alt)


def pairs(images, digits, chosen, guess):
    """Draw pairs of images beside what differs in them, with their distance.

    Parameters
    ----------
    images : ndarray of shape (n, 784)
    digits : ndarray of shape (n,)
    chosen : sequence of (int, int)
        The indices of each pair.
    guess : str or None
        Which pair is closer, such as "4 and 9".

    Returns
    -------
    Picture
    """
    apart = {f"{digits[one]} and {digits[other]}": np.linalg.norm(images[one] - images[other])
             for one, other in chosen}
    said = answered("The closer pair", guess, min(apart, key=apart.get))
    figure = _figure(5, 2 * len(chosen))
    figure.suptitle(said, fontsize=10)
    mosaic(figure.subplots(), [[images[one], images[other], np.abs(images[one] - images[other])]
                               for one, other in chosen],
           [[f"image {one}", f"image {other}", f"{name}: {distance:.1f} apart"]
            for (one, other), (name, distance) in zip(chosen, apart.items())])
    return Picture(figure, f"{said} Each pair of images, and at their right how much each pixel differs, brighter for "
                   "more: " + "; ".join(f"{name}, {distance:.1f} apart" for name, distance in apart.items()) + ".")


def rounds(images, digits, history, guess):
    """Draw the centroids of some rounds of k-means, with how many images changed cluster, and how the sum of squared
    distances fell.

    Parameters
    ----------
    images : ndarray of shape (n, 784)
    digits : ndarray of shape (n,)
    history : list of (ndarray of shape (k, 784), ndarray of shape (n,))
        The centroids of each round, and the label of the nearest one for each image.
    guess : int or None
        The digit that loses its centroid.

    Returns
    -------
    Picture or Note
    """
    if len(history) < 2:
        return Note("one_round returns no labels or no means yet: write its two lines, run its cell, then this one.")
    centroids, labels = ([np.asarray(part) for part in parts] for parts in zip(*history))
    moved = [len(images), *(int((new != old).sum()) for old, new in zip(labels, labels[1:]))]
    sums = [_sum_of_squares(images, *both) for both in zip(centroids, labels)]
    begun, ended = digits[:len(centroids[0])].tolist(), _majorities(labels[-1], digits, len(centroids[0]))
    shown = [number for number in DRAWN if number < len(history)]
    lost = sorted({*begun} - {*ended})
    said = answered("Digits that lost their centroid", guess, lost)
    figure = _figure(8.4, 4.8)
    figure.suptitle(said, fontsize=10)
    pictures, curve = figure.subplots(1, 2, width_ratios=(3, 1))
    mosaic(pictures, [centroids[number] for number in shown],
            [list(map(str, begun)), *[[""] * len(begun)] * (len(shown) - 2), [*map(str, ended)]],
            [f"round {number}" + ", mostly:" * (number == shown[-1])
             + (f"\n{moved[number]} changed" if number else "\nthe start") for number in shown], 8,
           [_lost_in(cluster, labels[-1], digits, lost) for cluster in range(len(begun))])
    _draw_sums(curve, sums)
    changed = ", ".join(f"{moved[number]} in round {number}" for number in shown[1:])
    return Picture(figure, f"{said} Ten centroids in rounds {', '.join(map(str, shown))}: single images of "
                   f"{' '.join(map(str, begun))} at first, blurred means of many at last, mostly of "
                   f"{' '.join(map(str, ended))}. Images that changed cluster: {changed}. The sum of squared distances "
                   f"falls from {sums[0]:,.0f} to {sums[-1]:,.0f}, most of it in the first round.")


def _lost_in(cluster, labels, digits, lost):
    """Say how many images of the lost digits are in a cluster, a line for each digit."""
    return "\n".join(f"{digit}s: {((labels == cluster) & (digits == digit)).sum()}" for digit in lost)


def _sum_of_squares(images, centroids, labels):
    """Return the sum of the squared distances of images to the centroid of their cluster."""
    among = np.eye(len(centroids), dtype="float32")[labels]
    squares = (centroids.astype("float64") ** 2).sum(axis=1)
    return float(np.vdot(images, images) - 2 * (centroids * (among.T @ images)).sum() + among.sum(axis=0) @ squares)


def _majorities(labels, digits, k):
    return [int(np.bincount(digits[labels == cluster], minlength=10).argmax()) for cluster in range(k)]


def _draw_sums(axes, sums):
    axes.plot(range(1, len(sums)), sums[1:], marker=".")
    axes.set_xlabel("round", fontsize=9)
    axes.set_title(f"sum of squared distances\n(in round 0: {sums[0] / 1000:.0f}k)", fontsize=9)
    axes.tick_params(labelsize=8)
    axes.yaxis.set_major_formatter(lambda value, place: f"{value / 1000:.0f}k")


def cards(images, digits, model, weakest=None, columns=None):
    """Draw a row for each cluster: its centroid, its three most frequent digits, and some of its images at random.

    An image of another digit than the most frequent one has a frame, and a cross before its digit.

    Parameters
    ----------
    images : ndarray of shape (n, 784)
    digits : ndarray of shape (n,)
    model : fitted MiniBatchKMeans
    weakest : int, optional
        Draw only so many clusters, those with the smallest share of one digit.
    columns : int, optional
        Say where each cluster stands in a grid of so many columns, counted from 1.

    Returns
    -------
    Picture
    """
    counts = {cluster: np.bincount(digits[model.labels_ == cluster], minlength=10) for cluster in
              np.unique(model.labels_)}
    share = {cluster: count.max() / count.sum() for cluster, count in counts.items()}
    order = sorted(counts, key=share.get)[:weakest] if weakest else sorted(counts, key=lambda c: counts[c].argmax())
    rng, rows, titles, labels, words = np.random.default_rng(0), [], [], [], []
    for cluster in order:
        common = [digit for digit in np.argsort(-counts[cluster], kind="stable")[:3] if counts[cluster][digit]]
        shares = [f"{digit}: {counts[cluster][digit] / counts[cluster].sum():.0%}" for digit in common]
        members = np.flatnonzero(model.labels_ == cluster)
        drawn = rng.choice(members, min(MEMBERS, len(members)), replace=False)
        rows.append([model.cluster_centers_[cluster], *images[drawn]])
        titles.append(["centroid", *(f"{digit}" if digit == common[0] else f"{CROSS} {digit}"
                                     for digit in digits[drawn])])
        place = [f"row {cluster // columns + 1}, column {cluster % columns + 1}"] if columns else []
        labels.append("\n".join([f"cluster {cluster}", *place, *shares]))
        words.append(f"{', '.join(labels[-1].splitlines())}; drawn: {' '.join(map(str, digits[drawn]))}")
    figure = _figure(8.4, 0.86 * len(order))
    mosaic(figure.subplots(), rows, titles, labels)
    return Picture(figure, f"{how_many(len(order), 'cluster')}, one in a row, each with its largest shares: "
                   + ". ".join(words) + ".")


def curves(ks, accuracy, inertia, ari, guess):
    """Draw what each number of clusters gives: accuracy and ARI, and the inertia as a share of the largest.

    Parameters
    ----------
    ks : sequence of int
    accuracy, inertia, ari : sequence of float
    guess : str or None
        The curve that has a peak.

    Returns
    -------
    Picture
    """
    found = {"accuracy": np.array(accuracy), "inertia": np.array(inertia) / max(inertia), "ARI": np.array(ari)}
    best = ks[int(found["ARI"].argmax())]
    peaks = [name for name, values in found.items() if 0 < values.argmax() < len(ks) - 1]
    said = answered("The curve with a peak", guess, peaks)
    figure = _figure(7, 3.8)
    axes = figure.subplots()
    for (name, values), look in zip(found.items(), ("o-", "s--", "^-.")):
        axes.plot(ks, values, look, label=name + ", as a share of the largest" * (name == "inertia"))
    axes.axvline(best, color="grey", linewidth=1, linestyle=":")
    axes.set_xscale("log")
    axes.set_xticks(ks, list(map(str, ks)))
    axes.minorticks_off()
    axes.set(xlabel="k, the number of clusters", ylim=(0, 1.05))
    axes.set_title(said, fontsize=10)
    figure.legend(loc="outside lower center", ncols=3, fontsize=9)
    return Picture(figure, f"{said} Three curves over k. " + ". ".join(
        f"{name}: " + ", ".join(f"{value:.2f} with {k}" for k, value in zip(ks, values))
        for name, values in found.items()) + f". ARI is largest with {best} clusters.")
