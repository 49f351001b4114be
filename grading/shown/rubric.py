"""A rubric: the items of a marking scheme, each with its points, as its list in the source notebook says.

``- 0.5: gives both accuracies of the own run [numbers: Accuracy with 10 clusters; Accuracy with 50 clusters]``

What stands in brackets is for the marking page alone: it suggests the item where an answer has these verified numbers.
"""

import re

ITEM = re.compile(r"^[-*+] +(\d+(?:[.,]\d+)?) *: *(.+?) *(?:\[numbers: *([^\]\n]+)\])? *$", re.MULTILINE)
FOR_MARKERS = re.compile(r" *\[numbers: *[^\]\n]+\]")


def items_of(scheme):
    """Return the items of a marking scheme.

    Parameters
    ----------
    scheme : str
        In Markdown.

    Returns
    -------
    list of dict
        Each with ``id`` (a number, as a str), ``points``, ``words``, ``numbers`` (names of verified numbers that
        suggest it) and ``comment`` (what is often said with it).
    """
    return [{"id": str(place), "points": float(points.replace(",", ".")), "words": words, "comment": "",
             "numbers": [name.strip() for name in (numbers or "").split(";") if name.strip()]}
            for place, (points, words, numbers) in enumerate(ITEM.findall(scheme), 1)]


def for_people(scheme):
    """Return a marking scheme without what is for the marking page alone."""
    return FOR_MARKERS.sub("", scheme)


def told(heading, items, correction):
    """Say to a student which items were given and which not, in Markdown.

    Parameters
    ----------
    heading : str
        The scheme's first line.
    items : list of dict
        As `items_of` gives them, with ``given``.
    correction : float
        Points beside those of the items.
    """
    lines = [f"- {'✓' if item['given'] else '✗ not given,'} {item['points']:g}: {item['words']}" for item in items]
    more = [f"- {correction:+g} beside these"] if correction else []
    return "\n".join([heading, "", *lines, *more])
