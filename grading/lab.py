"""The lab that is graded, as this course knows it: its names, and how cells are told from one another."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
NOTEBOOK = "lab6_kmeans"
PREFIX = "check_"           # a check's grade_id is this and the step


def grade_id_of(cell):
    """Return a cell's grade_id, or None."""
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def is_lab(resources):
    """Whether nbgrader grades this lab, and not another assignment of the course; see nbconvert's resources."""
    return resources.get("nbgrader", {}).get("assignment", NOTEBOOK) == NOTEBOOK


def insert(nb, index, cell):
    """Insert a new cell into a notebook, without an id where the notebook's format knows none."""
    if nb.nbformat_minor < 5:
        del cell["id"]
    nb.cells.insert(index, cell)
