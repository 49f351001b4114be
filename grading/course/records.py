"""The one writer of a class: what came of a submission goes to the gradebook and the folders, whole or not at all.

While the gradebook is written there is no autograded folder. So a run that is killed at any moment leaves submissions
that are graded, in both places alike, or that have no autograded notebook and are graded again.
"""

import os
import shutil
from datetime import timedelta
from pathlib import Path

from nbgrader.api import Comment, Grade, Gradebook
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.preprocessors import AssignLatePenalties

from grading.course import gradebook_sql
from grading.course.atomic import beside, staged
from grading.lab import lab
from grading.submission import marked
from grading.submission.workplace import add


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
        self.until = None           # by student, where a file says who has an extension

    def save(self, submission, graded):
        """Save a graded submission, in one transaction; marks given by hand stay.

        Parameters
        ----------
        submission : grading.submission.received.Submission
        graded : grading.submission.task.Graded

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
        with self.transaction(writes=True) as gradebook:
            assignment, when = gradebook_sql.known(gradebook), submission.timestamp
            if {*assignment.cells.values()} != {*graded.scores, *graded.comments}:
                raise ValueError("the assignment was released again, with other cells, while this one was graded")
            student = gradebook.update_or_create_student(submission.student)
            if not _is_late(assignment, when) and gradebook_sql.is_first(gradebook, assignment, student.id):
                return self._enter_first(gradebook, assignment, student, when, graded)
            handed_in = gradebook.update_or_create_submission(
                lab().name, student.id, **({"timestamp": when} if when else {}))
            if self.until is not None and assignment.due:
                handed_in.extension = _extension(assignment, self.until.get(submission.student))
            notebook, = handed_in.notebooks
            grades, comments = (gradebook_sql.named(gradebook, kind, notebook, assignment) for kind in (Grade, Comment))
            same = marked.unchanged(gradebook.db, notebook.id, graded.contents)
            for grade, name in grades:
                grade.auto_score = graded.scores[name]
                confirmed = grade.manual_score is not None and name in same and not grade.needs_manual_grade
                grade.needs_manual_grade = not confirmed and (grade.manual_score is not None or graded.waits(name))
            for comment, name in comments:
                comment.auto_comment = graded.comments[name]
            if self.late is not None:
                notebook.late_submission_penalty = self._penalty(gradebook, handed_in, notebook)
            gradebook.db.flush()
            rows = gradebook_sql.of_submission(gradebook, handed_in, grades, comments)
            marked.tell(gradebook.db, *marked.by_rows(rows))
            return rows, gradebook_sql.scores_of(gradebook, assignment, notebook)

    def freshness(self):
        """Return a function that says whether a submission is its student's first, and on time.

        What comes of such a one depends on nothing but itself: nobody has marked it, and nothing is taken off.
        """
        with self.transaction() as gradebook:
            assignment = gradebook_sql.known(gradebook)
            there = gradebook_sql.students(gradebook, assignment)
        return lambda submission: not (submission.student in there or _is_late(assignment, submission.timestamp))

    @staticmethod
    def _enter_first(gradebook, assignment, student, when, graded):
        """Enter a submission that is a student's first, and not late: nobody has marked anything in it yet."""
        entered = gradebook_sql.first(
            assignment, student.id, when,
            {name: {"auto_score": score, "needs_manual_grade": graded.waits(name)}
             for name, score in graded.scores.items()},
            {name: {"auto_comment": comment} for name, comment in graded.comments.items()})
        add(gradebook, entered)
        notebook, marks = marked.by_rows(entered)
        marked.unchanged(gradebook.db, notebook, graded.contents)
        marked.tell(gradebook.db, notebook, marks)
        return {**gradebook_sql.rows(student), **entered}, \
            [(name, score or 0.0, graded.waits(name), False) for name, score in graded.scores.items()]

    def changed(self):
        """Return the students whose marks were changed by a person since their feedback was made."""
        with self.transaction() as gradebook:
            told = marked.told(gradebook.db)
            now = gradebook_sql.by_hand(gradebook, gradebook_sql.known(gradebook))
        return {student for student, (notebook, marks) in now.items() if told.get(notebook) != marks}

    def tell(self, rows):
        """Note from which marks feedback was made: the rows of a submission, by table."""
        if rows:
            with self.transaction() as gradebook:
                marked.tell(gradebook.db, *marked.by_rows(rows))

    def save_feedback(self, student, files):
        """Save the feedback of a student."""
        with staged(self._place(self.feedback, student), files, self.feedback.permissions):
            pass
        self._share(self.feedback, student)

    def lacks_feedback(self, student):
        """Whether the feedback of a graded submission is missing, or older than its grading."""
        graded, page = (Path(self._place(step, student), f"{lab().name}{end}")
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

    def scores(self):
        """Return what the gradebook says of all who were graded, by student.

        Returns
        -------
        dict of str to list of (str, float, bool, bool)
            Of each graded cell: its name, its score, whether it waits for a person, and whether one has marked it.
        """
        with self.transaction() as gradebook:
            return gradebook_sql.scores(gradebook, gradebook_sql.known(gradebook))

    def scores_of(self, student):
        """Return what the gradebook says of one student's submission; see `scores`."""
        with self.transaction() as gradebook:
            notebook = gradebook.find_submission_notebook(lab().name, lab().name, student)
            return gradebook_sql.scores_of(gradebook, gradebook_sql.known(gradebook), notebook)

    def extend(self, until):
        """Let each submission be due when it is said for its student, and all others when the assignment is.

        Parameters
        ----------
        until : dict of str to datetime.datetime
            In UTC, without a zone, by student.

        Returns
        -------
        bool
            Whether the assignment is ever due.
        """
        self.until = until
        with self.transaction() as gradebook:
            assignment = gradebook_sql.known(gradebook)
            if not assignment.due:
                return False
            for student, extension in gradebook_sql.extensions(gradebook, assignment).items():
                wanted = _extension(assignment, until.get(student))
                if wanted != extension:
                    handed_in = gradebook.find_submission(lab().name, student)
                    handed_in.extension = wanted
                    notebook, = handed_in.notebooks
                    if self.late is not None:
                        notebook.late_submission_penalty = self._penalty(gradebook, handed_in, notebook)
            gradebook.db.flush()
        return True

    def people(self):
        """Return whom the gradebook knows, by id: each with ``id``, ``email`` and ``name``."""
        with self.transaction() as gradebook:
            return gradebook_sql.people(gradebook)

    def lateness(self):
        """Return how late submissions are, in seconds, and the points taken off, by student; none that are in time."""
        with self.transaction() as gradebook:
            return gradebook_sql.late(gradebook, gradebook_sql.known(gradebook))

    def items_given(self):
        """Return the items of the rubric that were given; see `grading.course.gradebook_sql.items_given`."""
        with self.transaction() as gradebook:
            return gradebook_sql.items_given(gradebook, gradebook_sql.known(gradebook))

    def possible(self):
        """Return the points of each automatically graded step."""
        with self.transaction() as gradebook:
            found = gradebook_sql.possible(gradebook, gradebook_sql.known(gradebook))
        return {step: found.get(f"{lab().prefix}{step}", 1.0) for step in lab().steps}

    def marks(self, student):
        """Return the rows of a student's submission in the gradebook, by table."""
        with self.transaction() as gradebook:
            return gradebook_sql.marks(gradebook, gradebook_sql.known(gradebook), student)

    def transaction(self, writes=False):
        """Return a transaction; see `grading.course.gradebook_sql.transaction`."""
        return gradebook_sql.transaction(self.gradebook, writes)

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
        return os.path.normpath(self.coursedir.format_path(step[converter], student, lab().name))

    def _share(self, converter, student):
        if self.coursedir.groupshared:
            converter.set_permissions(lab().name, student)


def _extension(assignment, until):
    """Return how much longer than the assignment somebody may take; no less."""
    return max(until - assignment.due, timedelta()) if until else timedelta()


def _is_late(assignment, when):
    return bool(when and assignment.due and when > assignment.due)
