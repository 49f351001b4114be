"""A graded notebook acts on nobody who opens it.

JupyterLab shows a notebook with the cookies of whoever opens it: a picture's address is asked for at once, a link at a
click, and the address may be the server's own. Its Markdown is read by another parser than ours, and by the next
version's. So nothing is picked out of a text here: one that could become a link, a picture, HTML, a diagram or more
than a plain formula is written as one block of its own source, which no reader of Markdown looks into. Our pages make
their own of what was typed, which the cell keeps.
"""

import re
from textwrap import TextWrapper

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

from grading.shown.formulas import MARKS, is_tame
from grading.shown.html import OURS, UNDESCRIBED, cleaned, is_graders
from grading.shown.pictures import ALL_PIXELS, KINDS, pixels
from grading.shown.shorten import joined
from grading.shown.text import CONTROL

# What no link, picture or HTML can do without, whichever reader of Markdown it is made for, and what begins a diagram.
MAY_ACT = re.compile(r"<[a-z/!?]|\]\(|\]:|://|www\.|@|&#|&\w+;|mermaid", re.IGNORECASE)
ATTACHED = re.compile(r"!\[[\w .,-]*\]\(attachment:([\w.-]+)\)")
ESCAPED = (MARKS | set("\"#'()*+-./:=?@[]^`~\n")) - {"\\", "!"}         # in Markdown, beside TeX's own
DRAWN, ALL_DRAWN = 2_000, 20_000        # cells of tables, and formulas by ten, in a text and in all of them
HEADING = re.compile(r"<h|^[ \t>*+.)\d-]*(?:#|=+[ \t]*$|-[ \t]*$)", re.MULTILINE | re.IGNORECASE)
A_HEADING = 40          # of these: JupyterLab takes minutes for a list of thousands of headings
LEVELS, EMPHASES = 6, 1_000             # quotes and lists in each other, and signs of emphasis: their time grows fast
LEVEL = re.compile(r"^([ \t]*)((?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*)+)", re.MULTILINE)
# How a block's long lines are broken: at a space.
BREAKS = TextWrapper(100, break_long_words=False, break_on_hyphens=False, expand_tabs=False, replace_whitespace=False)
TYPED = "**Shown as it was typed.** This text holds what could become a link, a picture, HTML or a formula that is " \
    "not drawn, and what a submission brings acts on nobody who opens it. Feedback shows it formatted."

TEXTS = ("text/markdown", "text/latex", "text/plain")       # the last that is there is shown
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
SIZES = {"alt": str, "width": int, "height": int}
LARGEST = 4_000         # pixels of a side
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
OTHER_ORDERS = re.compile(r"\x1b(?!\[[0-9;]*m)|\x08")
ADDRESS = re.compile(r""":(?=//)|((?<=data):|(?<=www)\.)(?=[^\s"]{3})""", re.IGNORECASE)    # what JupyterLab looks for
PATH = re.compile(r"/(?! )|(?<! )/")      # but the sign between two numbers
SAID = "[Written by the grader: {}.]\n"


class Inert(NbGraderPreprocessor):
    """Leave nothing in a graded notebook that leads anywhere, runs, or takes a browser's memory; say so at its place.

    It comes after the scores are saved, which depend on the texts as they were typed.
    """

    def preprocess(self, nb, resources):
        """Do so for one notebook; see nbconvert."""
        self.left, self.pixels = ALL_DRAWN, ALL_PIXELS
        for cell in nb.cells:
            if "attachments" in cell:
                cell.attachments = NotebookNode({name: given for name, given in cell.attachments.items()
                                                 if all(self._is_small(*one) for one in given.items())})
            if cell.cell_type == "markdown" and not is_graders(cell):
                self._text(cell)
            elif cell.cell_type == "code":
                self._outputs(cell)
        return nb, resources

    def _text(self, cell):
        """Write a text as it was typed if it may act; keep it for our own pages, unless these would be too large."""
        few = self._is_drawn(cell.source)
        if few and not may_act(cell.source, cell.get("attachments", {})):
            return
        if few:
            cell.metadata[OURS] = NotebookNode(source=cell.source)
        cell.source = f"{TYPED}\n\n{block(cell.source)}"

    def _outputs(self, cell):
        said, kept = set(), []
        for output in cell.outputs:
            if output.output_type == "stream":
                output.text = _unlinked(joined(output.text), said, paths=output.name == "stderr")
            elif output.output_type == "error":
                output.ename, output.evalue = (_unlinked(joined(output[name]), said) for name in ("ename", "evalue"))
                shown = joined(output.traceback, "\n") or f"{output.ename}: {output.evalue}"
                output.traceback = _unlinked(shown, said, paths=not is_grade(cell)).split("\n")
            else:
                self._data(output, said)
            if output.get("data", True):
                kept.append(output)
        if said:
            kept.append(new_output("stream", name="stdout", text=SAID.format("; ".join(sorted(said)))))
        cell.outputs = kept

    def _data(self, output, said):
        given = {kind: joined(value) for kind, value in output.data.items()}
        data = {kind: given[kind] for kind in KINDS if BASE64.fullmatch(given.get(kind, "?"))
                and self._is_small(kind, given[kind])}
        for kind in filter(given.get, TEXTS):
            data["text/plain"] = _unlinked(given[kind], said)
        if "text/html" in given and self._is_drawn(given["text/html"]):
            data["text/html"] = f'<div class="mathjax_ignore">{cleaned(given["text/html"])}</div>'
        said |= {f"an output of {kind[:40]} is not shown" for kind in {*given} - {*data, *TEXTS}}
        output.data = NotebookNode(data)
        output.metadata = about_pictures(output.get("metadata", {}))

    def _is_small(self, kind, content):
        """Whether a browser has room for a picture; count it."""
        number = pixels(kind, content)
        few = 0 < number <= self.pixels
        self.pixels -= number if few else 0
        return few

    def _is_drawn(self, text):
        """Whether a page has room for a text's tables and formulas; count them."""
        size = drawn(text)
        few = size <= min(DRAWN, self.left)
        self.left -= size if few else 0
        return few


class AsTyped(Preprocessor):
    """Give our own pages, which clean what they show, the texts as they were typed.

    They write down what is said about a picture as it is, so of that they get no more than a graded notebook keeps; and
    each picture has an alternative text.
    """

    def preprocess_cell(self, cell, resources, index):
        """Do so for one cell; see nbconvert."""
        cell.source = cell.metadata.get(OURS, {}).get("source", cell.source)
        for output in cell.get("outputs", []):
            if "metadata" in output:
                output.metadata = about_pictures(output.metadata)
                for kind in {*KINDS} & {*output.data}:
                    output.metadata.setdefault(kind, NotebookNode()).setdefault("alt", UNDESCRIBED)
        return cell, resources


def may_act(source, attachments=()):
    """Whether Markdown could become more than words, lists, tables, plain formulas and attached pictures, once each."""
    shown = ATTACHED.findall(source)
    rest = ATTACHED.sub("![]", source)
    return bool(MAY_ACT.search(rest)) or not is_tame(rest, ESCAPED) or not is_flat(rest) or \
        len(shown) > len({*shown} & {*attachments})


def is_flat(source):
    """Whether few quotes and lists stand in each other: JupyterLab's reader takes hours for a staircase of them."""
    levels = (len(indent.expandtabs(4)) // 2 + len(marks.split()) + marks.count(">>")
              for indent, marks in LEVEL.findall(source))
    return max(levels, default=0) <= LEVELS and sum(map(source.count, "*_~")) <= EMPHASES and \
        not re.search(r"[>*_~]{7}|[-+]{200}", source)


def block(source):
    """Return Markdown that shows a text as it is: between fences that do not occur in it."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", source)), default=0))
    lines = (broken for line in source.splitlines() for broken in BREAKS.wrap(line) or [""])
    return "\n".join([fence, *lines, fence])


def drawn(text):
    """Return a bound of how many boxes a text can become: Markdown fills up each row to the widest."""
    lines = text.splitlines()
    columns = max((line.count("|") for line in lines), default=0)
    return text.lower().count("<t") + 5 * text.count("$") + A_HEADING * len(HEADING.findall(text)) + \
        (columns and (columns + 1) * len(lines))


def _unlinked(text, said, paths=False):
    """Return a text in which JupyterLab finds no address, colours or not; what is done is said.

    In errors it also asks the server for each path that it finds.
    """
    text = OTHER_ORDERS.sub("", CONTROL.sub("", re.sub("\r\n?", "\n", text)))
    if paths and PATH.search(text):
        said.add("in paths stands \u2215 for a slash, so that none is looked up")
        text = PATH.sub("\u2215", text)
    plain = COLOUR.sub("", text)
    if ADDRESS.search(plain):
        said.add("addresses are written with [:] or [.], so that a click on them leads nowhere")
        return ADDRESS.sub(lambda sign: f"[{sign[0]}]", plain)
    return text


def about_pictures(metadata):
    """Return of what is said about an output the alternative text and the size of each picture."""
    return NotebookNode({kind: _sizes(about) for kind, about in metadata.items()
                         if kind in KINDS and isinstance(about, dict)})


def _sizes(about):
    return NotebookNode({name: value for name, value in about.items()
                         if type(value) is SIZES.get(name) and (name == "alt" or 0 < value <= LARGEST)})
