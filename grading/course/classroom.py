"""A class: who handed in what, what of it is due, and what the gradebook says about each."""

import copy
import fcntl
import os
import traceback
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory

from nbgrader.api import MissingEntry
from nbgrader.apps import NbGraderAPI
from traitlets import TraitError
from traitlets.config import PyFileConfigLoader

from grading.course import gradebook_sql
from grading.course.commands import NOT_RELEASED, search_path
from grading.course.records import Records
from grading.lab import lab, use
from grading.pages.csv_file import Style
from grading.submission import assignment, received
from grading.submission.kinds import ARCHIVES, is_notebook
from grading.submission.outcome import GONE, NOT_GRADED, Row, flags_of, made, notebook_of, ours, reasons_of
from grading.submission.workplace import last_line


class Busy(RuntimeError):
    """Somebody else works in the course."""


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
    ValueError
        Its configuration cannot be used; the message says where and why.
    """

    def __init__(self, folder, wall=None):
        self.folder = Path(folder).resolve()
        if not (self.folder / "nbgrader_config.py").exists():
            raise FileNotFoundError(f"{self.folder} has no nbgrader_config.py: run this in the folder of the course, "
                                    "or name it with --course.")
        config = configuration(self.folder)
        use(config)
        os.environ["PATH"] = search_path()              # of nbgrader too, whatever its configuration says
        config.CourseDirectory.root = str(self.folder)
        config.NbGraderAPI.log_level = "ERROR"
        if wall is not None:
            config.ExecuteSubmission.wall = wall
        self.wall = bool(config.ExecuteSubmission.get("wall", True))
        try:
            self.api = NbGraderAPI(config=config)
            self.records = Records(self.api)
        except ModuleNotFoundError as error:
            raise ValueError(f"the gradebook's address in {self.folder / 'nbgrader_config.py'} needs the Python module "
                             f"{error.name}, which is not installed here. For PostgreSQL: pip install psycopg2-binary"
                             ) from None
        except TraitError as error:
            raise ValueError(f"a setting in {self.folder / 'nbgrader_config.py'} cannot be used: {error}") from None

    @contextmanager
    def alone(self):
        """Let nobody else write this course's grades and folders meanwhile.

        Raises
        ------
        Busy
            Somebody does.
        """
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            if _is_locked(folder):
                raise Busy(f"another lab6 works in {self.folder} right now: wait for its end.")
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
                 if _is_there(os.path.join(folder, student, lab().name)) and student not in excluded]
        if not patterns:
            return found
        named = {one: [one] if one in found else [student for student in found if fnmatchcase(student, one)]
                 for one in patterns}
        if unknown := [one for one, students in named.items() if not students]:
            raise ValueError(f"nobody in {self.folder / 'submitted'} matches {', '.join(sorted(unknown))}: work "
                             f"belongs in submitted/<student>/{lab().name}/")
        return sorted({student for students in named.values() for student in students})

    def misplaced(self):
        """Return the paths of what may be a submission in submitted/ and lies where none is.

        That is what has the notebook's name, and any notebook or archive of somebody who has no submission.
        """
        folder = Path(self.api.coursedir.format_path(self.api.coursedir.submitted_directory, "", ""))
        found = {path for depth in ("*", "*/*", "*/*/*") for path in folder.glob(f"{depth}.*")
                 if is_notebook(path.name) and path.name.lower().startswith(lab().name)}
        found |= {path for depth in ("*", "*/*") for path in folder.glob(f"{depth}.*")
                  if (is_notebook(path.name) or ARCHIVES.search(path.name)) and not _is_there(path.parent / lab().name)}
        paths = (path.relative_to(folder) for path in found)
        return sorted(str(path) for path in paths if len(path.parts) < 3 or path.parts[1] != lab().name)

    def is_released(self):
        """Whether the gradebook knows the assignment, and so what to grade."""
        try:
            with self.records.transaction() as gradebook:
                gradebook_sql.known(gradebook)
        except MissingEntry:
            return False
        return True

    def register(self):
        """Tell the gradebook the assignment in source/, with nbgrader's own command; release/ stays as it is.

        Raises
        ------
        RuntimeError
            There is no source, or nbgrader refuses it.
        """
        coursedir = self.api.coursedir
        source = coursedir.format_path(coursedir.source_directory, ".", lab().name)
        if not Path(source, lab().file).exists():
            raise RuntimeError(NOT_RELEASED)
        config = copy.deepcopy(self.api.config)
        config.GenerateAssignment.pop("post_convert_hook", None)
        with TemporaryDirectory(prefix="lab6-") as folder:
            config.CourseDirectory.release_directory = folder
            result = NbGraderAPI(config=config).generate_assignment(lab().name, force=True)
        if not result["success"]:
            raise RuntimeError(f"nbgrader cannot make the assignment from {source}: {last_line(result)}")

    # --- what was handed in ---

    def submission(self, student):
        """Read what a student handed in."""
        return received.read(student, self.place(student))

    def place(self, student):
        """Return the folder of what a student handed in."""
        coursedir = self.api.coursedir
        return coursedir.format_path(coursedir.submitted_directory, student, lab().name)

    def due(self, students):
        """Yield each student, and whether what was handed in is new or changed since it was graded."""
        known = self.records.scores()
        for student in students:
            graded = ours(self.autograded(student)).get("submission")
            yield student, student not in known or graded != self.submission(student).digest

    def assignment(self):
        """Pack the assignment, for tasks."""
        with self.records.transaction() as gradebook:
            return assignment.pack(self.api, gradebook)

    # --- what came of it ---

    def rows(self, fresh=()):
        """Return the rows of all who handed something in or have a grade, some of them just made."""
        known, scores, late = {row.student: row for row in fresh}, self.records.scores(), self.records.lateness()
        there, excluded = self.students(), self.api.coursedir.student_id_exclude.split(",")
        gone = {*scores} - {*there, *excluded}
        rows = [known.get(student) or (self._row(student, scores[student]) if student in scores
                                      else Row(student, flags=[NOT_GRADED]))
                for student in sorted([*there, *gone])]
        for row in rows:
            row.late, row.penalty = late.get(row.student, (0.0, 0.0))
            if row.student in gone:
                row.flags = [GONE, *row.flags]
        return rows

    def style(self):
        """Return how the course's configuration wants tables for people: c.Csv.separator and c.Csv.decimal."""
        return Style(**{name: self.api.config.Csv[name] for name in ("separator", "decimal")
                        if name in self.api.config.Csv})

    def possible(self):
        """Return the points of each step, as the gradebook has them."""
        return self.records.possible()

    def _row(self, student, scores):
        notebook = self.autograded(student)
        return made(student, scores, reasons_of(notebook), flags_of(notebook),
                    ours(notebook).get("problem", ""), fingerprints=ours(notebook).get("fingerprints"))

    def page(self, student):
        """Return a student's page of feedback as bytes, or None."""
        coursedir = self.api.coursedir
        try:
            return Path(coursedir.format_path(coursedir.feedback_directory, student, lab().name),
                        f"{lab().name}.html").read_bytes()
        except OSError:
            return None

    def autograded(self, student):
        """Return a student's graded notebook; see `grading.submission.outcome.notebook_of`."""
        coursedir = self.api.coursedir
        return notebook_of(Path(coursedir.format_path(coursedir.autograded_directory, student, lab().name), lab().file))


def configuration(folder):
    """Load a course's configuration, or raise ValueError with the line that is wrong."""
    path = folder / "nbgrader_config.py"
    try:
        return PyFileConfigLoader(path.name, path=str(folder)).load_config()
    except Exception as error:              # whatever somebody has written into it
        places = [frame.lineno for frame in traceback.extract_tb(error.__traceback__)
                  if frame.filename.endswith(path.name)]
        line = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else places[-1] if places else None
        raise ValueError(f"{path} cannot be used: {type(error).__name__}{f' in line {line}' if line else ''}: "
                         f"{getattr(error, 'msg', None) or error}") from None


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
