"""Whether the notebook still has all cells that are graded: editors drop what names them, and people delete them."""

import json
import os
import zlib
from pathlib import Path

from helpers import lab
from helpers.kit.verdict import all_of

# Of each answer the id of the question's cell above it, and the checksum of its text, without spaces: see `_sum`.
ANSWERS = {"homework_1": ("homework", 3864530764), "homework_2": ("homework-2-text", 816496493),
           "homework_3": ("homework-3-text", 2776241610)}
STUB = "*Double-click here and write your answer to {}.*"       # of each answer, as released


class CellsMissing(AssertionError):
    """A notebook lacks cells that are graded. Shown as one line, without a traceback."""

    def _render_traceback_(self):
        """The lines that IPython shows instead of a traceback."""
        return str(self).split("\n")


def validate():
    """Raise CellsMissing where graded cells are missing; see `missing`."""
    if gone := missing(lab.steps):
        raise CellsMissing(gone)


def missing(steps):
    """Say which graded cells are not in the notebook as it was saved last, and where an answer stands in the cell of
    its question; or nothing, also where no notebook is found.

    Parameters
    ----------
    steps : iterable of str
        "a" to "j".
    """
    try:
        cells = json.loads(_place().read_bytes())["cells"]
        texts = {cell.get("id"): "".join(cell.get("source", "")) for cell in cells}
        there = {name for cell in cells for name in (
            cell["metadata"].get("nbgrader", {}).get("grade_id"), cell.get("id"))}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""
    wanted = {**{f"check_{step}": f"the check of step {step}" for step in steps},
              **{name: f"the cell of {name.replace('_', ' ')}" for name in ANSWERS}}
    gone = [words for name, words in wanted.items() if not {name, name.replace("_", "-")} & there]
    above = [words for name, (question, known) in ANSWERS.items()
             if texts.get(name.replace("_", "-"), "gone").strip() in ("", STUB.format(words := name.replace("_", " ")))
             and question in texts and _sum(texts[question]) != known]
    said = [f"This notebook lacks {all_of(gone)}.\nTry: copy your work into a fresh lab6_kmeans.ipynb, cell by "
            "cell, so that it is found when it is graded."] if gone else []
    if above:
        # Validate cuts lines of more than some eighty characters.
        said.append(f"No answer, but a changed question: {all_of(above)}.\n"
                    "Try: write the answer into the cell below the question, where it is looked for.")
    return "\n".join(said)


def _sum(text):
    return zlib.crc32("".join(text.split()).encode(errors="replace"))


def _place():
    """Return the path of the notebook: JupyterLab tells it to the kernel, and Validate runs in its folder."""
    told = Path(os.environ.get("JPY_SESSION_NAME", ""))
    return told if told.suffix == ".ipynb" and told.exists() else Path("lab6_kmeans.ipynb")
