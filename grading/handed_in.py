"""What was handed in, looked at before anything opens it: a link may lead to anybody's files, and whoever reads a pipe
or a device may wait or write for ever.
"""

import os
import stat
from pathlib import Path

from grading.submission import TIMESTAMP, time_of

KINDS = {stat.S_IFLNK: "a symbolic link", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device",
         stat.S_IFBLK: "a device"}


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
    when = b""
    if (folder / TIMESTAMP).is_file():
        with open(folder / TIMESTAMP, "rb") as file:
            when = file.read(1000)
    if when.strip() and time_of(when) is None:
        return f"{TIMESTAMP} holds no time, as nbgrader writes it: write the time of handing in into it, or delete it"
    return ""


def _inside(folder):
    """Yield all that lies in a folder, without following links."""
    for above, folders, names in os.walk(folder):
        for name in sorted(folders + names):
            yield Path(above, name)
