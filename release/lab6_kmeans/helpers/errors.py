"""Which of a student's cells ended with an error: the check that comes next names it before anything else."""

import os

from helpers.checks.verdict import CheckFailed
from helpers.names import NotDoneYet
from helpers.words import ended

ends = {}       # by cell: the step whose check came next, once one did, and how the cell ended


def watch(shell):
    """Let IPython tell how each cell ends."""
    shell.events.register("post_run_cell", _note)


def above(step):
    """Say how the first of the cells ended that belong to a step's check, or nothing where none did with an error."""
    for cell, (owner, words) in ends.items():
        ends[cell] = owner or step, words
    return next((words for owner, words in ends.values() if owner == step), "")


def _note(result):
    # A cell that is run again takes its error back. Where cells are run once, in order, no client tells their ids.
    cell = getattr(result.info, "cell_id", None) or os.environ.get("NBGRADER_EXECUTION") and result.info.raw_cell
    ends.pop(cell, None)
    error = result.error_before_exec or result.error_in_exec
    if error is not None and not isinstance(error, NotDoneYet | CheckFailed):
        ends[cell] = "", ended(type(error).__name__, _said(error))


def _said(error):
    try:
        return str(error)
    except Exception:                       # whatever a class of the student's does
        return ""
