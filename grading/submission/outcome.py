"""What became of a submission, as the gradebook and the autograded notebook say."""

import json
from dataclasses import dataclass, field
from typing import NamedTuple

from grading.lab import lab
from grading.submission.kinds import LISTED
from grading.submission.received import TIMESTAMP
from grading.submission.restore import START
from helpers.kit.verdict import Verdict, all_of

NOT_GRADABLE = "Handed in, not gradable"
LEFT_OUT = "Something was left out"
FOREIGN = "No cell of the lab was recognised"
ANOTHER = "No cell of the lab was recognised in it: it is another notebook, or another program saved it without the " \
    "cells' metadata. If the work is there, ask for it to be copied into a fresh {}"
LOOK = "look for the work elsewhere in the notebook, and give its points by hand"
WORTH = "Look at that line: all else may be right; points can be given by hand"


class Flag(NamedTuple):
    """What a person should look at.

    Parameters
    ----------
    about : str
        What flags of this kind share: they are one line on the page of a class.
    said : str
        What there is to say of this submission.
    """

    about: str
    said: str


NOT_GRADED = Flag("Not graded yet", "Not graded yet: run lab6 grade")
GONE = Flag("Graded, but in submitted/ no more", "Graded, but in submitted/ no more")


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
    confirms : list of str
        What a person has marked, and has yet to look at again: it changed since, or nobody knows.
    problem : str
        Why it could not be graded, or nothing.
    flags : list of Flag
        What a person should look at all the same, such as a run that was stopped or files that were left out.
    seconds : float
        How long grading took, where it was graded now.
    late, penalty : float
        Seconds after it was due, and the points that are taken off for it.
    fingerprints : dict of str to list
        See `grading.submission.remarks.fingerprints`.
    name : str
        Whose it is, as the gradebook or a roster has it.
    links : dict of str to str
        Where the ``feedback`` and the ``notebook`` lie, seen from the page of the class, where they are there.
    absent : bool
        Whether this is somebody who is known and has handed nothing in.
    until : datetime.datetime or None
        When an extension ends, in UTC.
    """

    student: str
    points: dict = field(default_factory=dict)
    reasons: list = field(default_factory=list)
    waits: list = field(default_factory=list)
    confirms: list = field(default_factory=list)
    problem: str = ""
    flags: list = field(default_factory=list)
    seconds: float = 0.0
    late: float = 0.0
    penalty: float = 0.0
    fingerprints: dict = field(default_factory=dict)
    name: str = ""
    links: dict = field(default_factory=dict)
    absent: bool = False
    until: object = None

    @property
    def total(self):
        """The automatic points."""
        return sum(self.points.values())

    @property
    def lateness(self):
        """How late it is and what that costs, in words, or nothing."""
        if self.late <= 0:
            return ""
        cost = f"{self.penalty:.3g} point{'s' * (self.penalty != 1)} off" if self.penalty else "no points off"
        return f"Late by {how_long(self.late)}, {cost}"


def made(student, scores, reasons, flags, problem="", seconds=0.0, fingerprints=None):
    """Make a row from scores as the gradebook has them, and what the graded notebook says."""
    prefix = lab().prefix
    points = {name.removeprefix(prefix): score for name, score, *_ in scores if name.startswith(prefix)}
    named = [(name.replace(prefix, "step ").replace("_", " "), marked) for name, _, waits, marked in scores if waits]
    waits, confirms = (sorted(name for name, marked in named if marked is given) for given in (False, True))
    points = {step: points.get(step, 0.0) for step in lab().steps}
    return Row(student, points, [] if problem else reasons, waits, confirms, problem, flags, seconds,
               fingerprints=fingerprints or {})


def how_long(seconds):
    """Say a time in days, hours and minutes: "2 days 3 h", "5 min"."""
    minutes = max(1, round(seconds / 60))
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    said = [days and f"{days} day{'s' * (days > 1)}", hours and f"{hours} h", minutes and not days and f"{minutes} min"]
    return " ".join(filter(None, said))


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
    """Return what a person should look at as a list of Flag: what was left out, another notebook, what was interrupted,
    stopped or done elsewhere than in its own cell.
    """
    noted = ours(notebook)
    left_out = noted.get("left_out", ())
    more = noted.get("left_out_count", len(left_out)) - LISTED
    ran = {"A cell was interrupted": noted.get("interrupted", ()),
           "The run ended before the last cell": [noted.get("stopped")],
           "A step was done in another cell": noted.get("elsewhere", ())}
    return [*(Flag(LEFT_OUT, f"{name[:80]!r} was left out: {_why_left_out(name)}") for name in left_out[:LISTED]),
            *([Flag(LEFT_OUT, f"… and {more:,} more were left out")] if more > 0 else ()),
            *(_work_to_look_for(notebook, noted) if not noted.get("problem") else ()),
            *(Flag(about, said[:500]) for about, told in ran.items() for said in told if said)]


def _work_to_look_for(notebook, noted):
    """Yield what an instructor should know where cells were missing, or one error cost most of the points."""
    if noted.get("foreign"):
        yield Flag(FOREIGN, ANOTHER.format(lab().file))
        return
    lost = {f"{lab().prefix}{step}" for step, _ in reasons_of(notebook)}
    missing = [_called(name) for name in noted.get("put_back", ()) if name != START
               and (name in lost or not name.startswith(lab().prefix))]
    if missing:
        yield Flag("A cell was missing and put back",
                   f"{all_of(missing)} {'was' if len(missing) == 1 else 'were'} missing and put back: {LOOK}")
    if unsure := [_called(name) for name in noted.get("unsure", ())]:
        yield Flag("An answer may stand in the question's own cell",
                   f"{all_of(unsure)} {'is' if len(unsure) == 1 else 'are'} as released, and the assignment's own cell "
                   "beside it was changed: look whether the answer stands there, and mark it by hand")
    if loss := noted.get("loss"):
        yield Flag("One error cost many steps", f"{loss}. {WORTH}")


def _called(name):
    """Name a cell: "the check of step j", "the cell of homework 2"."""
    return f"the check of step {name.removeprefix(lab().prefix)}" if name.startswith(lab().prefix) else \
        f"the cell of {name.replace('_', ' ')}"


def _why_left_out(name):
    return f"{'no time, ' if name == TIMESTAMP else ''}a link, no plain file, or more than a submission may bring"


def verdicts(notebook):
    """Return the verdicts that stand in a graded notebook's metadata, by step; see `grading.submission.verify`."""
    return {step: Verdict(**record) for step, record in ours(notebook).get("verdicts", {}).items()}


def reasons_of(notebook):
    """Return each step that lost its point with its reason, on a line."""
    return [(step, verdict.reason) for step, verdict in verdicts(notebook).items() if not verdict.passed]
