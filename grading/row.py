"""What became of a submission, as the gradebook and the autograded notebook say."""

import json
import re
from dataclasses import dataclass, field

from grading.corpus import grade_id_of
from grading.submission import TIMESTAMP
from grading.verify import PREFIX
from helpers.checks import JUDGES, StepNotDone
from helpers.names import NotDoneYet

NOT_DONE = "not done yet"
NOT_GRADED = "Not graded yet: run lab6 grade"
FOREIGN = "No cell of the lab was recognised in it: it is another notebook, or another program saved it without the " \
    "cells' metadata. If the work is there, ask for it to be copied into a fresh lab6_kmeans.ipynb"


@dataclass
class Row:
    """What became of one submission.

    Parameters
    ----------
    student : str
    points : dict of str to float
        By step, as the gradebook has them.
    reasons : list of (str, str)
        A step that lost its point, and why, in a line.
    waits : list of str
        The written answers that a person has yet to mark.
    problem : str
        Why it could not be graded, or nothing.
    flags : list of str
        What a person should look at all the same, such as a run that was stopped or files that were left out.
    seconds : float
        How long grading took, where it was graded now.
    centroids : dict of str to list
        See `grading.remarks.centroids`.
    """

    student: str
    points: dict = field(default_factory=dict)
    reasons: list = field(default_factory=list)
    waits: list = field(default_factory=list)
    problem: str = ""
    flags: list = field(default_factory=list)
    seconds: float = 0.0
    centroids: dict = field(default_factory=dict)

    @property
    def total(self):
        """The automatic points."""
        return sum(self.points.values())


def made(student, scores, reasons, flags, problem="", seconds=0.0, centroids=None):
    """Make a row from scores as `grading.records.Records.scores` gives them, and what the graded notebook says."""
    points = {name.removeprefix(PREFIX): score for name, score, _ in scores if name.startswith(PREFIX)}
    waits = sorted(name.replace("_", " ") for name, _, waits in scores if waits and not name.startswith(PREFIX))
    return Row(student, {step: points.get(step, 0.0) for step in JUDGES}, [] if problem else reasons, waits, problem,
               flags, seconds, centroids or {})


def notebook_of(path):
    """Return an autograded notebook, read as JSON; an empty one where there is none that can be read."""
    try:
        notebook = json.loads(path.read_bytes())
    except (OSError, ValueError):
        notebook = None
    whole = isinstance(notebook, dict) and {"metadata", "cells"} <= notebook.keys()
    return notebook if whole else {"metadata": {}, "cells": []}


def ours(notebook):
    """Return what grading has noted in a notebook's metadata: a dict."""
    return notebook["metadata"].get("lab6", {})


def flags_of(notebook):
    """Return what a person should look at: what was left out, another notebook, what was interrupted, stopped or done
    elsewhere than in its own cell.
    """
    noted = ours(notebook)
    return [*(f"{name[:80]!r} was left out: {_why_left_out(name)}" for name in noted.get("left_out", ())),
            *([FOREIGN] if noted.get("foreign") and not noted.get("problem") else ()),
            *(said[:500] for said in [*noted.get("interrupted", ()), noted.get("stopped"),
                                       *noted.get("elsewhere", ())] if said)]


def _why_left_out(name):
    return f"{'no time, ' if name == TIMESTAMP else ''}a link, no plain file, or more than a submission may bring"


def reasons_of(cells):
    """Yield each step that lost its point with its reason, from the grader's own outputs.

    A step that has no values has its cell's error for a reason, where there is one.
    """
    ended = ""
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        grade_id = grade_id_of(cell) or ""
        errors = [output for output in cell["outputs"] if output["output_type"] == "error"]
        if not grade_id.startswith(PREFIX):
            ended = next((_ended(error) for error in errors if error["ename"] != NotDoneYet.__name__), ended)
            continue
        for error in errors:
            why = ended or NOT_DONE if error["ename"] == StepNotDone.__name__ else reason(error["evalue"])
            yield grade_id.removeprefix(PREFIX), why
        ended = ""


def _ended(error):
    """Say in a line how a student's cell ended; its words are cut before anything looks at them."""
    return " ".join(f"its cell ended with {error['ename'][:100]}: {error['evalue'][:200]}".split())[:200]


def reason(message):
    """Shorten a verdict's message to a line: what was found, and the likely cause."""
    words = re.sub(r"^Step . earns no point: ", "", " ".join(message.split()))
    if found := re.search(r" Found: (.*) Likely: (.*) Try: ", words):
        return ": ".join(found.groups())
    return words
