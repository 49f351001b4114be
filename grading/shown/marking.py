"""The marking scheme, shown where answers are marked, and to students once theirs are.

A scheme stands in one place, after its model answer in the source notebook. It is put into pages as they are made,
so that a change shows at once and no student's notebook ever holds it.
"""

import re
from pathlib import Path

import nbformat
from nbconvert.preprocessors import Preprocessor
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from grading.lab import grade_id_of, insert
from grading.shown import given
from grading.shown.html import BY_GRADER
from grading.shown.rubric import for_people, told

SCHEME = re.compile(r"^\*\*Marking scheme.*?(?=^### END SOLUTION|\Z)", re.DOTALL | re.MULTILINE)
NOT_MARKED = "**Not marked yet.** A person reads this answer; its points are still to come."


class MarkingScheme(Preprocessor):
    """Put each written answer's marking scheme right above it: on the marking page, and in feedback once it is marked.

    An answer counts as marked when a person has given it points. Until then its scheme would tell whoever hands in
    again, or later, what to write; feedback says instead that its points are still to come.
    """

    def preprocess(self, nb, resources):
        """Add the schemes to one notebook; see nbconvert."""
        ids = resources.get("nbgrader", {})
        if "submission_id" in resources:                # the formgrader's page
            shown = self._schemes(resources["assignment_id"], resources["notebook_id"])
            shown = {name: for_people(scheme) for name, scheme in shown.items()}
        elif "student" in ids:                          # feedback
            shown = _for_students(self._schemes(ids["assignment"], ids["notebook"]), ids)
        else:
            return nb, resources
        for index, cell in reversed([*enumerate(nb.cells)]):
            if text := shown.get(grade_id_of(cell)):
                insert(nb, index, new_markdown_cell(text, metadata=BY_GRADER))
        return nb, resources

    def _schemes(self, assignment, notebook):
        course = CourseDirectory(parent=self)
        path = Path(course.format_path(course.source_directory, ".", assignment), f"{notebook}.ipynb")
        if not path.exists():
            self.log.warning("No marking schemes are shown: they stand in %s, and there is no such file.", path)
        return schemes_in(path)


def schemes_in(path):
    """Return the marking schemes of a source notebook by grade_id, none where there is no notebook.

    Parameters
    ----------
    path : pathlib.Path

    Returns
    -------
    dict of str to str
        In Markdown.
    """
    cells = nbformat.read(path, as_version=4).cells if path.exists() else []
    found = {grade_id_of(cell): SCHEME.search(cell.source) for cell in cells}
    return {name: scheme.group().strip() for name, scheme in found.items() if name and scheme}


def _for_students(schemes, ids):
    """Return what stands above each answer in feedback, by grade_id."""
    with Gradebook(ids["db_url"]) as gradebook:
        notebook = gradebook.find_submission_notebook(ids["notebook"], ids["assignment"], ids["student"])
        comments = {comment.name: comment.manual_comment for comment in notebook.comments}
        marked = {grade.name: grade for grade in notebook.grades if grade.manual_score is not None}
        waiting = {grade.name for grade in notebook.grades if grade.needs_manual_grade}
        last = given.latest(gradebook.db, [grade.id for grade in marked.values()])
        shown = {name: _told(schemes.get(name, ""), grade, comments.get(name), last.get(grade.id))
                 for name, grade in marked.items()}
    return {name: text for name, text in shown.items() if text} | dict.fromkeys(waiting, NOT_MARKED)


def _told(scheme, grade, comment, last):
    state = last and last["after"]
    if not state or not state["items"] or not given.is_of(state, grade, comment):
        return for_people(scheme)
    return told(scheme.partition("\n")[0] or "**Marking scheme.**", state["items"], state["correction"])
