"""A course folder, and nbgrader's own commands run in it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from grading.lab import PACKAGE, ROOT, lab, packages
from grading.submission.assignment import hash_of

NOT_RELEASED = "the gradebook does not know the assignment yet. Run this first: lab6 release, or nbgrader " \
    "generate_assignment with its name and --force"
# nbgrader as it comes, for comparison: only what its generate_assignment leaves of a solution is as in this course.
STOCK = """c = get_config()
c.CourseDirectory.course_id = "lab6"
c.ClearSolutions.code_stub = {"python": "# Your code here"}
c.ClearSolutions.text_stub = ""
"""
# On a busy machine an honest cell can take longer than the 30 s that nbgrader gives it.
PATIENT = "c.Execute.timeout = 120\n"


def refuse_other_code(*folders):
    """Raise RuntimeError where a folder holds another state of this project's code than the one that runs."""
    for folder in folders:
        for ours in (*packages(), PACKAGE):
            here = Path(folder, ours.name)
            if (here / "__init__.py").exists() and not here.samefile(ours) and hash_of(here) != hash_of(ours):
                raise RuntimeError(f"{here.resolve()} is not the code that would run, which is {ours}: what was "
                                   "changed in one of them would not count. Run pip install -e . in the project's "
                                   "folder, or move the other away.")


class NbgraderFailed(RuntimeError):
    """An nbgrader command failed. The message holds its own words."""


def nbgrader(*arguments, course=ROOT, check=True):
    """Run an nbgrader command in a course folder.

    Parameters
    ----------
    *arguments : str
        Such as "autograde", "lab6_kmeans".
    course : path-like
        A folder with an nbgrader_config.py.
    check : bool
        Whether a failure raises.

    Returns
    -------
    subprocess.CompletedProcess
        With text in stdout and stderr.

    Raises
    ------
    NbgraderFailed
    """
    run = subprocess.run([sys.executable, "-m", "nbgrader", *map(str, arguments)], cwd=course,
                         stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if check and run.returncode:
        raise NbgraderFailed(f"nbgrader {' '.join(map(str, arguments))} failed in {course}:\n{_errors(run.stderr)}")
    return run


def _errors(log):
    """Return what nbgrader says is wrong: its errors, of a traceback the last line, and no words about tracebacks."""
    entries = [entry.strip() for entry in re.split(r"\n(?=\[)", log) if " | INFO]" not in entry]
    kept = [entry.split("\n")[-1].strip() if "Traceback (" in entry else entry for entry in entries
            if "the above traceback" not in entry]
    return "\n".join(kept)


def search_path():
    """Return a PATH where nbgrader finds alembic, also when its environment is not activated."""
    found = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(dict.fromkeys([str(Path(sys.executable).parent), *found]))


def new_course(folder):
    """Lay out an empty course: this project's configuration and source notebook, and a generated release.

    Parameters
    ----------
    folder : path-like
        Made if it does not exist.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / "nbgrader_config.py", folder / "nbgrader_config.py")
    shutil.copytree(ROOT / "source", folder / "source", dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    nbgrader("generate_assignment", lab().name, "--force", course=folder)
