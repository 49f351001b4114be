"""Before execution: the notebook made whole again, with the cells, points and locks of the assignment."""

from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from grading.lab import insert, is_lab
from grading.submission import identity, remarks

START = "start"                 # the cell without which no check is known
# It stands where an answer was not found; being no stub, it is no "No response" and waits for a person.
PUT_BACK = "*There was no cell for this answer in the notebook that was handed in: it was put back when grading. An " \
    "answer that stands elsewhere in the notebook counts.*"
TYPED = "*The cell for this answer is as released. This was typed into the cell of the question, and counts:*"
UNSURE = "*The cell for this answer is as released. A text of the lab beside it was changed: is an answer in it?*"


@dataclass(frozen=True)
class Known:
    """A cell that the gradebook knows: its grade_id, cell_type, released source and nbgrader metadata."""

    name: str
    cell_type: str
    source: str
    metadata: dict


class Restore(NbGraderPreprocessor):
    """Give every cell of the assignment back its metadata, and bring missing checks and answers back.

    Everything else that a submission says about its cells (tags, points, locks) is dropped.
    """

    def preprocess(self, nb, resources):
        """Restore one notebook; see nbconvert."""
        if not is_lab(resources):
            return nb, resources
        if self.parent is not None and not hasattr(self.parent, "beside"):
            raise RuntimeError("nbgrader_config.py has to name who reads submissions: c.Autograde.exporter_class = "
                               "'grading.submission.exporter.SubmissionExporter'")
        known, places = self._assignment(resources["nbgrader"])
        found, standing = identity.recognise(nb.cells, places)
        typed = identity.typed(nb.cells, places, found)
        written = {place: f"{TYPED if told else UNSURE}\n\n{words}" for place, (words, told) in typed.items()}
        for place in written.keys() & found.keys():
            nb.cells[found[place]].source = written[place]
        kept = {places[place].name: cell for place, cell in found.items() if places[place].name}
        for cell in nb.cells:
            cell.metadata = NotebookNode()
        for grade_id, index in kept.items():
            nb.cells[index].metadata = NotebookNode(nbgrader=NotebookNode(known[grade_id].metadata))
        for place, index in found.items():
            if places[place].skipped:           # its source, too, is the assignment's: see OverwriteCells
                nb.cells[index].metadata["tags"] = [identity.SKIP]
        missing = [index for index, place in enumerate(places) if place.name in known and place.name not in kept
                   and (known[place.name].metadata["grade"] or place.name == START)]
        for index in reversed(missing):
            self._put_back(nb, known[places[index].name], index, standing, written.get(index, PUT_BACK))
        self._leave_the_rest(nb)
        released = {name: cell.source for name, cell in known.items() if cell.metadata["solution"]}
        nb.metadata = NotebookNode(language_info={"name": "python"}, lab6=NotebookNode(
            nb.metadata.get("lab6", {}), foreign=not kept, put_back=[places[index].name for index in missing],
            unsure=[places[place].name for place, (_, told) in typed.items() if not told],
            untouched=remarks.as_released(nb.cells, released)))
        return nb, resources

    def _assignment(self, ids):
        """Return the assignment's own cells by name, and all its places."""
        with Gradebook(ids["db_url"]) as gradebook:
            source = gradebook.find_notebook(ids["notebook"], ids["assignment"])
            points = {cell.name: cell.max_score for cell in source.grade_cells}
            solutions = {cell.name for cell in source.solution_cells}
            known = {cell.name: Known(cell.name, cell.cell_type, cell.source, _metadata(cell, points, solutions))
                     for cell in source.source_cells}
        course = CourseDirectory(parent=self)
        path = Path(course.format_path(course.source_directory, ".", ids["assignment"]), f"{ids['notebook']}.ipynb")
        return known, identity.places(known, nbformat.read(path, as_version=4).cells if path.exists() else [])

    def _put_back(self, nb, cell, place, standing, answer):
        """Put a missing cell below all that the student did in its place; the first cell of all above it."""
        above, below = identity.between(standing, place, len(nb.cells) if standing else 0)
        new = nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
        source = answer if cell.metadata["solution"] else cell.source
        insert(nb, above + 1 if cell.name == START else below, new(source, metadata={"nbgrader": cell.metadata}))
        self.log.warning("The cell %s was missing from the submission; it was added back.", cell.name)

    def _leave_the_rest(self, nb):
        """Nothing below the last cell of the assignment can change a point, so it is not run."""
        last = max((i for i, cell in enumerate(nb.cells) if "nbgrader" in cell.metadata), default=-1)
        for cell in nb.cells[last + 1:]:
            if cell.cell_type == "code":
                cell.metadata["tags"] = [identity.SKIP]


def _metadata(cell, points, solutions):
    metadata = {"grade_id": cell.name, "locked": cell.locked, "grade": cell.name in points, "task": False,
                "solution": cell.name in solutions, "schema_version": 3, "cell_type": cell.cell_type,
                "checksum": cell.checksum}
    return {**metadata, "points": points[cell.name]} if cell.name in points else metadata
