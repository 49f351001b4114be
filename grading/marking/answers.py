"""What is shown of each answer: its text, harmless, and what was verified of its submission, from graded notebooks."""

import json
from pathlib import Path
from typing import NamedTuple

import nbformat

from grading.lab import grade_id_of, lab
from grading.shown import html, marking, rubric
from grading.shown.html import OURS
from grading.submission.outcome import notebook_of, ours

NOTHING = {"facts": {}, "numbers": {}, "sheet": {}}


class Question(NamedTuple):
    """A question: its title, its words as HTML, and the items of its marking scheme."""

    name: str
    title: str
    html: str
    items: list


class Submission(NamedTuple):
    """A graded submission: the cells of its answers by name, and what stands beside them; see `submission.beside`."""

    cells: dict
    beside: dict


class Answers:
    """The answers in a course's graded notebooks, each read once as long as it stays the same.

    Parameters
    ----------
    coursedir : nbgrader.coursedir.CourseDirectory
    """

    def __init__(self, coursedir):
        self.coursedir, self.kept, self.pages, self.asked = coursedir, {}, {}, (None, {})

    def questions(self, names):
        """Return the questions that have these names, in the order of the source notebook."""
        folder = self.coursedir.format_path(self.coursedir.source_directory, ".", lab().name)
        path = Path(folder, lab().file)
        key = path.stat().st_mtime_ns if path.exists() else 0, (*names,)
        if self.asked[0] != key:
            self.asked = key, _questions(path, names)
        return self.asked[1]

    def submission(self, student):
        """Return a graded submission, or None while there is none."""
        path = self._path(student)
        try:
            about = path.stat()
        except OSError:
            return None
        key = about.st_mtime_ns, about.st_size
        if self.kept.get(student, (None,))[0] != key:
            self.kept[student] = key, _read(path)
        return self.kept[student][1]

    def sheet(self, student):
        """Return the picture of a submission's sheet, as base64, or nothing."""
        return ours(notebook_of(self._path(student))).get("beside", NOTHING)["sheet"].get("png", "")

    def shown(self, cell):
        """Return an answer as HTML that does nothing, in a box that it cannot leave."""
        key = json.dumps(cell, sort_keys=True)
        if key not in self.pages:
            self.pages[key] = _shown(cell)
        return self.pages[key]

    def _path(self, student):
        folder = self.coursedir.format_path(self.coursedir.autograded_directory, student, lab().name)
        return Path(folder, lab().file)


def typed(cell):
    """Return what was typed into an answer."""
    source = cell["metadata"].get(OURS, {}).get("source", cell["source"])
    return source if type(source) is str else "".join(source)


def _questions(path, names):
    schemes, placed, above = marking.schemes_in(path), {}, ""
    for cell in nbformat.read(path, as_version=4).cells if path.exists() else []:
        name = grade_id_of(cell)
        if name in names:
            (title, words), scheme = _asked(above), schemes.get(name, "")
            shown = _shown({"source": words, "metadata": {}})
            placed[name] = Question(name, title or _called(name), shown, rubric.items_of(scheme))
        elif cell.cell_type == "markdown":
            above = cell.source
    return {**placed, **{name: Question(name, _called(name), "", []) for name in names if name not in placed}}


def _read(path):
    notebook = notebook_of(path)
    named = ((grade_id_of(cell), cell) for cell in notebook["cells"] if cell.get("cell_type") == "markdown")
    beside = ours(notebook).get("beside") or NOTHING
    sheet = {name: value for name, value in beside["sheet"].items() if name != "png"}
    return Submission({name: cell for name, cell in named if name}, {**beside, "sheet": sheet})


def _shown(cell):
    context = {"cell": cell}
    return html.clean_markdown(context, html.markdown(context, typed(cell)))


def _asked(text):
    """Return the title and the words of a question: of what stands above its answer, what follows the last heading."""
    lines = text.split("\n")
    start = max((i for i, line in enumerate(lines) if line.startswith("#")), default=None)
    if start is None:
        return "", text
    return lines[start].lstrip("# "), "\n".join(lines[start + 1:]).strip()


def _called(name):
    return name.replace("_", " ").capitalize()
