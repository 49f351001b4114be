"""Attacks graded in one class with honest work, and what they did to others: points, files, secrets, processes.

The class is graded by the command that people use, `lab6 grade`, and what is looked at afterwards is what it left.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import corpus
import nbformat
from corpus import NOTEBOOK, PREFIX, SOLVED
from nbgrader.api import Gradebook

from attacking.attack import hand_in
from attacking.harm import CANARY, Survivors, crossed, files, harm, leaked
from grading.course.commands import new_course

# Limits for a class of attacks: so that those who burn all of their time cost minutes and not hours.
LIMITS = """
c.ExecuteSubmission.timeout = {timeout}
c.ExecuteSubmission.notebook_timeout = {notebook_timeout}
"""
BEFORE, AMONG = "honest_before", "honest_among"     # graded before the attacks, and together with them
COORDINATOR = 2 ** 30                   # bytes


@dataclass(frozen=True)
class Result:
    """What came of an attack.

    Parameters
    ----------
    earned : frozenset of str
        The steps.
    said : str
        All that the grader says about it.
    crossed : tuple of str
        The places whose secret stands in what grading left, and "the browser" where a script of its would run there.
    """

    earned: frozenset
    said: str
    crossed: tuple


def lay_out(folder, config=None):
    """Make a course with a secret in each place, and an honest submission.

    Parameters
    ----------
    folder : pathlib.Path
    config : str, optional
        Of nbgrader, instead of this project's.
    """
    new_course(folder)
    if config:
        (folder / "nbgrader_config.py").write_text(config)
    source = folder / "source" / NOTEBOOK / f"{NOTEBOOK}.ipynb"
    _hide(source, "source")
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "lab6") as gradebook:
        gradebook.add_student("somebody", last_name=CANARY.format(place="gradebook"))
    hand_in_honest(folder, BEFORE)


def hand_in_honest(folder, student):
    """Hand in the solutions under a name."""
    path = folder / "submitted" / student / NOTEBOOK / f"{NOTEBOOK}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(corpus.submission(SOLVED, further=False), path)
    _hide(path, "submission of others")


def _hide(path, place):
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if corpus.grade_id_of(cell) == "step_a")
    cell.source += f"\n# {CANARY.format(place=place)}"
    nbformat.write(notebook, path)


def environment():
    """Return an environment with a secret in it."""
    return {**os.environ, "LAB6_SECRET": CANARY.format(place="environment")}


def grade(attacks, folder, timeout=30, notebook_timeout=90):
    """Grade attacks in one class with honest work.

    Parameters
    ----------
    attacks : list of attacking.attack.Attack
    folder : pathlib.Path
        New or empty.
    timeout, notebook_timeout : int
        Seconds for a cell and for a notebook.

    Returns
    -------
    (dict of str to Result, list of str)
        By the attack's name; and the harm that was done to others, a sentence for each.
    """
    folder = Path(folder).resolve()
    lay_out(folder)
    with open(folder / "nbgrader_config.py", "a") as file:
        file.write(LIMITS.format(timeout=timeout, notebook_timeout=notebook_timeout))
    with tempfile.TemporaryDirectory(prefix="lab6-") as scratch:
        _lab6("grade", BEFORE, course=folder, scratch=scratch)
        for attack in attacks:
            hand_in(attack, folder)
        hand_in_honest(folder, AMONG)
        before, honest = files(folder), points(folder, BEFORE)
        survivors = Survivors()
        said = _lab6("grade", "--json", AMONG, *(attack.name for attack in attacks), course=folder, scratch=scratch)
        done = [*harm(before, folder, [*(attack.name for attack in attacks), AMONG]), *survivors.named(),
                *(f"{name} was left in the temporary folder" for name in os.listdir(scratch))]
    for student in (BEFORE, AMONG):
        if points(folder, student) != honest or sum(honest.values()) != len(honest):
            done.append(f"{student} has the points {points(folder, student)}, and had {honest}")
    done += [f"the secret of {place} is printed on the terminal" for place in leaked(said.stdout + said.stderr)]
    return {row["student"]: _result(folder, row) for row in json.loads(said.stdout)["rows"]}, done


def _lab6(*arguments, course, scratch):
    """Run lab6 as people do, with a home and a temporary folder that are looked at afterwards."""
    home = course / "home"
    home.mkdir(exist_ok=True)
    run = subprocess.run([sys.executable, "-m", "grading", *arguments], cwd=course, stdin=subprocess.DEVNULL,
                         capture_output=True, text=True,
                         env={**environment(), "HOME": str(home), "TMPDIR": scratch}, preexec_fn=_bounded)
    if run.returncode not in (0, 1):
        raise RuntimeError(f"lab6 {arguments[0]} could not grade the class: {run.stdout}{run.stderr}")
    return run


def _bounded():
    """Let the coordinator have this much memory, whatever is handed in: its workers and kernels have their own."""
    resource.setrlimit(resource.RLIMIT_DATA, (COORDINATOR, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def points(folder, student):
    """Return a student's points by step, as the gradebook has them; none where it has no such submission."""
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "lab6") as gradebook:
        found = [grade for entry in gradebook.student_submissions(student) for notebook in entry.notebooks
                 for grade in notebook.grades if grade.name.startswith(PREFIX)]
        return {grade.name.removeprefix(PREFIX): grade.score for grade in found}


def _result(folder, row):
    words = [row["problem"], *row["flags"], *(why for _, why in row["reasons"])]
    earned = frozenset(step for step, score in points(folder, row["student"]).items() if score)
    return Result(earned, " ".join(" ".join(words).split()), crossed(folder, row["student"]))
