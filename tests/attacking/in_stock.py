"""What stock nbgrader makes of an attack: graded in a throw-away folder, behind a wall of its own.

There a submission runs with the rights of whoever grades, who here can write to that folder alone: everything else is
read-only, and there is no network, no other process and no other home.
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass

from corpus import NOTEBOOK
from sqlalchemy.exc import SQLAlchemyError

from attacking.attack import hand_in
from attacking.harm import crossed, files, harm
from attacking.in_class import BEFORE, environment, lay_out, points
from grading.course.commands import STOCK, search_path
from grading.lab import ROOT
from grading.wall.bubblewrap import ONE_THREAD, bubblewrap, python_folders
from helpers import lab

SECONDS = 240           # for one submission; nbgrader itself knows no limit
AUTOGRADE = "{python} -m nbgrader autograde {notebook} --student {student}"
FEEDBACK = "{python} -m nbgrader generate_feedback {notebook} --student {student}"
OWN = re.compile(r"/home/(\.ipython|\.local|\.cache|\.jupyter|\.keras)(/| )")     # what Jupyter itself keeps in a home
STARTED = re.compile(r"/startup/|\.pth|config\.py|\.json|\.npz|rc ")            # but these it does not write


@dataclass(frozen=True)
class Stock:
    """What came of an attack in stock nbgrader.

    Parameters
    ----------
    earned : frozenset of str
        The steps that earned something.
    crossed : tuple of str
        What it read or changed that is not its own.
    failed : str
        Why there is no grade, or nothing.
    """

    earned: frozenset
    crossed: tuple
    failed: str = ""


def template(folder):
    """Lay out a course of stock nbgrader with an honest submission that is graded already.

    Parameters
    ----------
    folder : pathlib.Path
        New.
    """
    lay_out(folder, STOCK)
    (folder / "home").mkdir()
    if failed := _run(folder, BEFORE, AUTOGRADE):
        raise RuntimeError(f"Stock nbgrader does not grade an honest submission here: {failed}")


def grade(attack, course, folder):
    """Grade one attack in a copy of a course.

    Parameters
    ----------
    attack : attacking.attack.Attack
    course, folder : pathlib.Path
        As `template` lays it out, and where to copy it: new, and removed afterwards.

    Returns
    -------
    Stock
    """
    shutil.copytree(course, folder, symlinks=True)
    try:
        hand_in(attack, folder)
        before = files(folder, project=False)           # which cannot be written to
        failed = _run(folder, attack.name, AUTOGRADE)
        if attack.kind == "showing":
            failed = failed or _run(folder, attack.name, FEEDBACK)
        changed = ["files of others"] if any(_counts(line) for line in harm(before, folder, [attack.name], False)) \
            else []
        try:
            honest, earned = points(folder, BEFORE), points(folder, attack.name)
        except (SQLAlchemyError, OSError):
            return Stock(frozenset(), ("the gradebook",), "the gradebook is gone")
        if list(honest.values()) != [1.0] * len(lab.steps):
            changed.append("grades of others")
        return Stock(frozenset(step for step, score in earned.items() if score),
                     (*crossed(folder, attack.name), *changed), failed if not sum(earned.values()) else "")
    finally:
        shutil.rmtree(folder)


def _counts(line):
    return not OWN.search(line) or bool(STARTED.search(line))


def _run(folder, student, command):
    """Run a command of nbgrader; return why it failed, or nothing."""
    arguments = command.format(python=sys.executable, notebook=NOTEBOOK, student=student).split()
    try:
        run = subprocess.run([*_sandbox(folder), *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                             text=True, errors="replace", timeout=SECONDS,
                             env={**environment(), **ONE_THREAD, "PATH": search_path(), "HOME": str(folder / "home")})
    except subprocess.TimeoutExpired:
        return f"it takes more than {SECONDS} s"
    return "" if not run.returncode else "the command ends with an error"


def _sandbox(folder):
    """Return the command line of a wall in which only one folder can be written."""
    visible = [item for path in (str(ROOT), *python_folders()) for item in ("--ro-bind", path, path)]
    return [bubblewrap(), "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
            "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", *visible,
            "--bind", str(folder), str(folder), "--chdir", str(folder)]
