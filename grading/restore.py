"""Before execution: the notebook made whole again, with the cells, points and locks of the assignment."""

import json

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from grading import remarks, submission
from grading.corpus import grade_id_of
from grading.handed_in import unfit
from grading.submission import count_cells

START = "start"                 # the cell without which no check is known
KEYS = {"cell_type", "source", "metadata", "outputs", "execution_count", "id", "attachments"}    # of a cell
PICTURES = ("image/png", "image/jpeg", "image/gif")


class Restore(NbGraderPreprocessor):
    """Give every cell of the assignment back its metadata, and bring deleted checks and answers back.

    Everything else that a submission says about its cells (tags, points, locks) is dropped.
    """

    def preprocess(self, nb, resources):
        """Restore one notebook; see nbconvert."""
        name, folder = resources["metadata"].get("name"), resources["metadata"].get("path")
        if folder and (why := unfit(folder, f"{name}.ipynb")):
            raise ValueError(f"The submission in {folder} cannot be graded: {why}.")
        count_cells(nb.cells)
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
        nb = _writable(nb)
        nb.metadata = NotebookNode(language_info={"name": "python"}, lab6={
            "submission": submission.digest(resources["metadata"].get("path", "")), "foreign": not kept,
            "untouched": remarks.as_released(nb.cells, {name: sources[name].source for name in solutions})})
        return nb, resources

    def _keep(self, nb, known):
        """Reset each cell's metadata; the first cell of each grade_id is the cell. Return these ids."""
        kept = set()
        for cell in nb.cells:
            theirs = cell.metadata.get("nbgrader")
            name = theirs.get("grade_id") if isinstance(theirs, dict) else None
            cell.metadata = NotebookNode()
            if cell.cell_type != "code":
                cell.pop("outputs", None)           # which no text has, and graders would read
            attached = cell.pop("attachments", None)
            if cell.cell_type != "code" and isinstance(attached, dict):
                cell.attachments = _pictures(attached)
            for key in set(cell) - KEYS:
                del cell[key]
            if isinstance(name, str) and name in known and name not in kept:
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


def _pictures(attached):
    """Return the pictures among a cell's attachments: other data may be of any shape and size once written down."""
    found = {name: {kind: given[kind] for kind in PICTURES if isinstance(given.get(kind), str)}
             for name, given in attached.items() if isinstance(given, dict)}
    return NotebookNode({name: NotebookNode(given) for name, given in found.items() if given})


def _writable(nb):
    """Put a question mark for each half of a character, which JSON can hold and a file cannot."""
    try:
        json.dumps(nb, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return nbformat.from_dict(json.loads(json.dumps(nb, ensure_ascii=False).encode(errors="replace")))
    return nb


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
