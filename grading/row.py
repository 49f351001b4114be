"""What became of a submission, as the gradebook and the autograded notebook say."""

import re
from dataclasses import dataclass, field

import nbformat

from grading.corpus import grade_id_of
from grading.execute import STOPPED
from grading.verify import PREFIX
from helpers.checks import StepNotDone

NOT_DONE = "not done yet"


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
        What a person should look at all the same: a run that was stopped.
    seconds : float
        How long grading took, where it was graded now.
    """

    student: str
    points: dict = field(default_factory=dict)
    reasons: list = field(default_factory=list)
    waits: list = field(default_factory=list)
    problem: str = ""
    flags: list = field(default_factory=list)
    seconds: float = 0.0

    @property
    def total(self):
        """The automatic points."""
        return sum(self.points.values())


def cells_of(path):
    """Return the cells of a notebook, none where there is none."""
    return nbformat.read(path, as_version=4).cells if path.exists() else []


def flags_of(cells):
    """Return what ended a run early; a submission can only flag itself."""
    return [str(output.evalue) for cell in cells for output in cell.get("outputs", [])
            if output.output_type == "error" and output.ename == STOPPED]


def reasons_of(cells):
    """Yield each step that lost its point with its reason, from the grader's own outputs."""
    for cell in cells:
        grade_id = grade_id_of(cell) or ""
        if cell.cell_type == "code" and grade_id.startswith(PREFIX):
            for output in cell.outputs:
                if output.output_type == "error":
                    why = NOT_DONE if output.ename == StepNotDone.__name__ else reason(output.evalue)
                    yield grade_id.removeprefix(PREFIX), why


def reason(message):
    """Shorten a verdict's message to a line: what was found, and the likely cause."""
    words = " ".join(message.split())
    if found := re.search(r" Found: (.*) Likely: (.*) Try: ", words):
        return ": ".join(found.groups())
    return words
