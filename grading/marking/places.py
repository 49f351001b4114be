"""Which pictures of a sheet an answer speaks of, and whether it names their titles: row 2, column 5, title 4."""

import re
from typing import NamedTuple

from grading.marking.numbers import LONGEST

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NUMBER = r"(?:number\s|no\.?\s|#)?(\d{1,2})(?!\d)"
NTH = rf"(\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)})\s"
ROW = rf"(?:\brow\s*[:=]?\s*{NUMBER}|\b{NTH}row\b)"
COLUMN = rf"(?:\bcol(?:umn|\.)?\s*[:=]?\s*{NUMBER}|\b{NTH}col(?:umn)?\b)"
BETWEEN = r"[\s,;:.)(&/*_-]{0,6}(?:and\s|of\s|in\s|the\s|at\s){0,3}"
PLACE = re.compile(rf"{ROW}{BETWEEN}{COLUMN}", re.IGNORECASE)
TURNED = re.compile(rf"{COLUMN}{BETWEEN}{ROW}", re.IGNORECASE)
TITLE = re.compile(r"(?:(?!\brow|\bcol)[^.;\n]){0,30}?\b(?:titled?|label(?:led)?|title\sis)\b\W{0,4}"
                   r"(?:digit\s|as\s|is\s|a\s|an\s|the\s){0,2}[\"'“”‘’*_`]{0,2}(\w{1,12})", re.IGNORECASE)
MOST = 12


class Place(NamedTuple):
    """A picture that an answer speaks of: its words, row and column from 0, its title there, and the verified one."""

    text: str
    row: int
    column: int
    title: str
    right: str


def spoken_of(text, sheet):
    """Return the places of a sheet that an answer speaks of, each once, and where it gives it
    a title, with that; those outside of the sheet have no verified title.

    Parameters
    ----------
    text : str
    sheet : dict
        As `grading.submission.beside.made` has it.

    Returns
    -------
    list of Place
    """
    if not sheet:
        return []
    text, found = text[:LONGEST], {}
    matches = [(match, match.groups()[:2], match.groups()[2:]) for match in PLACE.finditer(text)]
    matches += [(match, match.groups()[2:], match.groups()[:2]) for match in TURNED.finditer(text)]
    taken = []
    for match, row, column in sorted(matches, key=lambda one: (one[0].start(), -one[0].end())):
        if any(match.start() < end for _, end in taken[-1:]) or len(found) == MOST:
            continue
        taken.append(match.span())
        row, column = _number(row), _number(column)
        title = TITLE.match(text, match.end())
        inside = 0 <= row < sheet["rows"] and 0 <= column < sheet["columns"]
        right = sheet["titles"][row * sheet["columns"] + column] if inside else ""
        words = " ".join(text[match.start():title.end() if title else match.end()].split())
        named = title[1].strip("_") if title else ""
        found.setdefault((row, column, named), Place(words, row, column, named, right))
    titled = {(one.row, one.column) for one in found.values() if one.title}
    return [one for one in found.values() if one.title or (one.row, one.column) not in titled]


def _number(groups):
    given = next(filter(None, groups)).lower()
    return ORDINALS.index(given) if given in ORDINALS else int(re.sub(r"\D", "", given)) - 1
