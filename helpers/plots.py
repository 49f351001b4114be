"""Pictures of digits: in grey, with titles, and with words for those who do not see them."""

import base64
import bisect
import html
import io

import numpy as np

from helpers.evidence import Drawn, Figure, careful, other
from helpers.names import NotDone
from helpers.words import how_many

GREY = {"gray", "grey", "gist_gray", "gist_grey", "Greys", "Grays", "binary", "gist_yarg", "gist_yerg"}
MOST, LARGEST = 100, 40         # images of a figure, and pixels along a side, that are looked at


class Picture:
    """A picture with its description, as an HTML image with alt text and as plain text.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Drawn to PNG at once.
    alt : str
        What it shows, in words.
    """

    def __init__(self, figure, alt):
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=80, bbox_inches="tight", facecolor="white")
        self.png, self.alt = buffer.getvalue(), alt

    def __repr__(self):
        return self.alt

    def _repr_mimebundle_(self, include=None, exclude=None):
        return with_words(base64.b64encode(self.png).decode(), self.alt)


def with_words(png, alt):
    """Return a picture for IPython to show, with words wherever it is shown.

    JupyterLab takes the words of an HTML image alone, and nbconvert those of the metadata.

    Parameters
    ----------
    png : str
        In base64.
    alt : str
        What the picture shows, in words.

    Returns
    -------
    tuple of dict
        The data by MIME type, and the metadata.
    """
    page = f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{png}">'
    return {"text/html": page, "image/png": png, "text/plain": alt}, {"image/png": {"alt": alt}}


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
    from matplotlib.figure import Figure as Canvas  # not pyplot's: nothing stays open

    images = np.reshape(images, (-1, 28, 28))
    rows = -(-len(images) // columns)
    figure = Canvas(figsize=(columns * 0.9, rows * 1.15), layout="constrained")
    for axes in figure.subplots(rows, columns, squeeze=False).flat:
        axes.axis("off")
    for axes, image, title in zip(figure.axes, images, titles):
        axes.imshow(image, cmap="gray")
        axes.set_title(title, fontsize=9)
    return Picture(figure, alt)


@careful
def look(figure):
    """Look at a Matplotlib figure, as plain data for a check.

    Returns
    -------
    helpers.evidence.Figure, Other or Missing
    """
    if isinstance(figure, (NotDone, type)) or not hasattr(figure, "get_axes"):
        return other(figure)
    try:
        return _look(figure)
    except Exception:                                   # not a figure, or one of something else than images
        return other(figure)


def _look(figure):
    shown = [axes for axes in figure.get_axes() if axes.images and axes.get_visible()][:MOST]
    # A subfigure counts places in itself.
    boxes = [_box(axes).transformed(axes.figure.transSubfigure - figure.transSubfigure) for axes in shown]
    rows = _ranks([-(box.y0 + box.y1) / 2 for box in boxes])
    columns = _ranks([(box.x0 + box.x1) / 2 for box in boxes])
    drawn = [_drawn(axes, row, column) for axes, row, column in zip(shown, rows, columns)]
    return Figure(tuple(sorted(drawn, key=lambda image: (image.row, image.column))))


def _box(axes):
    """Return where axes were placed, before any layout engine moved them."""
    place = axes.get_subplotspec()
    return place.get_position(axes.figure) if place else axes.get_position()


def describe(figure):
    """Say in words what a figure of digits shows, row by row: its alt text.

    Parameters
    ----------
    figure : helpers.evidence.Figure
    """
    rows = [[image.words or "untitled" for image in figure.images if image.row == row]
            for row in sorted({image.row for image in figure.images})]
    shown = "; ".join(", ".join(row) for row in rows)
    return f"{how_many(len(figure.images), 'image')} in {how_many(len(rows), 'row')}: {shown}"


def _ranks(positions):
    """Number positions 0, 1, … in order; what lies within a hundredth of the figure counts as one."""
    inner = sorted(positions)
    starts = [place for before, place in zip([-np.inf, *inner], inner) if place - before > 0.01]
    return [bisect.bisect(starts, position) - 1 for position in positions]


def _drawn(axes, row, column):
    picture = axes.images[-1]
    image = np.ma.getdata(picture.get_array()).astype("float64")
    colours = _colours(picture.get_cmap())
    if image.ndim == 3:                                 # RGB or RGBA: grey when the three agree
        grey = np.ptp(image[..., :3], axis=-1).max() == 0
        image, colours = image[..., 0], "gray" if grey else "rgb"
    left, right, bottom, top = picture.get_extent()
    first, last = (top, bottom) if picture.origin == "upper" else (bottom, top)
    if (first > last) == axes.yaxis_inverted():         # row 0 is at the bottom
        image = image[::-1]
    if (left < right) == axes.xaxis_inverted():
        image = image[:, ::-1]
    words = [axes.get_title(loc=place) for place in ("center", "left", "right")]
    words += [axes.get_xlabel()] if axes.axison and axes.xaxis.get_visible() else []    # axis("off") hides it
    words += [text.get_text() for text in axes.texts]
    return Drawn(row, column, stretch(image[:LARGEST, :LARGEST]), colours, " ".join(filter(None, words))[:200])


def _colours(scale):
    """Return the name of a colour map, "gray" for one of somebody's own that goes from dark to bright in grey."""
    values = scale(np.linspace(0, 1, 256))[:, :3]
    own = scale.name.removesuffix("_r") not in GREY
    return "gray" if own and np.ptp(values, axis=1).max() < 1e-6 and np.ptp(values) > 0.5 else scale.name


def stretch(image):
    """Return an image as uint8, its darkest pixel 0 and its brightest 255."""
    image = np.asarray(image, "float64")
    low, high = float(np.min(image)), float(np.max(image))
    if not 0 < high - low < np.inf:                     # constant, or undefined somewhere
        return np.zeros(image.shape, "uint8")
    return np.round((image - low) / (high - low) * 255).astype("uint8")
