"""Cells that no spreadsheet runs, and a file that is there whole or not at all."""

import csv
import io
import os
import tempfile
import unicodedata
from pathlib import Path


def plain(text):
    """Return text on one line, without control characters."""
    return "".join(" " if unicodedata.category(char) == "Cc" else char for char in text or "")


def harmless(text):
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes before =, +, - and @.

    Spaces before the sign, and its wide forms, count too.
    """
    text = plain(text)
    return f"'{text}" if unicodedata.normalize("NFKC", text).lstrip()[:1] in ("=", "+", "-", "@") else text


def number(score):
    """Write a score with two decimals at most, which is what the platforms keep."""
    return f"{score:.2f}".rstrip("0").rstrip(".")


def write(target, table):
    """Write a table as CSV, as `replace` does.

    Parameters
    ----------
    target : path-like
    table : list of list of str
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table)
    replace(target, text.getvalue())


def replace(target, text):
    """Write text to a file in UTF-8; what stands at the target is replaced at the very end.

    Parameters
    ----------
    target : path-like
    text : str
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
            file.write(text.encode(errors="replace"))
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise
