"""What a student handed in: the plain files of a folder, read as hostile bytes."""

import codecs
import hashlib
import json
import os
import stat
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import nbformat
from nbgrader.utils import parse_utc

from grading.corpus import NOTEBOOK
from grading.kinds import HEAD, in_place_of_a_notebook

FILE, TIMESTAMP = f"{NOTEBOOK}.ipynb", "timestamp.txt"
LARGEST, MOST = 50 * 2 ** 20, 1000      # bytes that are read of a submission, and files
NAMED = 10_000                          # files that are looked at
DEEPEST = 20                            # folders within folders
NAME = 1_000                            # bytes of a path within the folder: elsewhere it is within a longer one
CELLS = 6_000                           # cells of a notebook; nbconvert's time grows with the square of their number
MEBIBYTE = 2 ** 20


class TooManyCells(ValueError):
    """A notebook has more cells than can be graded in minutes."""


@dataclass(frozen=True)
class Submission:
    """What a student handed in.

    Parameters
    ----------
    student : str
    files : dict of str to bytes
        By path within the folder.
    problem : str
        Why it cannot be graded as it is, or nothing.
    left_out : tuple of str
        Names of what was not read: links, devices, and what is more than a submission may bring.
    """

    student: str
    files: dict = field(default_factory=dict, repr=False)
    problem: str = ""
    left_out: tuple = ()

    @property
    def timestamp(self):
        """When it was handed in: a datetime in UTC, or None where that is not known."""
        return time_of(self.files.get(TIMESTAMP, b""))

    @property
    def digest(self):
        """The submission's SHA-256, in hexadecimal: another one says that it has changed."""
        return _digest(self.files, self.left_out, self.problem)


def read(student, folder):
    """Read a submission; whatever lies there, this returns.

    Parameters
    ----------
    student : str
    folder : path-like
    """
    folder = Path(folder)
    try:
        if folder.is_symlink() or folder.parent.is_symlink():
            return Submission(student, problem="its folder is a link that leads elsewhere; ask for the files "
                                               "themselves")
        files, left_out = _files(folder)
    except NotADirectoryError:
        return Submission(student, problem=f"{folder.name} is a file and not a folder; put it into a folder of that "
                                           "name")
    except OSError as error:
        return Submission(student, problem=f"its files cannot be read ({error.strerror or error}); "
                                           "give yourself the right to read them")
    if files.get(TIMESTAMP, b"").strip() and time_of(files[TIMESTAMP]) is None:
        del files[TIMESTAMP]
        left_out.append(TIMESTAMP)
    return Submission(student, files, _problem(folder / FILE, files), tuple(left_out))


def digest(folder):
    """Return the digest of the submission in a folder, or nothing where it cannot be read."""
    return read("", folder).digest


def why_unreadable(content):
    """Say in plain words why bytes are not a notebook that can be graded, or nothing."""
    try:
        notebook = json.loads(content)
    except RecursionError:
        return f"{FILE} is nested too deep to be a notebook"
    except ValueError:
        return f"{FILE} is {'empty' if not content.strip() else 'not a notebook, or only a part of one'} " \
               "(it is not JSON); ask for it again"
    found = notebook.get("nbformat") if isinstance(notebook, dict) else None
    if found is None:
        return f"{FILE} is JSON, but not a notebook; ask for it again"
    if found != 4:
        return f"{FILE} is a notebook of format {str(found)[:20]!r}, and this reads format 4; ask for it to be " \
               "opened and saved in JupyterLab"
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return f"{FILE} was saved with a byte order mark, by another editor than Jupyter's; ask for it to be opened " \
               "and saved in JupyterLab"
    try:
        count_cells(notebook["cells"])
        nbformat.validate(nbformat.reads(content.decode(errors="replace"), as_version=4))
    except TooManyCells as error:
        return f"{FILE} {error}; ask for the lab's own"
    except Exception as error:
        words = str(error).strip() or type(error).__name__          # not every error says something
        return f"{FILE} is not a whole notebook ({words.splitlines()[0][:120]}); ask for it again"
    return ""


def count_cells(cells):
    """Raise TooManyCells where a notebook has more than can be graded."""
    if len(cells) > CELLS:
        raise TooManyCells(f"has {len(cells):,} cells, and a notebook may have {CELLS:,}")


def time_of(content):
    """Return the time that a timestamp.txt says, as a datetime in UTC, or None."""
    try:
        return parse_utc(content[:100].decode().strip())
    except Exception:                       # a parser of dates meets anything here
        return None


def _digest(files, left_out, problem):
    found = hashlib.sha256()
    for name, content in sorted(files.items()):
        found.update(f"{len(name)} {name} {len(content)} ".encode(errors="surrogateescape"))
        found.update(content)
    found.update(repr((sorted(left_out), problem)).encode())
    return found.hexdigest()


def _problem(path, files):
    if FILE in files:
        return ""
    if path.is_symlink():
        return f"{FILE} is a link that leads elsewhere; ask for the notebook itself"
    if path.is_file():
        return f"{FILE} has {path.stat().st_size / MEBIBYTE:.0f} MiB, and a submission may have " \
               f"{LARGEST // MEBIBYTE}; ask for it without its outputs"
    return f"there is no {FILE} in it" + in_place_of_a_notebook(
        {name: content[:HEAD] for name, content in files.items() if name != TIMESTAMP})


def _files(folder):
    """Return the plain files in a folder by path, the notebook first, and the names of what was left out."""
    files, left_out, left = {}, [], LARGEST
    found = [*islice(_walk(folder), NAMED + 1)]
    if len(found) > NAMED:
        left_out.append("all files but some thousand")
    first = [str(folder / FILE)] if os.path.lexists(folder / FILE) else []
    for path in [*first, *sorted({*found[:NAMED]} - {*first})]:
        name = os.path.relpath(path, folder)
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size > left or len(files) == MOST \
                or len(os.fsencode(name)) > NAME:
            left_out.append(name)
            continue
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            files[name] = file.read(left)
        left -= len(files[name])
    return files, left_out


def _walk(folder):
    """Yield the paths of files in a folder, and of links and folders that are not entered."""
    def refuse(error):
        raise error
    for above, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if name not in (".ipynb_checkpoints", "__pycache__", "feedback")]
        too_deep = len(Path(above).relative_to(folder).parts) >= DEEPEST
        no_way = [name for name in folders if too_deep or os.path.islink(os.path.join(above, name))]
        yield from (os.path.join(above, name) for name in [*names, *no_way])
        if too_deep:
            folders.clear()
