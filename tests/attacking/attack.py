"""Attacks: hostile submissions, one small file each, and how they are laid out.

An attack lies in tests/attacks, in the folder of its kind. Its first line says what it does and what must come of it:
"# What it does. Keeps: a b. Earns: f. Says: words." Steps that it keeps are really worked for, with the solutions of
the source notebook; all other cells are as released. What it earns beside them is undeserved, and said openly. Then
each "# %% grade_id" starts the content of a solution cell (none is the solution), "# %% first" that of a new cell on
top, and "# %% layout" the functions ``notebook(nb)`` and ``folder(path)``, which are ours: they change what is handed
in before it is.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import corpus
import nbformat
from corpus import NOTEBOOK, RELEASE, Case, cells_in

from grading.lab import ROOT, grade_id_of

FOLDER = ROOT / "tests" / "attacks"
# By folder: what an attack uses, or what it is after.
KINDS = {"notebook": "The notebook file and its folder", "kernel": "In the kernel", "evidence": "The evidence",
         "secrets": "Secrets", "writes": "Writing", "exhaustion": "Exhaustion", "semantics": "What steps mean",
         "showing": "What people are shown", "viewing": "Acting on whoever looks at it",
         "reading": "Acting on what reads it"}
FIELDS = ("Keeps", "Earns", "Says", "Harms", "Waits", "Flags")      # the last two of tests/reports
# Where the course lies is no secret: every attack is told.
COURSE = "course.txt"


@dataclass(frozen=True)
class Attack:
    """A hostile submission.

    Parameters
    ----------
    kind, name : str
        The names of its folder and of its file.
    what : str
        What it tries.
    keeps, earns : frozenset of str
        The steps that it works for, and those that it gets all the same.
    says : str
        What the grader must say about it.
    harms : bool
        Whether it would harm a machine without limits.
    cells : dict of str to str
        Source by grade_id; "first" is a new cell on top.
    layout : str
        Python of ours: the functions ``notebook`` and ``folder``.
    """

    kind: str
    name: str
    what: str
    keeps: frozenset
    earns: frozenset
    says: str
    harms: bool
    cells: dict
    layout: str


def read(path):
    """Read an attack from a file."""
    first, _, rest = Path(path).read_text().partition("\n")
    what, *fields = re.split(rf" ({'|'.join(FIELDS)}): ", first.removeprefix("# ").removesuffix("."))
    if not first.startswith("# ") or not what:
        raise ValueError(f"{path}: the first line should be '# What it does. Keeps: a b. Says: words.', not {first!r}")
    said = {name: text.removesuffix(".") for name, text in zip(fields[::2], fields[1::2])}
    cells = cells_in(rest)
    keeps, earns = (frozenset(said.get(name, "").split()) for name in ("Keeps", "Earns"))
    return Attack(Path(path).parent.name, Path(path).stem, what.removesuffix("."), keeps, earns, said.get("Says", ""),
                  "Harms" in said, cells, cells.pop("layout", ""))


def attacks(names=()):
    """Read all attacks, or those with some names, in the order of `KINDS`.

    Raises
    ------
    ValueError
        There is none of a name.
    """
    found = [read(path) for kind in KINDS for path in sorted((FOLDER / kind).glob("*.py"))]
    if unknown := set(names) - {attack.name for attack in found}:
        raise ValueError(f"{FOLDER} has no attack named {', '.join(sorted(unknown))}")
    return [attack for attack in found if not names or attack.name in names]


def hand_in(attack, course):
    """Put an attack into a course's folder of submissions, under its own name.

    Parameters
    ----------
    attack : Attack
    course : pathlib.Path
    """
    path = course / "submitted" / attack.name / NOTEBOOK
    path.mkdir(parents=True)
    (path / COURSE).write_text(str(course))
    functions = {}
    exec(attack.layout, functions)                      # a file of this project
    notebook = submission(attack)
    functions.get("notebook", lambda nb: None)(notebook)
    (path / f"{NOTEBOOK}.ipynb").write_text(nbformat.v4.writes_json(nbformat.from_dict(notebook)))      # valid or not
    functions.get("folder", lambda path: None)(path)


def submission(attack):
    """Fill in the released notebook as an attack does."""
    solved = {name for name, source in attack.cells.items() if not source}
    cells = {name: source for name, source in {**_untouched(attack.keeps), **attack.cells}.items()
             if name != "first" and name not in solved}
    case = Case(attack.name, attack.what, frozenset(), "", cells)
    notebook = corpus.submission(case, further=False)
    if "first" in attack.cells:
        notebook.cells.insert(0, nbformat.v4.new_code_cell(attack.cells["first"]))
    return notebook


def _untouched(keeps):
    """Return the cells that are a student's to write, but for those of these steps, as released."""
    cells = {grade_id_of(cell): cell for cell in nbformat.read(RELEASE, as_version=4).cells}
    return {name: cell.source for name, cell in cells.items()
            if name and cell.metadata.nbgrader.solution and not (name.startswith("step_") and name[5] in keeps)}
