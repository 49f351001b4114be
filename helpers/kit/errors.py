"""How a student's cells ended: the check that comes next names an error before anything else."""

import os

from helpers.kit.verdict import CheckFailed, ended

ends = {}       # by cell: the step whose check came next, once one did, and how the cell ended


class OneLine(Exception):
    """Shown as one line."""

    def _render_traceback_(self):
        """The lines that IPython shows instead of a traceback."""
        return [str(self)]


class NotDoneYet(OneLine, NameError):
    """A cell needs a name whose step is not done yet, or one that means something else now."""


class DotsTyped(OneLine):
    """A cell holds the dots by which a text leaves something out."""


def above(step):
    """Say how the first of the cells ended that belong to a step's check, or nothing where none did with an error."""
    for cell, (owner, words) in ends.items():
        ends[cell] = owner or step, words
    return next((words for owner, words in ends.values() if owner == step), "")


def note(result):
    """Keep how a cell ended; called by IPython after each."""
    # A cell that is run again takes its error back. Where cells are run once, in order, no client tells their ids.
    cell = getattr(result.info, "cell_id", None) or os.environ.get("NBGRADER_EXECUTION") and result.info.raw_cell
    ends.pop(cell, None)
    error = result.error_before_exec or result.error_in_exec
    error = getattr(error, "shown_as", error)           # see `helpers.kit.session`
    if error is not None and not isinstance(error, NotDoneYet | CheckFailed):
        ends[cell] = "", ended(type(error).__name__, _said(error))


def _said(error):
    try:
        return str(error)
    except Exception:                       # whatever a class of the student's does
        return ""
