"""A class, graded submission by submission with nbgrader's own converters.

One submission that cannot be graded is named with its reason, and never stops the others.
"""

import os
import time
import warnings
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import NbGraderAPI
from traitlets.config import PyFileConfigLoader

from grading.corpus import NOTEBOOK
from grading.course import search_path
from grading.handed_in import unfit
from grading.row import Row, cells_of, flags_of, reasons_of
from grading.verify import PREFIX
from helpers.checks import JUDGES


class Classroom:
    """The course in a folder.

    Parameters
    ----------
    folder : path-like
        With an nbgrader_config.py.
    wall : bool, optional
        Whether kernels run behind the wall; by default, what the configuration says.

    Attributes
    ----------
    wall : bool

    Raises
    ------
    FileNotFoundError
        The folder is not a course.
    """

    def __init__(self, folder, wall=None):
        self.folder = Path(folder).resolve()
        if not (self.folder / "nbgrader_config.py").exists():
            raise FileNotFoundError(f"{self.folder} has no nbgrader_config.py: run this in the folder of the course, "
                                    "or name it with --course.")
        config = PyFileConfigLoader("nbgrader_config.py", path=str(self.folder)).load_config()
        config.CourseDirectory.root = str(self.folder)
        config.NbGraderAPI.log_level = "ERROR"
        if wall is not None:
            config.ExecuteSubmission.wall = wall
        self.wall = bool(config.ExecuteSubmission.get("wall", True))
        os.environ["PATH"] = search_path()
        warnings.filterwarnings("ignore", module="nbgrader")     # SQLAlchemy's advice to nbgrader's authors
        self.api = NbGraderAPI(config=config)

    def students(self):
        """Return the ids of all who submitted something, sorted."""
        return sorted(entry.parent.name for entry in self.folder.glob(f"submitted/*/{NOTEBOOK}"))

    def is_released(self):
        """Whether the gradebook knows the assignment, and so what to grade."""
        with self._gradebook() as gradebook:
            try:
                return bool(gradebook.find_assignment(NOTEBOOK).notebooks)
            except MissingEntry:
                return False

    def grade(self, student, force=False):
        """Grade one submission, if it is new, changed or forced, and return its row."""
        handed_in = self.folder / "submitted" / student / NOTEBOOK / f"{NOTEBOOK}.ipynb"
        graded = self.folder / "autograded" / student / NOTEBOOK / f"{NOTEBOOK}.ipynb"
        began = time.monotonic()
        if problem := unfit(handed_in.parent, handed_in.name):
            return Row(student, problem=problem)
        with _in(self.folder):
            result = self.api.autograde(NOTEBOOK, student, force=force or _is_newer(handed_in, graded))
        row = self.row(student) if result["success"] else Row(student, problem=_problem(handed_in, result))
        row.seconds = time.monotonic() - began
        return row

    def row(self, student):
        """Return what the gradebook and the autograded notebook say about one submission."""
        row = Row(student)
        with self._gradebook() as gradebook:
            for grade in gradebook.find_submission_notebook(NOTEBOOK, NOTEBOOK, student).grades:
                if grade.name.startswith(PREFIX):
                    row.points[grade.name.removeprefix(PREFIX)] = grade.score
                elif grade.needs_manual_grade:
                    row.waits.append(grade.name.replace("_", " "))
        row.points = {step: row.points.get(step, 0.0) for step in JUDGES}
        cells = cells_of(self.folder / "autograded" / student / NOTEBOOK / f"{NOTEBOOK}.ipynb")
        row.reasons, row.flags = list(reasons_of(cells)), flags_of(cells)
        row.waits.sort()
        return row

    def rows(self, fresh=()):
        """Return the rows of the whole class, some of them just made."""
        made = {row.student: row for row in fresh}
        return [made.get(student) or self._row_if_graded(student) for student in self.students()]

    def _row_if_graded(self, student):
        try:
            return self.row(student)
        except MissingEntry:
            return Row(student, problem="it was not graded yet")

    def feedback(self, student):
        """Write the feedback of one graded submission, with nbgrader's own converter."""
        with _in(self.folder):
            result = self.api.generate_feedback(NOTEBOOK, student, force=True)
        return "" if result["success"] else result.get("log", result["error"]).strip().split("\n")[-1]

    def _gradebook(self):
        return Gradebook(self.api.coursedir.db_url, self.api.coursedir.course_id)


@contextmanager
def _in(folder):
    """Work in a folder for a while, as nbgrader's converters do."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _is_newer(one, other):
    """Whether a file was changed after another; nbgrader itself asks only for a timestamp.txt."""
    return one.exists() and other.exists() and one.stat().st_mtime > other.stat().st_mtime


def _problem(path, result):
    """Say in plain words why a submission could not be graded."""
    if not path.exists():
        return f"there is no {NOTEBOOK}.ipynb in it; it scores 0 until one is handed in"
    try:
        nbformat.read(path, as_version=4)
    except Exception:
        return f"{NOTEBOOK}.ipynb is not a notebook (it cannot be read as one); ask for it again"
    lines = [line for line in (result.get("log", "") + result.get("error", "")).split("\n") if line.strip()]
    return f"nbgrader stopped: {lines[-1].strip()[:200] if lines else 'without a word'}"
