"""What the gradebook is asked for each submission, by what nbgrader's tables are indexed by: the cell comes first.

Asked in another way, each answer takes longer the larger the class is.
"""

from collections import defaultdict
from dataclasses import dataclass

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    MissingEntry,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import select

from grading.corpus import NOTEBOOK
from grading.course import NOT_RELEASED


@dataclass(frozen=True)
class Known:
    """What the gradebook calls the assignment.

    Parameters
    ----------
    id, notebook : str
        Of the assignment and of its notebook.
    cells : dict of str to str
        The names of its cells, by id.
    """

    id: str
    notebook: str
    cells: dict


def known(gradebook):
    """Return what a gradebook calls the assignment; raise nbgrader's MissingEntry where it does not know it."""
    found = gradebook.db.execute(
        select(Notebook.assignment_id, Notebook.id, BaseCell.id.label("cell"), BaseCell.name)
        .join(Assignment, Notebook.assignment_id == Assignment.id).join(BaseCell, BaseCell.notebook_id == Notebook.id)
        .where(Assignment.name == NOTEBOOK)).all()
    if not found:
        raise MissingEntry(NOT_RELEASED)
    return Known(found[0].assignment_id, found[0].id, {row.cell: row.name for row in found})


def named(gradebook, kind, notebook, assignment):
    """Return the grades or the comments of a submitted notebook, each with its cell's name."""
    asked = select(kind).where(kind.cell_id.in_(assignment.cells), kind.notebook_id == notebook.id)
    return [(one, assignment.cells[one.cell_id]) for one in gradebook.db.scalars(asked)]


def scores(gradebook, assignment):
    """Return scores by student; see `grading.records.Records.scores`."""
    handed_in = select(SubmittedNotebook.id, SubmittedAssignment.student_id).join(
        SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id).where(
        SubmittedAssignment.assignment_id == assignment.id, SubmittedNotebook.notebook_id == assignment.notebook)
    of, found = dict(gradebook.db.execute(handed_in).all()), defaultdict(list)
    for notebook, cell, *score in gradebook.db.execute(_asked(assignment)):
        found[of[notebook]].append((assignment.cells[cell], *score))
    return dict(found)


def scores_of(gradebook, assignment, notebook):
    """Return the scores in one submitted notebook; see `grading.records.Records.scores`."""
    asked = gradebook.db.execute(_asked(assignment).where(Grade.notebook_id == notebook.id))
    return [(assignment.cells[cell], *score) for _, cell, *score in asked]


def _asked(assignment):
    return select(Grade.notebook_id, Grade.cell_id, Grade.score, Grade.needs_manual_grade).where(
        Grade.cell_id.in_(assignment.cells))


def marks(gradebook, assignment, student):
    """Return the rows of one submission in the gradebook, by table; none where it has no such submission."""
    try:
        handed_in = gradebook.find_submission(NOTEBOOK, student)
    except MissingEntry:
        return {}
    notebook, = handed_in.notebooks
    return rows(handed_in.student, handed_in, notebook, *(
        one for kind in (Grade, Comment) for one, _ in named(gradebook, kind, notebook, assignment)))


def rows(*entries):
    """Return entries of the gradebook as rows by table: the values by column."""
    found = defaultdict(list)
    for one in entries:
        found[one.__tablename__].append({column.name: getattr(one, column.name) for column in one.__table__.columns})
    return dict(found)
