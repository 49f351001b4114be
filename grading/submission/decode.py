"""A submitted notebook: from hostile bytes to the little that grading looks at.

Whatever else stands in the file (outputs, tags, metadata, keys that nobody knows) is not taken over, so nothing after
this meets it. Sizes are looked at before anything is parsed.
"""

import codecs
import json
import re

import nbformat
from nbformat import NotebookNode

from grading.shown.pictures import KINDS, pixels
from grading.shown.text import CONTROL

FILE_SIZE = 20 * 2 ** 20    # bytes of a notebook
VALUES = 2_000_000          # texts, lists, dicts and commas of its JSON
DEPTH = 300                 # lists and dicts within each other
CELLS = 6_000               # nbconvert's time grows with the square of their number

CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[][{},]', re.DOTALL)


def _is_utf_8(content):
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


# What a file is that json refuses, the first that is so: said of the file, with what to do after the semicolon.
NO_JSON = (
    (lambda content: not content.strip(), "is empty (it is not JSON); ask for it again"),
    (lambda content: content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)),
     "was saved with a byte order mark, by another editor than Jupyter's; ask for it to be opened and saved in "
     "JupyterLab"),
    (re.compile(rb"^(<{7}|>{7})( |\r?$)", re.MULTILINE).search,
     "holds the marks of a merge in git, <<<<<<< and >>>>>>>, which stand where two versions differ; ask for one of "
     "them, opened and saved in JupyterLab"),
    (lambda content: not _is_utf_8(content),
     "is not in UTF-8, as notebooks are: an editor saved it in Latin-1 or another encoding, or it is no text; ask for "
     "it to be opened and saved in JupyterLab, or in that editor as UTF-8"),
    (lambda content: True, "is not a notebook, or only a part of one (it is not JSON); ask for it again"))


class Unreadable(ValueError):
    """The bytes are no notebook that can be graded. The message says why; what follows a semicolon, what to do."""


def decode(content, name, most=FILE_SIZE):
    """Read a submitted notebook.

    Parameters
    ----------
    content : bytes
    name : str
        Of its file, for the words.
    most : int
        Bytes that it may have.

    Returns
    -------
    nbformat.NotebookNode
        Of format 4.5: of each cell its type, source, id, grade_id and, in texts, attached pictures; nothing else.

    Raises
    ------
    Unreadable
    """
    if len(content) > most:
        raise Unreadable(f"{name} has {len(content) / 2 ** 20:.0f} MiB, and a notebook may have {most // 2 ** 20}; ask "
                         "for it without its outputs")
    try:
        text = content.decode()
        measure(text, name)
        notebook = json.loads(text)
    except ValueError as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"{name} {next(words for is_so, words in NO_JSON if is_so(content))}") from None
    cells = _cells(notebook, name)
    return NotebookNode(nbformat=4, nbformat_minor=5, metadata=NotebookNode(), cells=cells)


def measure(text, name):
    """Raise Unreadable where JSON holds more values, or deeper ones, than a notebook has; in one pass over it.

    Parameters
    ----------
    text, name : str
    """
    depth = values = 0
    for token in TOKEN.finditer(text):
        first = text[token.start()]
        depth += (first in "{[") - (first in "}]")
        values += 1
        if depth > DEPTH:
            raise Unreadable(f"{name} is nested too deep to be a notebook")
        if values > VALUES:
            raise Unreadable(f"{name} holds more than {VALUES:,} values; ask for the lab's own, without its outputs")


def _cells(notebook, name):
    found = notebook.get("nbformat") if isinstance(notebook, dict) else None
    if found is None:
        raise Unreadable(f"{name} is JSON, but not a notebook; ask for it again")
    if found != 4:
        raise Unreadable(f"{name} is a notebook of format {str(found)[:20]!r}, and this reads format 4; ask for it to "
                         "be opened and saved in JupyterLab")
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        raise Unreadable(f"{name} is not a whole notebook (it has no list of cells); ask for it again")
    if len(cells) > CELLS:
        raise Unreadable(f"{name} has {len(cells):,} cells, and a notebook may have {CELLS:,}; ask for the lab's own")
    taken = set()
    return [_cell(cell, number, taken, name) for number, cell in enumerate(cells, 1)]


def _cell(cell, number, taken, name):
    """Return what is taken over of a cell."""
    kind, source = (cell.get("cell_type"), cell.get("source")) if isinstance(cell, dict) else (None, None)
    lines = source if isinstance(source, list) else [source]
    if kind not in ("code", "markdown", "raw") or not all(isinstance(line, str) for line in lines):
        raise Unreadable(f"{name} is not a whole notebook (its cell {number} is none); ask for it again")
    made = NotebookNode(cell_type=kind, id=_id(cell.get("id"), number, taken), metadata=_metadata(cell.get("metadata")),
                        source=writable("".join(lines)))
    if kind == "code":
        made.update(outputs=[], execution_count=None)
    elif pictures := _pictures(cell.get("attachments")):
        made.attachments = pictures
    return made


def _id(given, number, taken):
    """Return a cell's own id, or another where it has none that no other cell has."""
    fits = isinstance(given, str) and CELL_ID.fullmatch(given) and given not in taken
    made, more = given if fits else f"cell-{number}", 0
    while made in taken:
        made, more = f"cell-{number}-{more}", more + 1
    taken.add(made)
    return made


def _metadata(given):
    ours = given.get("nbgrader") if isinstance(given, dict) else None
    name = ours.get("grade_id") if isinstance(ours, dict) else None
    return NotebookNode(nbgrader=NotebookNode(grade_id=name)) if isinstance(name, str) else NotebookNode()


def _pictures(attached):
    """Return the pictures among a cell's attachments."""
    given = attached if isinstance(attached, dict) else {}
    found = {writable(name): NotebookNode({kind: data[kind] for kind in KINDS if isinstance(data.get(kind), str)
                                           and pixels(kind, data[kind])})
             for name, data in given.items() if isinstance(data, dict)}
    return NotebookNode({name: data for name, data in found.items() if data})


def writable(text):
    """Return text as a file and a browser hold it: a question mark for each half of a character, no NUL and the like.

    A browser drops these, so that what was looked at with them would be something else without.
    """
    return CONTROL.sub("", text).encode(errors="replace").decode()


def writable_notebook(nb):
    """Return a notebook in which all text is writable; the same one where it is."""
    text = json.dumps(nb, ensure_ascii=False)
    halves = text.encode(errors="replace").decode()
    return nb if halves == text else nbformat.from_dict(json.loads(halves))
