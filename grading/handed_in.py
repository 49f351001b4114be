"""What was handed in, looked at before anything opens it: a link may lead to anybody's files, and whoever reads a pipe
or a device may wait or write for ever.
"""

import os
import stat
from pathlib import Path

from nbgrader.utils import parse_utc

TIMESTAMP = "timestamp.txt"     # where nbgrader keeps when something was handed in
KINDS = {stat.S_IFLNK: "a symbolic link", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device",
         stat.S_IFBLK: "a device"}
LONGEST = 100                   # bytes of a time


def unfit(folder, notebook):
    """Say why a submission cannot be graded as it was handed in, or nothing.

    Parameters
    ----------
    folder : path-like
        All of the submission.
    notebook : str
        The name of its notebook's file.
    """
    folder = Path(folder)
    for path in (folder, *_inside(folder)):
        kind = KINDS.get(stat.S_IFMT(path.lstat().st_mode)) if os.path.lexists(path) else None
        if kind:
            return f"{path.relative_to(folder.parent)} is {kind} and not a file: ask for the file itself"
    if (folder / notebook).is_dir():
        return f"{notebook} is a folder and not a file: ask for the notebook itself"
    if (folder / TIMESTAMP).is_file() and not _is_time(folder / TIMESTAMP):
        return f"{TIMESTAMP} holds no time, as nbgrader writes it: write the time of handing in into it, or delete it"
    return ""


def _inside(folder):
    """Yield all that lies in a folder, without following links."""
    for above, folders, names in os.walk(folder):
        for name in sorted(folders + names):
            yield Path(above, name)


def _is_time(path):
    with open(path, "rb") as file:
        content = file.read(LONGEST + 1)
    try:
        return len(content) <= LONGEST and bool(not content.strip() or parse_utc(content.decode().strip()))
    except (ValueError, OverflowError, TypeError):
        return False
