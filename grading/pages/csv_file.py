"""Cells that no spreadsheet runs, tables as people's spreadsheets read them, and files that are whole or not there."""

import csv
import io
import os
import re
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from grading.shown.text import plain

SIGNS = ("=", "+", "-", "@")
# Where a spreadsheet may end a cell, whatever the file says.
SPLITS = re.compile(r"(?<=[;,|])(\s*)(?=\S)")


@dataclass(frozen=True)
class Style:
    """How a table is written.

    Parameters
    ----------
    separator, decimal : str
        Between cells, and in numbers: ";" and "," for a spreadsheet in much of Europe.
    for_people : bool
        Whether every cell is in quotes, so that no spreadsheet splits it.
    mark : bool
        Whether a byte order mark says to spreadsheets that it is UTF-8.

    Raises
    ------
    ValueError
        The two are the same, or no spreadsheet has such.
    """

    separator: str = ","
    decimal: str = "."
    for_people: bool = True
    mark: bool = True

    def __post_init__(self):
        if self.separator not in (",", ";", "\t") or self.decimal not in (".", ",") or (
                self.separator == self.decimal):
            raise ValueError(f"a table cannot be separated by {self.separator!r} with {self.decimal!r} in its numbers. "
                             "Choose --separator ';' --decimal ',' or leave both out.")

    def number(self, value):
        """Write a number, with two decimals at most."""
        return number(value).replace(".", self.decimal)


def harmless(text):
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes before =, +, - and @.

    Spaces before the sign, and its wide forms, count too, and so do the same behind a separator: a spreadsheet that
    splits there whatever the quotes say meets a cell that begins with an apostrophe.
    """
    parts = SPLITS.split(plain(text))
    return "".join(part if i % 2 else _quoted(part) for i, part in enumerate(parts))


def _quoted(text):
    begins = unicodedata.normalize("NFKC", text.lstrip()[:4])       # of all of it, that takes the square of its accents
    return f"'{text}" if begins.lstrip().startswith(SIGNS) else text


def number(score):
    """Write a score with two decimals at most, which is what the platforms keep."""
    return f"{score:.2f}".rstrip("0").rstrip(".")


def write(target, table, style=None):
    """Write a table as CSV, as `replace` does.

    Parameters
    ----------
    target : path-like
    table : list of list of str
    style : Style, optional
        For people, with commas, by default.
    """
    style, text = style or Style(), io.StringIO(newline="")
    csv.writer(text, delimiter=style.separator,
               quoting=csv.QUOTE_ALL if style.for_people else csv.QUOTE_MINIMAL).writerows(table)
    replace(target, "\ufeff" * style.mark + text.getvalue())


def replace(target, content):
    """Write text in UTF-8, or bytes, to a file; what stands at the target is replaced at the very end.

    Parameters
    ----------
    target : path-like
    content : str or bytes
        Halves of characters, which no file can hold, become question marks.

    Raises
    ------
    OSError
        It could not be written; what stood there stands there still.
    """
    target = Path(target)
    if not target.parent.is_dir():
        raise FileNotFoundError(f"{target} cannot be written, because there is no folder {target.parent}")
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    try:
        with open(handle, "wb") as file:
            file.write(content.encode(errors="replace") if isinstance(content, str) else content)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise
