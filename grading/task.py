"""The work on one submission, as pure functions: bytes and the assignment in, files and scores out.

They need this environment and nothing else of the machine that they run on: no database, no folder of the course.
"""

import copy
import json
import os
import time
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.api import Base, Gradebook
from nbgrader.apps import NbGraderAPI
from sqlalchemy import insert
from sqlalchemy.exc import SAWarning

from grading.assignment import version
from grading.corpus import NOTEBOOK
from grading.course import search_path
from grading.kernel.wall import NoWall
from grading.kernel.warm import warm
from grading.row import flags_of, reasons_of
from grading.submission import FILE, why_unreadable

warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")    # SQLAlchemy's advice to its authors

REFUSED = """## This submission could not be graded

It was handed in, and {why}. No step earns a point from it. The files are kept as they were handed in.
"""


class CannotGrade(RuntimeError):
    """This machine cannot grade any submission. The message says why and what to do."""


@dataclass(frozen=True)
class Graded:
    """What came of a submission.

    Parameters
    ----------
    files : dict of str to bytes
        What stands in ``autograded``, by path.
    scores : dict of str to (float or None)
        The automatic score of each graded cell, as nbgrader saves it.
    comments : dict of str to (str or None)
        The automatic comment of each answer.
    reasons, flags : list
        See `grading.row.Row`.
    problem : str
        Why it could not be graded, or nothing.
    seconds : float
        How long it took.
    """

    files: dict = field(repr=False)
    scores: dict
    comments: dict
    reasons: list
    flags: list
    problem: str
    seconds: float


def grade(submission, assignment):
    """Grade one submission.

    Parameters
    ----------
    submission : grading.submission.Submission
    assignment : grading.assignment.Assignment

    Returns
    -------
    Graded
        Always: a submission that cannot be graded scores 0, and its notebook says why.

    Raises
    ------
    CannotGrade
    """
    began = time.monotonic()
    _ready(assignment)
    problem, files = submission.problem, submission.files
    with _course(assignment) as (folder, api):
        failed = "" if problem else _autograde(api, folder, submission.student, files)
        unreadable = failed and why_unreadable(files[FILE])
        problem = problem or unreadable or failed
        if problem:
            stand_in = new_notebook(cells=[new_markdown_cell(REFUSED.format(why=problem))])
            api.config.ExecuteSubmission.refused = f"the submission could not be graded: {problem}"
            again = _autograde(api, folder, submission.student, {FILE: nbformat.writes(stand_in).encode()})
            if again:
                raise RuntimeError(again)
        graded = _files(folder / "autograded")
        scores, comments = _scores(api.coursedir.db_url)
    notebook = json.loads(graded[FILE])
    if problem or submission.left_out:
        certain = submission.problem or unreadable or not problem       # else it is tried again in the next run
        notebook["metadata"]["lab6"] = {"submission": submission.digest if certain else "", "problem": problem,
                                        "left_out": list(submission.left_out)}
        graded[FILE] = json.dumps(notebook, indent=1, ensure_ascii=False).encode(errors="replace")
    return Graded(graded, scores, comments, list(reasons_of(notebook["cells"])), flags_of(notebook), problem,
                  time.monotonic() - began)


def feedback(student, graded, marks, assignment):
    """Make the feedback of one graded submission, with nbgrader's own converter.

    Parameters
    ----------
    student : str
    graded : dict of str to bytes
        What stands in ``autograded``, by path.
    marks : dict of str to list of dict
        The rows of this submission in the gradebook, by table.
    assignment : grading.assignment.Assignment

    Returns
    -------
    dict of str to bytes
        What stands in ``feedback``, by path.

    Raises
    ------
    RuntimeError
        nbgrader could not make it; the message says why.
    """
    with _course(assignment) as (folder, api):
        _lay_out(folder / "autograded" / student, graded)
        with Gradebook(api.coursedir.db_url, "") as gradebook:
            for table in Base.metadata.sorted_tables:
                if marks.get(table.name):
                    gradebook.db.execute(insert(table), marks[table.name])
            gradebook.db.commit()
        result = api.generate_feedback(NOTEBOOK, "*", force=True)
        if not result["success"]:
            raise RuntimeError(_last_line(result))
        return _files(folder / "feedback")


def _ready(assignment):
    if assignment.version != version():
        raise CannotGrade("A worker has another version of this project than the coordinator. Install the same on all.")
    if assignment.config.ExecuteSubmission.get("wall", True):
        try:
            warm()
        except NoWall as error:
            raise CannotGrade(str(error)) from None


@contextmanager
def _course(assignment):
    """Yield the folder of a course for one submission, and nbgrader in it."""
    os.environ["PATH"] = search_path()
    with TemporaryDirectory(prefix="lab6-") as name:
        folder = Path(name).resolve()
        (folder / "gradebook.db").write_bytes(assignment.gradebook)
        _lay_out(folder / "source" / NOTEBOOK, assignment.sources, at="")
        config = copy.deepcopy(assignment.config)
        config.CourseDirectory.root = str(folder)
        config.NbGraderAPI.log_level = "ERROR"
        yield folder, NbGraderAPI(config=config)


def _autograde(api, folder, student, files):
    """Let nbgrader grade the files; return why it could not, or nothing."""
    _lay_out(folder / "submitted" / student, files)
    result = api.autograde(NOTEBOOK, "*", force=True)
    return "" if result["success"] else f"nbgrader stopped: {_last_line(result)}"


def _last_line(result):
    lines = [line for line in (result.get("log", "") + result.get("error", "")).split("\n") if line.strip()]
    return lines[-1].strip()[:200] if lines else "without a word"


def _scores(db_url):
    """Return the automatic scores and comments of the only submission in a gradebook."""
    with Gradebook(db_url, "") as gradebook:
        notebook, = gradebook.notebook_submissions(NOTEBOOK, NOTEBOOK)
        return ({grade.name: grade.auto_score for grade in notebook.grades},
                {comment.name: comment.auto_comment for comment in notebook.comments})


def _lay_out(folder, files, at=NOTEBOOK):
    folder = folder / at
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _files(folder):
    """Return the files of the only submission in a folder, by path."""
    place, = folder.glob(f"*/{NOTEBOOK}")
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in sorted(place.rglob("*"))
            if path.is_file()}
