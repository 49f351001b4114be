"""What remains of a submission's HTML in the feedback and in the formgrader: words, tables and pictures.

nbgrader's pages show Markdown as it comes, and nbconvert's own filters know no table headers and no end. Both pass
Markdown, HTML, source and text through template filters by name; `nbgrader_config.py` puts ours in their place. Each
puts what it makes into a box that clips what would leave it, and lets MathJax see approved formulas alone.
"""

import html as escaping
import re
from functools import lru_cache, wraps
from itertools import accumulate
from pathlib import Path

import nbgrader
from bleach import Cleaner
from bleach.html5lib_shim import Filter
from jinja2 import BytecodeCache, pass_context
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML, ansi2html, strip_files_prefix
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.token import STANDARD_TYPES

from grading.lab import lab
from grading.shown.formulas import FORMULA, is_drawn
from grading.shown.pictures import pixels

OURS = "lab6"           # the key of our metadata of a cell: {"source": what was typed} or {"by": "grader"}
BY_GRADER = {OURS: {"by": "grader"}}    # which no submission's cell has: what it says of its cells is dropped
FORMGRADER = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"
# Where our part of the feedback's page lies, before nbgrader's own; and where that is found by its whole name, and the
# styles that it writes into the page.
TEMPLATES = [str(Path(__file__).parent / "templates"), str(FORMGRADER / "templates")]
INCLUDED = [str(FORMGRADER / "templates"), str(FORMGRADER / "static/node_modules/bootstrap/dist/css")]
TAGS = frozenset("a b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol p pre s span strong sub "
                 "sup table caption colgroup col thead tbody tfoot tr th td u ul".split())
PICTURE = re.compile(r"data:(image/(?:png|jpeg|gif));base64,([A-Za-z0-9+/=\s]*)\Z")
INLINE = 4_000_000          # pixels of a picture in a text
LOOKS = {"highlight", *STANDARD_TYPES.values()}     # what colours source; no class that a page's own scripts look for
# Tags that an HTML parser opens again in each paragraph until they are closed: three of each at most if none differs.
REOPENED = re.compile(r"<(b|code|em|i|s|strong|u)\b[^>]*>", re.IGNORECASE)
OPENED, DEEPEST = re.compile(r"<(/?)(?!(?:br|hr|img|col)\b)[a-z]", re.IGNORECASE), 300      # tags in each other
LANGUAGES = {"python", "python3", "py"}     # the highlighting of others may never end, and IPython's takes others in
LONGEST_PAGE = 500_000      # characters of HTML that a cell's Markdown may become, pictures not counted
ADDRESS = 200               # characters of an address that are shown
UNDESCRIBED = "A picture without a description"
SHORT, REMEMBERED = 5_000, 128      # characters of a text whose page is remembered, and how many are
# MathJax leaves out the first class and, inside it, draws the second alone.
BOX = '<{0} class="tex2jax_ignore" style="contain: paint; isolation: isolate; overflow: auto hidden{1}">{2}</{0}>'
LINE = "; display: inline-block; max-width: 100%; vertical-align: top"
FORMULA_CLASS = "tex2jax_process"


def remembered(function):
    """Make a pure function of a text remember what it made of short ones: an assignment's stand in each submission."""
    remembering = lru_cache(REMEMBERED)(function)

    @wraps(function)
    def remember(text, *more):
        return (remembering if len(text) <= SHORT else function)(text, *more)
    return remember


def clean(html):
    """Return HTML without anything that runs, loads, leads elsewhere, or looks like a part of the page, in its box.

    What is not allowed is shown as text, and so is the address of each link.
    """
    return BOX.format("div", "", cleaned(str(html)))


@remembered
def cleaned(html, *more):
    """Do what `clean` does without the box, with more filters of html5lib's kind."""
    # The parser's time grows with the square of the depth.
    depth = max(accumulate(1 - 2 * len(end) for end in OPENED.findall(html)), default=0)
    alike = REOPENED.sub(r"<\1>", html) if depth <= DEEPEST else escaping.escape(html)
    return Cleaner(tags=TAGS, attributes=_is_allowed, protocols={"http", "https", "mailto", "data"},
                   filters=[_InWords, *more]).clean(alike)


def is_graders(cell):
    """Whether a cell of a graded notebook is the grader's own."""
    return cell.get("metadata", {}).get(OURS) == BY_GRADER[OURS]


@pass_context
def clean_markdown(context, html):
    """Do what nbconvert's filter ``strip_files_prefix`` does to Markdown turned into HTML, and clean it.

    A cell of the grader's own stands in a box that no submission can make.
    """
    shown = BOX.format("div", "", cleaned(strip_files_prefix(html), _Formulas))
    return f'<div class="alert alert-info">{shown}</div>' if is_graders(context.get("cell", {})) else shown


@pass_context
def markdown(context, source):
    """Do what nbconvert's filter ``markdown2html`` does, in a time and a size that a submission does not choose.

    Each attached picture is shown once, one that is missing leaves its words, and source of other languages than
    Python has no colours.
    """
    attached = context.get("cell", {}).get("attachments", {})
    return _with_pictures(source, attached) if attached else _without_pictures(source)


@remembered
def _without_pictures(source):
    return _with_pictures(source, {})


def _with_pictures(source, attached):
    attached = _Once(attached)
    renderer = _Renderer(escape=False, attachments=attached, exclude_anchor_links=True)
    page = MarkdownWithMath(renderer=renderer).render(source)
    if len(page) - attached.shown > LONGEST_PAGE:
        return f"<pre>{escaping.escape(source)}</pre>"
    return page


def text(source):
    """Do what nbconvert's filter ``ansi2html`` does to a text or a line of it, in a box."""
    return BOX.format("span", LINE, ansi2html(source))


def python(source, language=None, metadata=None):
    """Do what nbconvert's filter ``highlight_code`` does, in a box, and whatever is named, for Python alone.

    For IPython nbconvert takes any language that a magic names, and some of their highlighters never end.
    """
    return BOX.format("div", "", _coloured(source))


@remembered
def _coloured(source):
    return Highlight2HTML("python")(source)


class _Renderer(IPythonRenderer):
    """nbconvert's own, which takes any language's way of highlighting."""

    def block_code(self, code, info=None):
        """Return a block of source as HTML; see nbconvert."""
        named = (info or "").lower().split()[:1]
        return super().block_code(code, named[0] if named and named[0] in LANGUAGES else None)


class _Once(dict):
    """A cell's attachments, each given once, with an empty picture for all others."""

    shown = 0           # characters given

    def __contains__(self, name):
        return True

    def __getitem__(self, name):
        picture = self.pop(name, None) or {"image/png": ""}
        self.shown += sum(map(len, picture.values()))
        return picture


class _InWords(Filter):
    """Writes the address of each link, and each picture that is not there itself, in words."""

    def __iter__(self):
        address = words = ""
        for token in super().__iter__():
            kind, name = token["type"], token.get("name")
            if kind in ("StartTag", "EmptyTag") and name == "img":
                yield _picture(token)
            elif name == "a" and kind != "Entity":
                if address and address != words:
                    yield _words(f" ({address[:ADDRESS]})")
                address, words = token["data"].get((None, "href"), "") if kind == "StartTag" else "", ""
                address = escaping.unescape(address)
            else:
                words += token["data"] if kind.endswith("Characters") else _entity(token)
                yield token


class _Formulas(Filter):
    """Marks the formulas that MathJax draws."""

    def __iter__(self):
        source, text = 0, ""
        for token in super().__iter__():
            kind, name = token["type"], token.get("name")
            if kind in ("Characters", "SpaceCharacters") and not source:
                text += token["data"]
            elif kind == "Entity" and not source:
                text += _entity(token)
            else:
                yield from _drawn(text)
                yield token
                source += {"StartTag": 1, "EndTag": -1}.get(kind, 0) * (name in ("pre", "code"))
                text = ""
        yield from _drawn(text)


def _drawn(text):
    end = 0
    for found in FORMULA.finditer(text):
        if is_drawn(formula := found[1] or found[2]):
            yield _words(text[end:found.start()])
            yield {"type": "StartTag", "namespace": None, "name": "span", "data": {(None, "class"): FORMULA_CLASS}}
            yield _words(rf"\[{formula}\]" if found[1] else rf"\({formula}\)")
            yield {"type": "EndTag", "namespace": None, "name": "span", "data": {}}
            end = found.end()
    yield _words(text[end:])


def _entity(token):
    return escaping.unescape(f"&{token['name']};") if token["type"] == "Entity" else ""


def _words(text):
    return {"type": "Characters", "data": text}


def _picture(token):
    """Return a picture with an alternative text, or one that is not there itself in words."""
    about = token["data"]
    if _is_picture(about):
        about.setdefault((None, "alt"), UNDESCRIBED)
        return token
    said = [about.get((None, place)) for place in ("alt", "src")]
    return _words(f"[a picture that is not shown: {', '.join(filter(None, said))[:ADDRESS]}]")


def _is_picture(attributes):
    found = PICTURE.match(attributes.get((None, "src"), ""))
    return found and 0 < pixels(found[1], found[2]) <= INLINE


def _is_allowed(tag, name, value):
    if name == "class":
        return tag in ("div", "span") and LOOKS.issuperset(value.split())
    return (tag, name) in {("img", "src"), ("img", "alt"), ("a", "href"), ("th", "scope")}


def graded_cells(cells):
    """Return the graded cells, those first that lost the most."""
    graded = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    return sorted(graded, key=lambda cell: (cell.metadata.nbgrader.score or 0) - cell.metadata.nbgrader.points)


def called(grade_id):
    """Name a graded cell as its readers know it: "Step f", "Homework 2"."""
    prefix = lab().prefix
    known = f"step {grade_id.removeprefix(prefix)}" if grade_id.startswith(prefix) else grade_id.replace("_", " ")
    return escaping.escape(known[:1].upper() + known[1:])


class FeedbackExporter(HTMLExporter):
    """nbconvert's, whose templates are compiled once in a process, and whose pages are not read again.

    nbconvert reads the page that it made once more, for pictures without an alternative text, which here have one
    already (see `_InWords` and `grading.shown.inert.AsTyped`), and for cells of another template. This takes as long
    as making it.
    """

    def from_notebook_node(self, nb, resources=None, **kwargs):
        """Return the page of a notebook, and the resources; see nbconvert."""
        return TemplateExporter.from_notebook_node(self, nb, resources, **kwargs)

    @property
    def environment(self):
        """Where templates are found and kept; see nbconvert."""
        made = super().environment
        made.bytecode_cache = COMPILED
        return made


class _Compiled(BytecodeCache):
    """Keeps compiled templates in memory; see jinja2."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket):
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = _Compiled()
# By the names that the templates of nbconvert and of the formgrader know them by.
FILTERS = {"clean_html": clean, "strip_files_prefix": clean_markdown, "markdown2html": markdown,
           "highlight_code": python, "ansi2html": text, "graded_cells": graded_cells, "called": called}
