"""Which pictures of a submission are shown: of a kind that every browser draws, still, and of few pixels.

A few kilobytes can hold a picture that takes a browser gigabytes. Only the head of a picture is looked at here.
"""

import base64
import io
import warnings

from PIL import Image, UnidentifiedImageError

KINDS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}
PIXELS = 8_000_000      # of one picture
ALL_PIXELS = 60_000_000     # of all in a notebook


def pixels(kind, content):
    """Return how many pixels a picture has.

    Parameters
    ----------
    kind : str
        A MIME type.
    content : str
        In base64, as notebooks hold pictures.

    Returns
    -------
    int
        0 where it is no picture of this kind, moves, or has more than `PIXELS`.
    """
    if kind not in KINDS:
        return 0
    try:
        with warnings.catch_warnings(action="ignore"), \
                Image.open(io.BytesIO(base64.b64decode(content)), formats=[KINDS[kind]]) as picture:
            number = picture.width * picture.height
            return number if number <= PIXELS and not getattr(picture, "is_animated", False) else 0
    except (ValueError, OSError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return 0
