"""Where the work of students lies in a course: what is found there is shown, and never loaded or run as it is."""

import os
import re
from pathlib import Path

FOLDERS = ("submitted", "autograded", "feedback", "downloaded")
CONFIGURATION = "nbgrader_config.py"
COURSE = (CONFIGURATION, "gradebook.db")            # what tells a course from any other folder
# A configuration is read and not run, for it may be a student's: what it names can only add places.
NAMED = re.compile(r"""^[ \t]*c\.\w+\.(%s)_directory\s*=\s*["'](.+?)["']""" % "|".join(FOLDERS), re.MULTILINE)
LONGEST = 1_000_000     # characters of it that are read


def holds_work(path):
    """Whether a path lies in a course's folder of work, by its name or by what its links lead to.

    Parameters
    ----------
    path : path-like
        It need not exist. What a submission brings can only add places: any course above it counts.
    """
    return any(any(_depths(way)) for way in (os.path.abspath(path), os.path.realpath(path)))


def is_submission(path):
    """Whether a folder lies below a student's, in submitted/ say, once its links are followed."""
    return max(_depths(os.path.realpath(path), FOLDERS[:3]), default=0) > 2


def _depths(path, kinds=FOLDERS):
    """Yield how deep a path lies in each folder of work above it, which is 1 for the folder."""
    for course in Path(path).parents:
        if any((course / name).exists() for name in COURSE):
            # Where a file system takes upper and lower case for the same, so does this.
            inside = [part.casefold() for part in Path(path).relative_to(course).parts]
            for kind, name in (*zip(FOLDERS, FOLDERS), *_named(course / CONFIGURATION)):
                parts = [part.casefold() for part in Path(name).parts]
                if kind in kinds and parts and inside[:len(parts)] == parts:
                    yield 1 + len(inside) - len(parts)


def _named(path):
    if not path.is_file():
        return []
    with open(path, errors="replace") as file:
        return NAMED.findall(file.read(LONGEST))
