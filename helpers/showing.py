"""How IPython shows Matplotlib's figures of images: with words, and drawn once.

Drawing 50 axes takes a second. By itself IPython does it three times: for a screen that is not there, for what is
registered here, and for what the inline backend has registered; and Matplotlib once more each time, to find the edges.
"""

import functools
import sys

from helpers.evidence import Figure
from helpers.plots import describe, look, with_words


def give_alt_text():
    """Make IPython show every figure of images with words for it, in the notebook and its exports."""
    from IPython import get_ipython

    if shell := get_ipython():
        shell.display_formatter.mimebundle_formatter.for_type_by_name("matplotlib.figure", "Figure", _bundle)
        shell.events.register("post_execute", _show)


def _show():
    """Let the inline backend show and close a cell's figures before pyplot, which is asked later, draws them."""
    if inline := sys.modules.get("matplotlib_inline.backend_inline"):
        inline.flush_figures()


def _bundle(figure, include=None, exclude=None):
    """Return a figure as PNG with alt text, or None, for IPython's own way, when it shows no images."""
    from IPython.core.pylabtools import print_figure

    seen = look(figure)
    if not _has_images(seen):
        return None
    _keep_from_drawing_again(type(figure))
    return with_words(print_figure(figure, "png", base64=True, bbox_inches=_edges(figure)), describe(seen))


def _edges(figure):
    """Return what lies within a figure's "tight" edges, or that word where a layout must still move the axes."""
    from matplotlib import rcParams

    return "tight" if figure.get_layout_engine() else figure.get_tightbbox().padded(rcParams["savefig.pad_inches"])


def _keep_from_drawing_again(kind):
    """Wrap the printer that is registered for PNG: IPython asks it even when it has a PNG from `_bundle`."""
    from IPython import get_ipython

    formatter = get_ipython().display_formatter.formatters["image/png"]
    printer = formatter.for_type(kind)
    if printer and getattr(printer, "func", None) is not _unless_drawn:
        formatter.for_type(kind, functools.partial(_unless_drawn, printer))


def _unless_drawn(printer, figure):
    """Return None for a figure that `_bundle` draws, and let the printer draw any other."""
    return None if _has_images(look(figure)) else printer(figure)


def _has_images(seen):
    return isinstance(seen, Figure) and bool(seen.images)
