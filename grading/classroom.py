"""A class: who handed in what, what of it is due, and what the gradebook says about each."""

import fcntl
import os
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

from nbgrader.api import MissingEntry
from nbgrader.apps import NbGraderAPI
from traitlets.config import PyFileConfigLoader

from grading import assignment, queries, submission
from grading.corpus import NOTEBOOK
from grading.course import search_path
from grading.records import Records
from grading.row import NOT_GRADED, Row, flags_of, made, notebook_of, ours, reasons_of
from grading.submission import FILE


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
        self.api = NbGraderAPI(config=config)
        self.records = Records(self.api)

    @contextmanager
    def alone(self):
        """Let nobody else write this course's grades and folders meanwhile.

        Raises
        ------
        RuntimeError
            Somebody does.
        """
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            if _is_locked(folder):
                raise RuntimeError(f"another lab6 works in {self.folder} right now: wait for its end.")
            yield
        finally:
            os.close(folder)

    # --- who is there ---

    def students(self, patterns=()):
        """Return the ids of all who submitted something, sorted.

        Parameters
        ----------
        patterns : iterable of str, optional
            Only these ids, or those that match these, as in ``a*``.

        Raises
        ------
        ValueError
            A pattern matches nobody.
        """
        coursedir, excluded = self.api.coursedir, self.api.coursedir.student_id_exclude.split(",")
        folder = coursedir.format_path(coursedir.submitted_directory, "", "")
        found = [student for student in sorted(os.listdir(folder) if os.path.isdir(folder) else ())
                 if _is_there(os.path.join(folder, student, NOTEBOOK)) and student not in excluded]
        if not patterns:
            return found
        named = {one: [one] if one in found else [student for student in found if fnmatchcase(student, one)]
                 for one in patterns}
        if unknown := [one for one, students in named.items() if not students]:
            raise ValueError(f"nobody in {self.folder / 'submitted'} matches {', '.join(sorted(unknown))}: work "
                             f"belongs in submitted/<student>/{NOTEBOOK}/")
        return sorted({student for students in named.values() for student in students})

    def misplaced(self):
        """Return the paths of what may be a submission in submitted/ and lies where none is.

        That is what has the notebook's name, and any notebook or archive of somebody who has no submission.
        """
        folder = Path(self.api.coursedir.format_path(self.api.coursedir.submitted_directory, "", ""))
        found = {path for depth in ("*", "*/*", "*/*/*") for path in folder.glob(f"{depth}.ipynb")
                 if path.name.lower().startswith(NOTEBOOK)}
        found |= {path for depth in ("*", "*/*") for ending in (".ipynb", ".ipynb.txt", ".zip")
                  for path in folder.glob(depth + ending) if not _is_there(path.parent / NOTEBOOK)}
        paths = (path.relative_to(folder) for path in found)
        return sorted(str(path) for path in paths if len(path.parts) < 3 or path.parts[1] != NOTEBOOK)

    def is_released(self):
        """Whether the gradebook knows the assignment, and so what to grade."""
        try:
            with self.records.transaction() as gradebook:
                queries.known(gradebook)
        except MissingEntry:
            return False
        return True

    # --- what was handed in ---

    def submission(self, student):
        """Read what a student handed in."""
        coursedir = self.api.coursedir
        return submission.read(student, coursedir.format_path(coursedir.submitted_directory, student, NOTEBOOK))

    def due(self, students):
        """Yield each student, and whether what was handed in is new or changed since it was graded."""
        known = self.records.scores()
        for student in students:
            graded = ours(self._autograded(student)).get("submission")
            yield student, student not in known or graded != self.submission(student).digest

    def assignment(self):
        """Pack the assignment, for tasks."""
        with self.records.transaction() as gradebook:
            return assignment.pack(self.api, gradebook)

    # --- what came of it ---

    def rows(self, fresh=()):
        """Return the rows of the whole class, some of them just made."""
        known, scores = {row.student: row for row in fresh}, self.records.scores()
        return [known.get(student) or (self._row(student, scores[student]) if student in scores
                                      else Row(student, flags=[NOT_GRADED]))
                for student in self.students()]

    def _row(self, student, scores):
        notebook = self._autograded(student)
        return made(student, scores, list(reasons_of(notebook["cells"])), flags_of(notebook),
                    ours(notebook).get("problem", ""), centroids=ours(notebook).get("centroids"))

    def _autograded(self, student):
        coursedir = self.api.coursedir
        return notebook_of(Path(coursedir.format_path(coursedir.autograded_directory, student, NOTEBOOK), FILE))


def _is_locked(folder):
    """Lock an open folder until it is closed, or return whether somebody else has."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return isinstance(error, BlockingIOError)       # some network file systems know no locks
    return False


def _is_there(path):
    """Whether there is something, or may be: what lies in a folder that may not be entered is not left out."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        pass
    return True
