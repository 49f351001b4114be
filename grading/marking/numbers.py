"""What the numbers in an answer agree with: decimals and percentages, at the precision they are written with.

Nothing here is a verdict. What agrees with nothing may be the number of an earlier run, or of something that nobody
verified: a person looks.
"""

import re
import unicodedata
from typing import NamedTuple

import numpy as np

LONGEST = 20_000        # characters of an answer that are read
MOST = 40               # numbers of an answer that are told
TELLING = 4             # digits from which on a number may say whose it is; fewer are many people's
ROUGH = 0.015           # how far off "about" is
PERCENT = r"\s{0,2}(?:\\?%|per\s?cent\b|pct\b|pp\b|(?:percentage\s)?points?\b|prozent)"
NUMBER = re.compile(
    r"(?<![\w.,])(?P<sign>[-+−–]?)(?P<digits>\d{1,6}[.,]\d{1,12}|[.]\d{1,12}|\d{1,3})(?P<more>(?:[.,]\d)*)"
    rf"(?P<unit>{PERCENT})?(?![\w])", re.IGNORECASE)
NEXT = re.compile(rf"\s?(?:…|and|or|to|bis|und|vs\.?|,|/)\s?\d{{1,3}}(?:[.,]\d+)?{PERCENT}", re.IGNORECASE)
RANGE = re.compile(r"(?<=\d)\s?(?:-|–|—|−|\bto\b)\s?(?=[.\d])|(?<=%)\s?[-–—−]\s?(?=[.\d])")
BETWEEN = re.compile(r"(?<=\d)[,;](?=\d*[.]\d)|(?<=\.\d)[,;/](?=\s)")
ROUGHLY = re.compile(r"(?:\b(?:about|around|roughly|nearly|almost|approximately|approx\.?|circa|ca\.?|some|over|"
                     r"under|just|more than|less than|close to|above|below|up to|at least|at most)|[~≈<>])\s*$",
                     re.IGNORECASE)
VERSION = re.compile(r"(?:\bversion|\bscikit-learn|\bsklearn|\bpython|\bnumpy|\bkeras|\bv|\bseed|\bstate\s?=|\bfigure|"
                     r"\bstep|\bsection|\bpage|\bchapter)\s*$", re.IGNORECASE)
MARKUP = re.compile(r"[*_`$~{}\\](?!%)")


class Said(NamedTuple):
    """A number as it was written, and what it agrees with.

    ``of`` is "own" (``name`` says which), "other" (the ``who`` of each other submission that has it) or "none".
    """

    text: str
    of: str
    name: str = ""
    who: tuple = ()


class Written(NamedTuple):
    """A number as it was written: its text, the shares it may stand for, each with the size of its last digit."""

    text: str
    readings: tuple
    digits: int
    roughly: bool
    is_share: bool


def judged(text, own, others):
    """Say of each decimal and percentage of an answer what it agrees with, in its order, each once.

    Parameters
    ----------
    text : str
    own : dict of str to float
        What was verified of this submission: shares from 0 to 1, by name.
    others : Others
        The same of all submissions.

    Returns
    -------
    list of Said
    """
    found = {}
    for one in written(text):
        if len(found) == MOST:
            break
        found.setdefault(one.text, _judge(one, own, others))
    return [said for said in found.values() if said]


def _judge(one, own, others):
    if name := next((name for name, share in own.items() if agrees(one, share)), None):
        return Said(one.text, "own", name)
    if one.digits < 2 or not one.is_share:
        return None         # too rough, or of no unit: it may be anything
    if one.digits >= TELLING:
        whose = others.who_has(one)
        for name in sorted({name for _, name in whose}):
            return Said(one.text, "other", name, tuple(who for who, its in whose if its == name))
    return Said(one.text, "none")


class Others:
    """The verified numbers of other submissions.

    Parameters
    ----------
    numbers : dict of str to dict of str to float
        Shares by name, by whose they are.
    """

    def __init__(self, numbers):
        self.named = [(who, name) for who, its in numbers.items() for name in its]
        self.shares = np.array([share for its in numbers.values() for share in its.values()], "float64")

    def who_has(self, one):
        """Return (whose, name) for each that a written number agrees with."""
        close = np.zeros(len(self.shares), bool)
        for value, last in one.readings:
            close |= np.abs(self.shares - abs(value)) <= last
        return [self.named[i] for i in np.flatnonzero(close) if agrees(one, self.shares[i])]


def agrees(one, share):
    """Whether a written number is a share, rounded or cut off where it ends, or roughly where it says so.

    Whoever rounds starts from the four digits that the lab shows.
    """
    return any(_is(abs(value), last, abs(target), one) for value, last in one.readings
               for target in (share, round(share, TELLING)))


def _is(value, last, share, one):
    near = max(last / 2, ROUGH * one.roughly) + 1e-9
    return abs(value - share) <= near or one.digits > 2 and 0 <= share - value < last - 1e-9


def written(text):
    """Yield the decimals and percentages of an answer; no whole numbers, versions, years or places."""
    text = "".join(str(unicodedata.decimal(sign, sign)) for sign in unicodedata.normalize("NFKC", text[:LONGEST]))
    text = BETWEEN.sub("; ", MARKUP.sub("", text.replace("٫", ".")))
    text = RANGE.sub(" … ", text)
    for match in NUMBER.finditer(text):
        if one := _read(match, text[max(0, match.start() - 30):match.start()], text[match.end():match.end() + 40]):
            yield one


def _read(match, before, after):
    digits, unit = match["digits"], bool(match["unit"])
    if match["more"] or VERSION.search(before):
        return None
    whole, comma, part = digits.replace(",", ".").partition(".")
    if "," in digits and len(part) == 3 and int(whole) and not unit:        # sixty thousand
        return None
    if not comma and not unit and not _unit_follows(after):
        return None
    unit = unit or _unit_follows(after)
    value, last = float(f"{whole or 0}.{part or 0}"), 10.0 ** -len(part)
    # 80 %: the zero may be a digit or none.
    coarse, readings = [(value / 100, 0.1)] if not part and value in range(10, 101, 10) else [], []
    if unit or value > 1:
        readings += [(value / 100, last / 100), *coarse]
    if part and value <= 1:
        readings += [(value, last)]
    if value > 100 or not readings:
        return None
    figures = 1 if coarse else len((whole + part).lstrip("0"))
    text = f"{match['sign'].strip('–-−+')}{digits}{match['unit'] or ''}"
    return Written(" ".join(text.split()), tuple(readings), figures, bool(ROUGHLY.search(before)),
                   unit or value <= 1)


def _unit_follows(after):
    """Whether the unit of a number stands behind the next one: "between 79 and 80 %"."""
    return bool(NEXT.match(after))
