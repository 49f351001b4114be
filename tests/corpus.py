"""Example submissions: small files that fill in, well or badly, some cells of the released notebook.

A case is one file. Its first line says what it is and what must come of it; each "# %% grade_id" starts the
content of one solution cell. Cells that it does not name hold the solution of the source notebook.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

from grading.lab import ROOT, grade_id_of

NOTEBOOK, FILE = "lab6_kmeans", "lab6_kmeans.ipynb"
PREFIX = "check_"           # a check's grade_id is this and the step
SOURCE = ROOT / "source" / NOTEBOOK / f"{NOTEBOOK}.ipynb"
RELEASE = ROOT / "release" / NOTEBOOK / f"{NOTEBOOK}.ipynb"
FIRST_LINE = re.compile(r"# (?P<what>.+?)(?: Loses: (?P<loses>[a-j ]+)\.)?(?: Says: (?P<says>.+))?$")


@dataclass(frozen=True)
class Case:
    """An example submission.

    Parameters
    ----------
    name : str
        The file's name without its ending.
    what : str
        What it does.
    loses : frozenset of str
        The steps, "a" to "j", that must not earn their point.
    says : str
        What the message of the first lost step must contain.
    cells : dict of str to str
        Source by grade_id.
    """

    name: str
    what: str
    loses: frozenset
    says: str
    cells: dict


SOLVED = Case("solved", "The solutions.", frozenset(), "", {})


def read(path):
    """Read a case from a file."""
    first, _, rest = Path(path).read_text().partition("\n")
    line = FIRST_LINE.match(first)
    if line is None:
        raise ValueError(f"{path}: the first line should be '# What it does. Loses: d e. Says: words', not {first!r}")
    return Case(Path(path).stem, line["what"], frozenset((line["loses"] or "").split()), line["says"] or "",
                cells_in(rest))


def cells_in(text):
    """Return the sources in a file of cells, by the name in the line ``# %% name`` above each."""
    parts = re.split(r"^# %% (\w+)\n", text, flags=re.MULTILINE)
    return {name: source.strip("\n") for name, source in zip(parts[1::2], parts[2::2])}


def folder(name):
    """Read all cases of tests/honest, tests/mutants or another folder of tests, by name."""
    return [read(path) for path in sorted((ROOT / "tests" / name).glob("*.py"))]


def submission(case, release=RELEASE, source=SOURCE, further=True):
    """Fill in the released notebook as a student would.

    Parameters
    ----------
    case : Case
    release, source : path-like
        The notebooks that students get and that holds the solutions.
    further : bool
        Whether the ungraded cells at the end, which take most of the time, stay in.

    Returns
    -------
    nbformat.NotebookNode

    Raises
    ------
    ValueError
        The case names a cell that the notebook does not have.
    """
    notebook = nbformat.read(release, as_version=4)
    solutions = {grade_id_of(cell): _solution(cell.source) for cell in nbformat.read(source, as_version=4).cells}
    theirs = {grade_id_of(cell): cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")}
    if unknown := set(case.cells) - set(theirs):
        raise ValueError(f"{case.name}: no solution cell is named {', '.join(sorted(unknown))}")
    for grade_id, cell in theirs.items():
        cell.source = case.cells.get(grade_id, solutions[grade_id])
    if not further:
        last = max(i for i, cell in enumerate(notebook.cells) if grade_id_of(cell))
        notebook.cells = notebook.cells[:last + 1]
    return notebook


def _solution(source):
    """Drop the lines that only mark where a solution begins and ends."""
    return "\n".join(line for line in source.split("\n") if not re.search("(BEGIN|END) SOLUTION", line))
