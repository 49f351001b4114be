"""What a file is, by its name and its first bytes: a notebook under some name, or what was handed in instead of one."""

import re

from grading.lab import lab

# Browsers save a notebook as what they take it for, and some systems write endings in capitals.
NOTEBOOKS = re.compile(r"\.ipynb(\.json|\.txt)?\Z", re.IGNORECASE)
ARCHIVES = re.compile(r"\.(zip|rar|7z|tar|tgz|gz|bz2|xz)\Z", re.IGNORECASE)
HEAD = 4096             # bytes of a file that are looked at
LINKS = {rb"https?://colab\.research\.google\.com": "a link to Google Colab",
         rb"https?://(drive|docs)\.google\.com": "a link to Google Drive",
         rb"https?://(1drv\.ms|[\w.-]*onedrive|[\w.-]*sharepoint)": "a link to OneDrive"}
STARTS = {b"Rar!": "a rar archive", b"7z\xbc\xaf": "a 7z archive", b"\x1f\x8b": "a gz archive", b"%PDF": "a PDF file",
          b"PK\x03\x04": "a zip archive", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture"}
OTHER, PROGRAM = "a file of another kind", "a Python program"
ENDINGS = {"onlinetext.html": "a text typed into Moodle", "text.html": "a text typed into Canvas",
           ".html": "a web page", ".htm": "a web page", ".py": PROGRAM, ".rar": "a rar archive",
           ".7z": "a 7z archive", ".gz": "a gz archive", ".tgz": "a gz archive", ".tar": "a tar archive",
           ".zip": "a zip archive that could not be unpacked", ".pdf": "a PDF file", ".docx": "a Word document",
           ".doc": "a Word document", ".txt": "a text", ".md": "a text", ".png": "a picture", ".jpg": "a picture",
           ".jpeg": "a picture"}
SHOWN, LONGEST = 3, 80  # files that are named of one submission, and characters of a name
LISTED = 10             # names in a list for people


def is_notebook(name):
    """Whether a file's name says that it holds a notebook."""
    return bool(NOTEBOOKS.search(name))


def kind_of(name, head):
    """Say in a few words what a file is.

    Parameters
    ----------
    name : str
    head : bytes
        The beginning of it, or all.
    """
    if is_notebook(name):
        return "a notebook of another name"
    by_name = next((kind for ending, kind in ENDINGS.items() if name.lower().endswith(ending)), OTHER)
    begins = next((kind for start, kind in STARTS.items() if head.startswith(start)), "")
    if begins:                                          # documents of offices are zip files too
        return by_name if begins == "a zip archive" and by_name != OTHER else begins
    if by_name == PROGRAM:                              # Colab's own names its notebook's address
        return by_name
    return next((kind for link, kind in LINKS.items() if re.search(link, head[:HEAD], re.IGNORECASE)), by_name)


def in_place_of_a_notebook(heads):
    """Say what was handed in where there is no notebook of the lab's name, and what to do.

    Parameters
    ----------
    heads : dict of str to bytes
        The beginning of each file, by path.

    Returns
    -------
    str
        ": work.rar is a rar archive; ask for the notebook itself", and nothing where there are no files.
    """
    notebooks = sorted(_shown(name) for name in heads if is_notebook(name))
    if notebooks:
        return f"; there is {_and_more(notebooks)}: if that is it, rename it to {lab().file}"
    said = [f"{_shown(name)} is {kind_of(name, head)}" for name, head in sorted(heads.items())]
    return f": {_and_more(said)}; ask for the notebook itself, {lab().file}" if said else ""


def listed(names, most=LISTED):
    """Join names, and count those beyond the first few."""
    names = [*names]
    return ", ".join(names[:most]) + (f" and {len(names) - most:,} more" if len(names) > most else "")


def _and_more(said):
    return listed(said, SHOWN)


def _shown(name):
    """Return a name as plain letters of a line: it may hold any bytes."""
    return ascii(name)[1:-1][:LONGEST]
