"""Pictures of digits: in grey, with titles, and with words for those who do not see them."""

import numpy as np

from helpers.kit.show import Picture

__all__ = ["Picture", "digit_grid"]


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
    from matplotlib.figure import Figure  # not pyplot's: nothing stays open

    images = np.reshape(images, (-1, 28, 28))
    rows = -(-len(images) // columns)
    figure = Figure(figsize=(columns * 0.9, rows * 1.15), layout="constrained")
    for axes in figure.subplots(rows, columns, squeeze=False).flat:
        axes.axis("off")
    for axes, image, title in zip(figure.axes, images, titles):
        axes.imshow(image, cmap="gray")
        axes.set_title(title, fontsize=9)
    return Picture(figure, alt)
