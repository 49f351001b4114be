"""What the gradebook is asked and told for each submission, by what its tables are indexed by: the cell comes first.

Asked in another way, each answer takes longer the larger the class is.
"""

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    MissingEntry,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import select
from sqlalchemy.orm import scoped_session, sessionmaker

from grading.course.commands import NOT_RELEASED
from grading.lab import lab
from grading.shown import given
from grading.submission import marked


@dataclass(frozen=True)
class Known:
    """What the gradebook calls the assignment.

    Parameters
    ----------
    id, notebook : str
        Of the assignment and of its notebook.
    due : datetime.datetime or None
        When it is due, in UTC, for who has no extension.
    cells, kinds : dict of str to str
        The names of its cells, and of nbgrader's classes that they are of, by id.
    """

    id: str
    notebook: str
    due: object
    cells: dict
    kinds: dict


@contextmanager
def transaction(gradebook, writes=False, wait=None):
    """Let all that nbgrader's gradebook saves be one transaction; what it commits in between is held back.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    writes : bool
        Whether what is read in it is to be still so when it writes: SQLite lets others write only after it.
    wait : int, optional
        Milliseconds for another program to let go of a SQLite file.
    """
    with gradebook.engine.connect() as connection, connection.begin():
        sqlite = connection.dialect.name == "sqlite"
        if sqlite and wait is not None:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {wait:d}")
        if sqlite and writes:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        sessions = sessionmaker(bind=connection, join_transaction_mode="rollback_only", future=True,
                                autoflush=False, expire_on_commit=False)       # one writer: nothing is read twice
        gradebook.db = scoped_session(sessions)
        try:
            yield gradebook
        finally:
            gradebook.db.remove()


def known(gradebook):
    """Return what a gradebook calls the assignment; raise nbgrader's MissingEntry where it does not know it."""
    found = gradebook.db.execute(
        select(Notebook.assignment_id, Notebook.id, Assignment.duedate, BaseCell.id.label("cell"), BaseCell.name,
               BaseCell.type)
        .join(Assignment, Notebook.assignment_id == Assignment.id).join(BaseCell, BaseCell.notebook_id == Notebook.id)
        .where(Assignment.name == lab().name)).all()
    if not found:
        raise MissingEntry(NOT_RELEASED)
    return Known(*found[0][:3], {row.cell: row.name for row in found}, {row.cell: row.type for row in found})


def people(gradebook):
    """Return all students by id; see `grading.course.records.Records.people`."""
    found = gradebook.db.execute(select(Student.id, Student.email, Student.last_name, Student.first_name))
    return {one.id: SimpleNamespace(id=one.id, email=one.email, name=", ".join(filter(None, one[2:]))) for one in found}


def students(gradebook, assignment):
    """Return the ids of all students who have a submission."""
    return set(gradebook.db.scalars(select(SubmittedAssignment.student_id).where(
        SubmittedAssignment.assignment_id == assignment.id)))


def is_first(gradebook, assignment, student):
    """Whether the gradebook has no submission of a student yet."""
    return gradebook.db.scalar(select(SubmittedAssignment.id).where(
        SubmittedAssignment.assignment_id == assignment.id, SubmittedAssignment.student_id == student)) is None


def first(assignment, student, timestamp, grades, comments):
    """Return the rows of a student's first submission, by table.

    `nbgrader.api.Gradebook.add_submission` makes the same, and takes half of what the coordinator does for a class.

    Parameters
    ----------
    assignment : Known
    student : str
    timestamp : datetime.datetime or None
    grades, comments : dict of str to dict
        The values by column of each graded cell and of each answer, by the cell's name.
    """
    handed_in = {"id": new_uuid(), "assignment_id": assignment.id, "student_id": student, "timestamp": timestamp}
    notebook = {"id": new_uuid(), "assignment_id": handed_in["id"], "notebook_id": assignment.notebook}

    def made(values, without):
        return [{"notebook_id": notebook["id"], "cell_id": cell, **values[name]}
                for cell, name in assignment.cells.items() if assignment.kinds[cell] != without.__name__]
    return {SubmittedAssignment.__tablename__: [handed_in], SubmittedNotebook.__tablename__: [notebook],
            Grade.__tablename__: made(grades, SolutionCell), Comment.__tablename__: made(comments, GradeCell)}


def named(gradebook, kind, notebook, assignment):
    """Return the grades or the comments of a submitted notebook, each with its cell's name."""
    asked = select(kind).where(kind.cell_id.in_(assignment.cells), kind.notebook_id == notebook.id)
    return [(one, assignment.cells[one.cell_id]) for one in gradebook.db.scalars(asked)]


def scores(gradebook, assignment):
    """Return scores by student; see `grading.course.records.Records.scores`."""
    handed_in = select(SubmittedNotebook.id, SubmittedAssignment.student_id).join(
        SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id).where(
        SubmittedAssignment.assignment_id == assignment.id, SubmittedNotebook.notebook_id == assignment.notebook)
    of, found = dict(gradebook.db.execute(handed_in).all()), defaultdict(list)
    for notebook, cell, *score in gradebook.db.execute(_asked(assignment)):
        found[of[notebook]].append((assignment.cells[cell], *score))
    return dict(found)


def scores_of(gradebook, assignment, notebook):
    """Return the scores in one submitted notebook; see `grading.course.records.Records.scores`."""
    asked = gradebook.db.execute(_asked(assignment).where(Grade.notebook_id == notebook.id))
    return [(assignment.cells[cell], *score) for _, cell, *score in asked]


def extensions(gradebook, assignment):
    """Return how much longer each student may take who has a submission: a timedelta, by student."""
    found = gradebook.db.execute(select(SubmittedAssignment.student_id, SubmittedAssignment.extension).where(
        SubmittedAssignment.assignment_id == assignment.id))
    return {student: extension or timedelta() for student, extension in found}


def late(gradebook, assignment):
    """Return how late submissions are, in seconds, and their penalties, by student; see `Records.lateness`."""
    if assignment.due is None:
        return {}
    handed_in = gradebook.db.execute(
        select(SubmittedAssignment.student_id, SubmittedAssignment.timestamp, SubmittedAssignment.extension,
               SubmittedNotebook.late_submission_penalty)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .where(SubmittedAssignment.assignment_id == assignment.id, SubmittedAssignment.timestamp.is_not(None)))
    found = {one.student_id: ((one.timestamp - assignment.due - (one.extension or timedelta())).total_seconds(),
                              one.late_submission_penalty or 0.0) for one in handed_in}
    return {student: how for student, how in found.items() if how[0] > 0}


def by_hand(gradebook, assignment):
    """Return the id of each submitted notebook, and a hash of what people decided of it, by student.

    See `grading.submission.marked.by_hand`.
    """
    grades, comments, items = defaultdict(list), defaultdict(list), defaultdict(list)
    latest = given.latest(gradebook.db)
    for own, notebook, *grade in gradebook.db.execute(select(
            Grade.id, Grade.notebook_id, Grade.cell_id, Grade.manual_score, Grade.extra_credit,
            Grade.needs_manual_grade).where(Grade.cell_id.in_(assignment.cells))):
        grades[notebook].append(grade)
        items[notebook] += [latest[own]["after"]] if own in latest else []
    for notebook, *comment in gradebook.db.execute(select(
            Comment.notebook_id, Comment.cell_id, Comment.manual_comment).where(Comment.cell_id.in_(assignment.cells))):
        comments[notebook].append(comment)
    handed_in = gradebook.db.execute(
        select(SubmittedAssignment.student_id, SubmittedNotebook.id, SubmittedNotebook.late_submission_penalty)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .where(SubmittedAssignment.assignment_id == assignment.id))
    return {student: (notebook, marked.by_hand(grades[notebook], comments[notebook], penalty, items[notebook]))
            for student, notebook, penalty in handed_in}


def possible(gradebook, assignment):
    """Return the points of each graded cell, by name."""
    return dict(gradebook.db.execute(select(GradeCell.name, GradeCell.max_score).where(
        GradeCell.notebook_id == assignment.notebook)).all())


def items_given(gradebook, assignment):
    """Return the items of the rubric, each with ``given``, of all marks that were made with items.

    Returns
    -------
    dict of str to dict of str to list of dict
        By student and by the name of the answer.
    """
    found, last = defaultdict(dict), given.latest(gradebook.db)
    asked = select(Grade.id, Grade.cell_id, Grade.manual_score, SubmittedAssignment.student_id).join(
        SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id).join(
        SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id).where(
        Grade.cell_id.in_(assignment.cells), Grade.manual_score.is_not(None))
    for grade, cell, points, student in gradebook.db.execute(asked) if last else ():
        state = last[grade]["after"] if grade in last else {"points": None}
        if state["points"] == points and state["items"]:
            found[student][assignment.cells[cell]] = state["items"]
    return dict(found)


def _asked(assignment):
    return select(Grade.notebook_id, Grade.cell_id, Grade.score, Grade.needs_manual_grade,
                  Grade.manual_score.is_not(None)).where(
        Grade.cell_id.in_(assignment.cells))


def marks(gradebook, assignment, student):
    """Return the rows of one submission in the gradebook, by table; none where it has no such submission."""
    try:
        handed_in = gradebook.find_submission(lab().name, student)
    except MissingEntry:
        return {}
    notebook, = handed_in.notebooks
    return of_submission(gradebook, handed_in, *(named(gradebook, kind, notebook, assignment)
                                                 for kind in (Grade, Comment)))


def of_submission(gradebook, handed_in, grades, comments):
    """Return the rows of a submission by table, with what was given by hand; see `rows` and `named`."""
    return {**rows(handed_in.student, handed_in, *handed_in.notebooks, *(one for one, _ in grades + comments)),
            **given.rows(gradebook.db, [grade.id for grade, _ in grades])}


def rows(*entries):
    """Return entries of the gradebook as rows by table: the values by column."""
    found = defaultdict(list)
    for one in entries:
        found[one.__tablename__].append({column.name: getattr(one, column.name) for column in one.__table__.columns})
    return dict(found)
