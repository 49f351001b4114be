"""Which errors students' cells ended with, in an executed notebook, and what they cost."""

from grading.lab import grade_id_of, lab
from grading.shown.text import plain
from grading.submission.execute import STOPPED, TIMED_OUT
from helpers.kit.errors import NotDoneYet
from helpers.kit.verdict import ended

# What a cell ends with where a step before it was not done: an error that has a cause elsewhere.
FOLLOWS = (NotDoneYet.__name__, NameError.__name__)
OURS = (TIMED_OUT, STOPPED)         # errors that grading itself puts into a cell say more than the kernel's


def checks(cells):
    """Yield each check of a notebook, with the errors of the student's cells since the check before it.

    Parameters
    ----------
    cells : list of dict
        As nbformat has them.

    Yields
    ------
    (index, step, errors) : (int, str, list of (str, str, str))
        The errors: the grade_id of the cell that ended so, or nothing, the error's name, and its words.
    """
    errors = []
    for index, cell in enumerate(cells):
        name = grade_id_of(cell) or ""
        if cell["cell_type"] == "code" and name.startswith(lab().prefix):
            yield index, name.removeprefix(lab().prefix), errors
            errors = []
        elif error := error_of(cell):
            # A given cell that lacks a step says nothing of the student's own.
            if error[0] != NotDoneYet.__name__ or cell["metadata"].get("nbgrader", {}).get("solution", True):
                errors.append((name, *error))


def error_of(cell):
    """Return the name and the words of the error with which a cell ended, or None."""
    found = [(output["ename"], output["evalue"]) for output in cell.get("outputs", ())
             if output["output_type"] == "error"]
    return min(found, key=lambda error: error[0] not in OURS, default=None)


def first(errors):
    """Say how the first cell of some ended, or nothing; that a step before is not done is said by that step."""
    return next((plain(ended(ename, evalue)) for _, ename, evalue in errors if ename != NotDoneYet.__name__), "")


def largest_loss(cells):
    """Say which error of one cell cost more than half of the points of all checks, or nothing.

    A step is lost to the error in its own cells, or to the error before it if its cells end for want of a name.
    """
    points, losses, cause = 0, {}, None
    for index, step, errors in checks(cells):
        worth = cells[index]["metadata"]["nbgrader"].get("points", 0)
        points += worth
        own = next((error for error in errors if error[1] not in FOLLOWS), None)
        if cause is None and own is None:
            own = next((error for error in errors if error[1] != NotDoneYet.__name__), None)
        if error_of(cells[index]) and errors and (own or cause):
            cause = (own, step) if own else cause
            steps, lost = losses.get(cause, (0, 0))
            losses[cause] = steps + 1, lost + worth
    for ((_, ename, evalue), step), (steps, lost) in losses.items():
        if lost > points / 2:
            return f"{steps} steps were lost after one error in the cell of step {step}: " + \
                plain(ended(ename, evalue, "")).removeprefix("ended with ")
    return ""
