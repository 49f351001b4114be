"""Before execution: the notebook made whole again, with the cells, points and locks of the assignment."""

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from grading.corpus import grade_id_of

START = "start"                 # the cell without which no check is known


class Restore(NbGraderPreprocessor):
    """Give every cell of the assignment back its metadata, and bring deleted checks and answers back.

    Everything else that a submission says about its cells (tags, points, locks) is dropped.
    """

    def preprocess(self, nb, resources):
        """Restore one notebook; see nbconvert."""
        if self.parent is not None and not hasattr(self.parent, "beside"):
            raise RuntimeError("nbgrader_config.py has to name who reads submissions: c.Autograde.exporter_class = "
                               "'grading.exporter.SubmissionExporter'")
        ids = resources["nbgrader"]
        with Gradebook(ids["db_url"]) as gradebook:
            source = gradebook.find_notebook(ids["notebook"], ids["assignment"])
            points = {cell.name: cell.max_score for cell in source.grade_cells}
            solutions = {cell.name for cell in source.solution_cells}
            known = {cell.name: _metadata(cell, points, solutions) for cell in source.source_cells}
            sources = {cell.name: cell for cell in source.source_cells}
        kept = self._keep(nb, known)
        self._add_missing(nb, known, kept, {name: sources[name] for name in known if name in (*points, START)})
        self._leave_the_rest(nb)
        noted = nb.metadata.get("lab6", {})
        nb.metadata = NotebookNode(language_info={"name": "python"}, lab6=NotebookNode(noted, foreign=not kept))
        return nb, resources

    def _keep(self, nb, known):
        """Reset each cell's metadata; the first cell of each grade_id is the cell. Return these ids."""
        kept = set()
        for cell in nb.cells:
            name, cell.metadata = grade_id_of(cell), NotebookNode()
            if name in known and name not in kept:
                kept.add(name)
                cell.metadata = NotebookNode(nbgrader=NotebookNode(known[name]))
        return kept

    def _add_missing(self, nb, known, kept, needed):
        """Put each missing cell that is needed after the nearest cell that precedes it in the assignment."""
        order = list(known)
        for name, cell in needed.items():
            if name in kept:
                continue
            before = set(order[:order.index(name)])
            places = [i for i, c in enumerate(nb.cells) if grade_id_of(c) in before]
            new = nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
            insert(nb, places[-1] + 1 if places else 0, new(cell.source, metadata={"nbgrader": known[name]}))
            self.log.warning("The cell %s was missing from the submission; it was added back.", name)

    def _leave_the_rest(self, nb):
        """Nothing below the last cell of the assignment can change a point, so it is not run."""
        last = max((i for i, cell in enumerate(nb.cells) if "nbgrader" in cell.metadata), default=-1)
        for cell in nb.cells[last + 1:]:
            if cell.cell_type == "code":
                cell.metadata["tags"] = ["skip-execution"]


def insert(nb, index, cell):
    """Insert a new cell into a notebook, without an id where the notebook's format knows none."""
    if nb.nbformat_minor < 5:
        del cell["id"]
    nb.cells.insert(index, cell)


def _metadata(cell, points, solutions):
    metadata = {"grade_id": cell.name, "locked": cell.locked, "grade": cell.name in points, "task": False,
                "solution": cell.name in solutions, "schema_version": 3, "cell_type": cell.cell_type,
                "checksum": cell.checksum}
    return {**metadata, "points": points[cell.name]} if cell.name in points else metadata
