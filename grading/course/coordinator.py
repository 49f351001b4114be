"""The coordinator: it reads what is due, lets tasks do the work, and is the one that saves what comes of it.

A submission that cannot be graded is named with its reason, and never stops the others.
"""

from nbgrader.api import InvalidEntry
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from grading.course import executors, receipts
from grading.submission import task
from grading.submission.outcome import Flag, Row, made


def grade_all(room, workers, students, tasks=task):
    """Grade submissions on all workers, and write their feedback.

    Parameters
    ----------
    room : grading.course.classroom.Classroom
    workers : grading.course.executors.Workers
    students : iterable of str
        It is read only as fast as the workers work.
    tasks : object
        Has the functions ``grade`` and ``feedback``.

    Yields
    ------
    (row, running) : (grading.submission.outcome.Row, list of str)
        A submission that is finished, and the students whose turn is now or next.
    """
    assignment, handed_in, rows = room.assignment(), {}, {}
    is_fresh = room.records.freshness()

    def calls():
        for student in students:
            handed_in[student] = room.submission(student)
            yield (student, "grade"), tasks.grade, (handed_in[student], assignment, is_fresh(handed_in[student]))

    def after(name, result):
        student, kind = name
        if kind == "feedback":
            _save_feedback(room, student, result)
            return
        rows[student], again = _save(room, handed_in.pop(student), result)
        if again and result.feedback:
            _save_feedback(room, student, result.feedback)
        elif again:
            yield (student, "feedback"), tasks.feedback, (*again, assignment)

    for (student, kind), running in executors.stream(workers, calls(), after):
        if kind == "feedback" or (student, "feedback") not in running:
            yield rows.pop(student), [name for name, _ in running]


def feedback_all(room, workers, students):
    """Write the feedback of graded submissions again, on all workers; as `grade_all`."""
    assignment, rows, marks = room.assignment(), {}, {}

    def calls():
        for student in students:
            marks[student] = room.records.marks(student)
            yield student, task.feedback, (room.records.autograded(student), marks[student], assignment)

    def after(student, result):
        rows[student] = Row(student, flags=_save_feedback(room, student, result))
        of = marks.pop(student)
        if not rows[student].flags:
            room.records.tell(of)
        return ()

    for student, running in executors.stream(workers, calls(), after):
        yield rows.pop(student), running


def _save(room, handed_in, graded):
    """Save what came of a submission; return its row, and what its feedback is made of, if it was saved."""
    student = handed_in.student
    if isinstance(graded, Exception):
        why = f"grading it failed and is tried again next time: {_in_words(graded)}"
        return Row(student, problem=why), ()
    try:
        marks, scores = room.records.save(handed_in, graded)
    except (SQLAlchemyError, ValueError) as error:
        cause = error.__context__ if isinstance(error, InvalidEntry) else error
        if isinstance(cause, OperationalError):         # of the database, and not of this submission
            raise cause from None
        return Row(student, problem=f"it cannot be saved in the gradebook: {_in_words(error)}"), ()
    row = made(student, scores, graded.reasons, graded.flags, graded.problem, graded.seconds, graded.fingerprints)
    return row, (graded.files, marks)


def _save_feedback(room, student, files):
    """Save the feedback of a submission, or return flags that say why not; a run tries it once more at its end."""
    if isinstance(files, Exception):
        return [Flag("The feedback could not be made", f"Its feedback could not be made: {_in_words(files)}")]
    room.records.save_feedback(student, receipts.with_receipt(room, student, files))
    return []


def _in_words(error):
    """Say in a line what an exception means."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:200]
