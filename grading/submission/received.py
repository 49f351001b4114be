"""What a student handed in: the plain files of a folder, read as hostile bytes."""

import hashlib
import os
import stat
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from grading.lab import lab
from grading.submission import timestamp
from grading.submission.decode import FILE_SIZE, Unreadable, decode
from grading.submission.kinds import HEAD, LISTED, in_place_of_a_notebook

TIMESTAMP = timestamp.NAME
LARGEST, MOST = 50 * 2 ** 20, 1000      # bytes that are read of a submission, and files
NAMED = 10_000                          # files that are looked at
DEEPEST = 20                            # folders within folders
NAME = 1_000                            # bytes of a path within the folder: elsewhere it is within a longer one
MEBIBYTE = 2 ** 20


@dataclass(frozen=True)
class Submission:
    """What a student handed in.

    Parameters
    ----------
    student : str
    files : dict of str to bytes
        By path within the folder; of timestamp.txt the time alone, as nbgrader writes it.
    problem : str
        Why it cannot be graded as it is, or nothing.
    left_out : tuple of str
        Names of what was not read: links, devices, and what is more than a submission may bring.
    digest : str
        Its SHA-256, in hexadecimal: another one says that it has changed.
    """

    student: str
    files: dict = field(default_factory=dict, repr=False)
    problem: str = ""
    left_out: tuple = ()
    digest: str = ""

    @property
    def noted(self):
        """What a graded notebook says of what was left out: the first names, and how many there are."""
        return {"left_out": [*self.left_out[:2 * LISTED]], "left_out_count": len(self.left_out)}

    @property
    def timestamp(self):
        """When it was handed in: a datetime in UTC, or None where that is not known."""
        return timestamp.when(self.files.get(TIMESTAMP, b""))


def read(student, folder):
    """Read a submission; whatever lies there, this returns.

    Parameters
    ----------
    student : str
    folder : path-like
    """
    files, left_out, problem = _read(Path(folder))
    said = files.pop(TIMESTAMP, b"").strip()
    if said or files.pop(timestamp.NO_TIME, None) is not None:
        files[TIMESTAMP] = timestamp.written(timestamp.when(said))
        left_out += [] if files[TIMESTAMP] else [TIMESTAMP]
    return Submission(student, files, problem, tuple(left_out), _digest(files, left_out, problem))


def _read(folder):
    try:
        if folder.is_symlink() or folder.parent.is_symlink():
            return {}, [], "its folder is a link that leads elsewhere; ask for the files themselves"
        files, left_out = _files(folder)
        return files, left_out, _problem(folder / lab().file, files)
    except NotADirectoryError:
        return {}, [], f"{folder.name} is a file and not a folder; put it into a folder of that name"
    except OSError as error:
        return {}, [], f"its files cannot be read ({error.strerror or error}); give yourself the right to read them"


def digest(folder):
    """Return the digest of the submission in a folder, or nothing where it cannot be read."""
    return read("", folder).digest


def why_unreadable(content, most=FILE_SIZE):
    """Say in plain words why bytes are not a notebook that can be graded, or nothing; see `decode`."""
    try:
        decode(content, lab().file, most)
    except Unreadable as error:
        return str(error)
    return ""


def _digest(files, left_out, problem):
    found = hashlib.sha256()
    for name, content in sorted(files.items()):
        found.update(f"{len(name)} {name} {len(content)} ".encode(errors="surrogateescape"))
        found.update(content)
    found.update(repr((sorted(left_out), problem)).encode())
    return found.hexdigest()


def _problem(path, files):
    if lab().file in files:
        return ""
    if path.is_symlink():
        return f"{lab().file} is a link that leads elsewhere; ask for the notebook itself"
    if path.is_file():
        return f"{lab().file} has {path.stat().st_size / MEBIBYTE:.0f} MiB, and a submission may have " \
               f"{LARGEST // MEBIBYTE}; ask for it without its outputs"
    return f"there is no {lab().file} in it" + in_place_of_a_notebook(
        {name: content[:HEAD] for name, content in files.items() if name != TIMESTAMP})


def _files(folder):
    """Return the plain files in a folder by path, the notebook first, and the names of what was left out."""
    files, left_out, left = {}, [], LARGEST
    ours = (lab().file, TIMESTAMP, timestamp.NO_TIME)       # what grading itself looks for: no folder has their names
    found = [*islice(_walk(folder), NAMED + 1)]
    if len(found) > NAMED:
        left_out.append("all files but some thousand")
    first = [str(folder / lab().file)] if os.path.lexists(folder / lab().file) else []
    for path in [*first, *sorted({*found[:NAMED]} - {*first})]:
        name = os.path.relpath(path, folder)
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size > left or len(files) == MOST \
                or len(os.fsencode(name)) > NAME or name.partition("/")[0] in ours and "/" in name:
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
