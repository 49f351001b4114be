"""The work on one submission, as pure functions: bytes and the assignment in, files and scores out.

They need this environment and nothing else of the machine that they run on: no database, no folder of the course. What
was handed in is read, run and made into pages by a process with a budget (`worker`); what goes over it is a verdict on
this submission, saved as any other.
"""

import json
import shutil
import time
from dataclasses import dataclass, field, replace

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.utils import is_grade, is_solution

from grading.lab import lab, use
from grading.shown.html import OURS
from grading.submission import marked, worker
from grading.submission.assignment import version
from grading.submission.decode import FILE_SIZE
from grading.submission.outcome import flags_of, notebook_of, ours, reasons_of
from grading.submission.received import why_unreadable
from grading.submission.workplace import add, course_for_one, files_in, last_line, lay_out
from grading.wall.bubblewrap import NoWall
from grading.wall.warm import warm

TRIES = 3               # of a run whose interpreter dies
STUDENT = "student"     # whoever it is: some ids mean something in a path or a pattern

REFUSED = """## This submission could not be graded

It was handed in, and {why}. No step earns a point from it. The files are kept as they were handed in.

Try: open your notebook in JupyterLab, save it as `{file}`, and hand that file in again. If it is too large,
choose *Kernel > Restart Kernel and Clear Outputs of All Cells* before you save it.
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
    contents : dict of str to str
        See `grading.submission.marked.contents`.
    reasons, flags : list
        See `grading.submission.outcome.Row`.
    problem : str
        Why it could not be graded, or nothing.
    seconds : float
        How long it took.
    fingerprints : dict of str to list
        See `grading.submission.remarks.fingerprints`.
    feedback : dict of str to bytes
        What stands in ``feedback``, by path; nothing where it is made by `feedback`.
    """

    files: dict = field(repr=False)
    scores: dict
    comments: dict
    contents: dict
    reasons: list
    flags: list
    problem: str
    seconds: float
    fingerprints: dict = field(default_factory=dict)
    feedback: dict = field(default_factory=dict, repr=False)

    def waits(self, name):
        """Whether a person has to mark a cell that nobody has marked yet."""
        return self.scores[name] is None or bool(self.problem) and not name.startswith(lab().prefix)


def grade(submission, assignment, is_fresh=False):
    """Grade one submission.

    Parameters
    ----------
    submission : grading.submission.received.Submission
    assignment : grading.submission.assignment.Assignment
    is_fresh : bool
        Whether its feedback depends on nothing but itself, and so is made too.

    Returns
    -------
    Graded
        Always: a submission that cannot be graded scores 0, and its notebook says why.

    Raises
    ------
    CannotGrade
    """
    use(assignment.config)
    try:
        return worker.here(_grade, submission, assignment, is_fresh)
    except (CannotGrade, worker.Killed):
        raise
    except Exception as error:
        if is_fresh and isinstance(error, worker.OverBudget):       # perhaps by its feedback
            return grade(submission, assignment)
        # Whatever it met in this submission, what stands in for it does not meet.
        words = " ".join(str(error).split())[:200] or type(error).__name__
        why = f"{lab().file} cannot be read, because {words}; ask for the lab's own, without its outputs"
        return worker.here(_grade, replace(submission, files={}, problem=why), assignment)


def _grade(submission, assignment, is_fresh=False):
    began = time.monotonic()
    use(assignment.config)
    problem = submission.problem or why_unreadable(
        submission.files[lab().file], assignment.config.SubmissionExporter.get("largest", FILE_SIZE))
    wall = _ready(assignment)
    with course_for_one(assignment) as (folder, api):
        problem = problem or _autograde_behind(wall, api, folder, submission.files)
        if problem:
            why = problem.rsplit(";", 1)[0]             # what follows is for the instructor
            stand_in = new_notebook(cells=[new_markdown_cell(REFUSED.format(why=why, file=lab().file))])
            api.config.ExecuteSubmission.refused = f"the submission could not be graded: {why}"
            shutil.rmtree(folder / "submitted", ignore_errors=True)
            again = _autograde(api, folder, {lab().file: nbformat.writes(stand_in).encode()})
            if again:
                raise RuntimeError(again)
        graded = files_in(folder / "autograded")
        scores, comments = _scores(api.coursedir.db_url)
        told = _pages_at_once(api, folder) if is_fresh and not problem else {}
    notebook = json.loads(graded[lab().file])
    if problem or submission.left_out:
        notebook["metadata"]["lab6"] |= {"submission": submission.digest, "problem": problem, **submission.noted}
        graded[lab().file] = json.dumps(notebook, indent=1, ensure_ascii=False).encode(errors="replace")
    return Graded(graded, scores, comments, marked.contents(notebook["cells"]), reasons_of(notebook),
                  flags_of(notebook), problem, time.monotonic() - began, ours(notebook).get("fingerprints", {}), told)


def feedback(graded, marks, assignment):
    """Make the feedback of one graded submission, with nbgrader's own converter.

    Parameters
    ----------
    graded : dict of str to bytes
        What stands in ``autograded``, by path.
    marks : dict of str to list of dict
        The rows of this submission in the gradebook, by table.
    assignment : grading.submission.assignment.Assignment

    Returns
    -------
    dict of str to bytes
        What stands in ``feedback``, by path.

    Raises
    ------
    RuntimeError
        nbgrader could not make it; the message says why.
    """
    use(assignment.config)
    if lab().file not in graded:
        raise RuntimeError("its graded notebook is not there; run lab6 grade again")
    try:
        return worker.here(_feedback, graded, marks, assignment)
    except worker.Killed:
        raise
    except Exception:                       # whatever stands in it: without what a student wrote there is a page
        return worker.here(_feedback, {**graded, lab().file: _without_theirs(graded[lab().file])}, marks, assignment)


def _feedback(graded, marks, assignment):
    use(assignment.config)
    with course_for_one(assignment) as (folder, api):
        lay_out(folder / "autograded" / STUDENT / lab().name, graded)
        with Gradebook(api.coursedir.db_url, "") as gradebook:
            for table, named in (("student", "id"), ("submitted_assignment", "student_id")):
                marks = {**marks, table: [{**row, named: STUDENT} for row in marks.get(table, ())]}
            add(gradebook, marks)
            gradebook.db.commit()
        return _pages(api, folder)


def _pages_at_once(api, folder):
    """Make the feedback with the grading, or nothing: where it fails, `feedback` is asked for it and says why."""
    try:
        return _pages(api, folder)
    except RuntimeError:
        return {}


def _pages(api, folder):
    """Let nbgrader make the feedback of the only submission in a course."""
    result = api.generate_feedback(lab().name, "*", force=True)
    if not result["success"]:
        raise RuntimeError(last_line(result))
    return files_in(folder / "feedback")


def _without_theirs(content):
    """Return a graded notebook with the cells that are graded, and of these without what a student wrote."""
    notebook = nbformat.from_dict(json.loads(content))
    notebook.cells = [cell for cell in notebook.cells if is_grade(cell)]
    for cell in notebook.cells:
        if is_solution(cell):
            cell.source = "*What stands here takes too long to be shown; the submitted notebook has it.*"
            cell.metadata.pop(OURS, None)
            cell.pop("attachments", None)
    return nbformat.writes(notebook).encode()


def _ready(assignment):
    """Return the interpreter behind the wall, or None where grading is without one; raise CannotGrade."""
    if assignment.version != version():
        raise CannotGrade("A worker has another version of this project than the coordinator. Install the same on all.")
    if assignment.config.ExecuteSubmission.get("wall", True):
        try:
            return warm()
        except NoWall as error:
            raise CannotGrade(str(error)) from None


def _autograde_behind(wall, api, folder, files):
    """Let nbgrader grade the files, again if the interpreter behind the wall died: no submission can end it."""
    for _ in range(TRIES):
        failed = _autograde(api, folder, files)
        if wall is None or not (failed or _stopped(folder)) or not wall.died():
            return failed
        wall = warm()
    raise RuntimeError(f"the interpreter behind the wall died in each of {TRIES} runs")


def _stopped(folder):
    notebook, = folder.glob(f"autograded/*/{lab().name}/{lab().file}")
    return ours(notebook_of(notebook)).get("stopped", "")


def _autograde(api, folder, files):
    """Let nbgrader grade the files; return why it could not, or nothing."""
    lay_out(folder / "submitted" / STUDENT / lab().name, files)
    result = api.autograde(lab().name, "*", force=True)
    return "" if result["success"] else f"nbgrader stopped: {last_line(result)}"


def _scores(db_url):
    """Return the automatic scores and comments of the only submission in a gradebook."""
    with Gradebook(db_url, "") as gradebook:
        notebook, = gradebook.notebook_submissions(lab().name, lab().name)
        return ({grade.name: grade.auto_score for grade in notebook.grades},
                {comment.name: comment.auto_comment for comment in notebook.comments})
