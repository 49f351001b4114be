"""What stands beside a written answer while it is marked, as verified: facts, numbers and a sheet of pictures.

The sheet is drawn here, from evidence that was judged, and never what the student drew; it is kept small.
"""

import base64
import io

from PIL import Image, ImageDraw, ImageFont

from grading.lab import lab

GREYS = 16          # of a sheet: what is looked at is a shape
STRIP, GAP = 12, 4  # pixels above a picture, for its title, and around it
LARGEST = 200       # pictures of a sheet


def made(verified):
    """Return what is kept of a submission for its marking, as JSON takes it.

    Parameters
    ----------
    verified : dict of str to dict
        See `helpers.kit.step.Lab`.

    Returns
    -------
    dict
        ``facts`` and ``numbers`` as the lab has them, and ``sheet``: ``rows``, ``columns``, ``titles`` in reading
        order, and ``png`` in base64; nothing where the lab has no pictures for it.
    """
    return {"facts": lab().facts(verified), "numbers": lab().numbers(verified), "sheet": sheet(lab().sheet(verified))}


def sheet(pictures):
    """Draw pictures, by (row, column), with their titles."""
    if not 0 < len(pictures) <= LARGEST:
        return {}
    rows, columns = (1 + max(numbers) for numbers in zip(*pictures))
    height, width = next(iter(pictures.values()))[0].shape
    high, wide = height + STRIP + GAP, width + GAP
    drawn = Image.new("L", (columns * wide, rows * high), 255)
    pen, font = ImageDraw.Draw(drawn), ImageFont.load_default()
    for (row, column), (picture, title) in pictures.items():
        left, top = column * wide + GAP // 2, row * high
        pen.text((left + width // 2, top + STRIP), title, 0, font, anchor="mb")
        drawn.paste(Image.fromarray(picture), (left, top + STRIP + 1))
    file = io.BytesIO()
    drawn.quantize(GREYS).save(file, "PNG", optimize=True)
    titles = [pictures[place][1] if place in pictures else "" for place in
              ((row, column) for row in range(rows) for column in range(columns))]
    return {"rows": rows, "columns": columns, "titles": titles, "png": base64.b64encode(file.getvalue()).decode()}
