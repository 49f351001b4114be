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

from grading.corpus import grade_id_of
from grading.restore import insert

SCHEME = re.compile(r"^\*\*Marking scheme.*?(?=^### END SOLUTION|\Z)", re.DOTALL | re.MULTILINE)


class MarkingScheme(Preprocessor):
    """Put each written answer's marking scheme right above it: on the marking page, and in feedback once it is marked.

    An answer counts as marked when a person has given it points. Until then its scheme would tell whoever hands in
    again, or later, what to write.
    """

    def preprocess(self, nb, resources):
        """Add the schemes to one notebook; see nbconvert."""
        ids = resources.get("nbgrader", {})
        if "submission_id" in resources:                # the formgrader's page
            shown = self._schemes(resources["assignment_id"], resources["notebook_id"])
        elif "student" in ids:                          # feedback
            marked = _marked(ids)
            schemes = self._schemes(ids["assignment"], ids["notebook"])
            shown = {name: scheme for name, scheme in schemes.items() if name in marked}
        else:
            return nb, resources
        for index, cell in reversed([*enumerate(nb.cells)]):
            if scheme := shown.get(grade_id_of(cell)):
                insert(nb, index, new_markdown_cell(f'<div class="alert alert-info">\n\n{scheme}\n\n</div>'))
        return nb, resources

    def _schemes(self, assignment, notebook):
        """Return the marking schemes of the source notebook, by grade_id."""
        course = CourseDirectory(parent=self)
        path = Path(course.format_path(course.source_directory, ".", assignment), f"{notebook}.ipynb")
        if not path.exists():
            self.log.warning("No marking schemes are shown: they stand in %s, and there is no such file.", path)
            return {}
        found = {grade_id_of(cell): SCHEME.search(cell.source) for cell in nbformat.read(path, as_version=4).cells}
        return {name: scheme.group().strip() for name, scheme in found.items() if name and scheme}


def _marked(ids):
    """Return the grade_ids of the answers that a person has given points."""
    with Gradebook(ids["db_url"]) as gradebook:
        grades = gradebook.find_submission_notebook(ids["notebook"], ids["assignment"], ids["student"]).grades
        return {grade.name for grade in grades if grade.manual_score is not None}
