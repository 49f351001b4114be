"""The one writer of a class: what came of a submission goes to the gradebook and the folders, whole or not at all.

While the gradebook is written there is no autograded folder. So a run that is killed at any moment leaves submissions
that are graded, in both places alike, or that have no autograded notebook and are graded again.
"""

import os
import shutil
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path

from nbgrader.api import BaseCell, Comment, Grade, Gradebook, Student, SubmittedAssignment, SubmittedNotebook
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import select
from sqlalchemy.orm import scoped_session, sessionmaker

from grading.corpus import NOTEBOOK
from grading.row import PREFIX
from grading.staged import beside, staged


class Records:
    """The gradebook and the folders of a course, for one writer.

    Parameters
    ----------
    api : nbgrader.apps.NbGraderAPI
    """

    def __init__(self, api):
        self.coursedir = api.coursedir
        self.gradebook = Gradebook(api.coursedir.db_url, api.coursedir.course_id)
        self.autograde, self.feedback = (made(coursedir=api.coursedir, parent=api)
                                         for made in (Autograde, GenerateFeedback))
        self.late = AssignLatePenalties(parent=api) \
            if AssignLatePenalties in self.autograde.autograde_preprocessors else None

    def save(self, submission, graded):
        """Save a graded submission, in one transaction; marks given by hand stay.

        Parameters
        ----------
        submission : grading.submission.Submission
        graded : grading.task.Graded

        Returns
        -------
        (marks, scores) : (dict of str to list of dict, list)
            The rows of this submission in the gradebook, by table, and its scores as in `scores`.
        """
        with staged(self._place(self.autograde, submission.student), graded.files, self.autograde.permissions):
            marks, scores = self._enter(submission, graded)
        self._share(self.autograde, submission.student)
        return marks, scores

    def _enter(self, submission, graded):
        """Enter a graded submission in the gradebook, in one transaction."""
        with self.transaction() as gradebook:
            gradebook.update_or_create_student(submission.student)
            when = {"timestamp": submission.timestamp} if submission.timestamp else {}
            handed_in = gradebook.update_or_create_submission(NOTEBOOK, submission.student, **when)
            notebook, = handed_in.notebooks
            for grade, name in _named(gradebook, Grade, notebook):
                grade.auto_score = graded.scores[name]
                grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None \
                    or bool(graded.problem) and not name.startswith(PREFIX)
            for comment, name in _named(gradebook, Comment, notebook):
                comment.auto_comment = graded.comments[name]
            if self.late is not None:
                notebook.late_submission_penalty = self._penalty(gradebook, handed_in, notebook)
            gradebook.db.flush()
            marks, scores = _marks(gradebook, submission.student), _scores(gradebook, submission.student)
        return marks, scores[submission.student]

    def save_feedback(self, student, files):
        """Save the feedback of a student."""
        with staged(self._place(self.feedback, student), files, self.feedback.permissions):
            pass
        self._share(self.feedback, student)

    def lacks_feedback(self, student):
        """Whether the feedback of a graded submission is missing, or older than its grading."""
        graded, page = (Path(self._place(step, student), f"{NOTEBOOK}{end}")
                        for step, end in ((self.autograde, ".ipynb"), (self.feedback, ".html")))
        return graded.exists() and (not page.exists() or page.stat().st_mtime_ns < graded.stat().st_mtime_ns)

    def tidy(self, students):
        """Remove what a killed run has left half done."""
        for student in students:
            for step in (self.autograde, self.feedback):
                for left in beside(Path(self._place(step, student))):
                    shutil.rmtree(left, ignore_errors=True)

    def autograded(self, student):
        """Return the files in a student's autograded folder, by path."""
        folder = Path(self._place(self.autograde, student))
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def scores(self, *students):
        """Return what the gradebook says, by student: those named, or all who were graded.

        Returns
        -------
        dict of str to list of (str, float, bool)
            Of each graded cell: its name, its score, and whether a person has yet to mark it.
        """
        with self.transaction() as gradebook:
            return _scores(gradebook, *students)

    def marks(self, student):
        """Return the rows of a student's submission in the gradebook, by table."""
        with self.transaction() as gradebook:
            return _marks(gradebook, student)

    @contextmanager
    def transaction(self):
        """Let all that nbgrader's gradebook saves be one transaction; what it commits in between is held back."""
        with self.gradebook.engine.connect() as connection, connection.begin():
            sessions = sessionmaker(bind=connection, join_transaction_mode="rollback_only", future=True)
            self.gradebook.db = scoped_session(sessions)
            try:
                yield self.gradebook
            finally:
                self.gradebook.db.remove()

    def _penalty(self, gradebook, handed_in, notebook):
        """Return the late penalty, by the course's plugin, within 0 and the score; None where there is none."""
        late = handed_in.total_seconds_late
        if late <= 0:
            return None
        self.late.init_plugin()
        gradebook.db.flush()
        gradebook.db.refresh(notebook)
        penalty = self.late.plugin_inst.late_submission_penalty(handed_in.student.id, notebook.score, late)
        return None if penalty is None else min(max(penalty, 0), notebook.score)

    def _place(self, converter, student):
        step = {self.autograde: self.coursedir.autograded_directory, self.feedback: self.coursedir.feedback_directory}
        return os.path.normpath(self.coursedir.format_path(step[converter], student, NOTEBOOK))

    def _share(self, converter, student):
        if self.coursedir.groupshared:
            converter.set_permissions(NOTEBOOK, student)


def _named(gradebook, kind, notebook):
    """Return the grades or the comments of a submitted notebook, each with its cell's name."""
    return gradebook.db.execute(select(kind, BaseCell.name).join(BaseCell, kind.cell_id == BaseCell.id)
                                .where(kind.notebook_id == notebook.id)).all()


def _scores(gradebook, *students):
    """See `Records.scores`."""
    asked = select(SubmittedAssignment.student_id, BaseCell.name, Grade.score, Grade.needs_manual_grade).select_from(
        Grade).join(BaseCell, Grade.cell_id == BaseCell.id).join(
        SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id).join(
        SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id).where(
        SubmittedAssignment.assignment_id == gradebook.find_assignment(NOTEBOOK).id)
    if students:
        asked = asked.where(SubmittedAssignment.student_id.in_(students))
    found = defaultdict(list)
    for student, *score in gradebook.db.execute(asked):
        found[student].append(tuple(score))
    return dict(found)


def _marks(gradebook, student):
    """Return the rows of one submission by table, as they are in the gradebook."""
    db, found = gradebook.db, {}

    def take(table, *conditions):
        rows = [dict(row) for row in db.execute(select(table.__table__).where(*conditions)).mappings()]
        found[table.__tablename__] = rows
        return [row["id"] for row in rows]
    assignment = gradebook.find_assignment(NOTEBOOK).id
    take(Student, Student.id == student)
    handed_in = take(SubmittedAssignment, SubmittedAssignment.student_id == student,
                     SubmittedAssignment.assignment_id == assignment)
    notebooks = take(SubmittedNotebook, SubmittedNotebook.assignment_id.in_(handed_in))
    take(Grade, Grade.notebook_id.in_(notebooks))
    take(Comment, Comment.notebook_id.in_(notebooks))
    return found
