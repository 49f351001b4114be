"""Where the work of students lies in a course: what is found there is shown, and never loaded or run as it is."""

import os
from pathlib import Path

FOLDERS = ("submitted", "autograded", "feedback", "downloaded")
COURSE = ("nbgrader_config.py", "gradebook.db")     # what tells a course from any other folder


def holds_work(path):
    """Whether a path lies in a course's folder of work, by its name or by what its links lead to.

    Parameters
    ----------
    path : path-like
        It need not exist. What a submission brings can only add places: any course above it counts.
    """
    ways = {Path(os.path.abspath(path)), Path(os.path.realpath(path))}
    return any(_is_work(folder) for way in ways for folder in (way, *way.parents))


def _is_work(folder):
    # Where a file system takes upper and lower case for the same, so does this.
    return folder.name.casefold() in FOLDERS and any((folder.parent / name).exists() for name in COURSE)
