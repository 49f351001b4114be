"""What remains of a submission's HTML in the feedback and in the formgrader: words, tables and pictures.

nbgrader's pages show Markdown as it comes, and nbconvert's own filters know no table headers and no end. Both pass
Markdown and HTML through template filters by name; `nbgrader_config.py` puts ours in their place. What is said
about an output they write into their pages as it is, so only what is known stays of it.
"""

import html as escaping
import re

import bleach
from jinja2 import pass_context
from nbconvert.filters import Highlight2HTML, strip_files_prefix
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

TAGS = frozenset("a b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol p pre s span strong sub "
                 "sup table caption colgroup col thead tbody tfoot tr th td u ul".split())
PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*\Z")
LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
# What colours source and text, and frames a note; no class that a page's own scripts look for.
LOOKS = re.compile(r"highlight|hl-[a-z0-9-]+|ansi-[a-z0-9-]+|[a-z]{1,2}[0-9a-z]?|alert|alert-[a-z]+|anchor-link")
# Tags that an HTML parser opens again in each paragraph until they are closed: three of each at most if none differs.
REOPENED = re.compile(r"<(b|code|em|i|s|strong|u)\b[^>]*>", re.IGNORECASE)
LANGUAGES = {"python", "python3", "py"}     # the highlighting of others may never end, and IPython's takes others in
LONGEST_PAGE = 500_000      # characters of HTML that a cell's Markdown may become, pictures not counted


class PlainOutputs(Preprocessor):
    """Leave of what is said about each output the alternative text and the size of a picture."""

    def preprocess_cell(self, cell, resources, index):
        """Do so for one cell; see nbconvert."""
        for output in cell.get("outputs", []):
            if "metadata" in output:
                output.metadata = NotebookNode({kind: _about_picture(said) for kind, said in output.metadata.items()
                                                if kind.startswith("image/") and isinstance(said, dict)})
        return cell, resources


def _about_picture(said):
    return {name: value for name, value in said.items()
            if isinstance(value, {"alt": str, "width": int, "height": int}.get(name, ()))}


def clean(html):
    """Return HTML without anything that runs, loads from elsewhere, or looks like a part of the page.

    Parameters
    ----------
    html : str

    Returns
    -------
    str
        What is not allowed is shown as text.
    """
    alike = REOPENED.sub(r"<\1>", str(html))
    return bleach.clean(alike, tags=TAGS, attributes=_is_allowed, protocols={"http", "https", "mailto", "data"})


def clean_markdown(html):
    """Do what nbconvert's filter ``strip_files_prefix`` does to Markdown turned into HTML, and clean it."""
    return clean(strip_files_prefix(html))


@pass_context
def markdown(context, source):
    """Do what nbconvert's filter ``markdown2html`` does, in a time and a size that a submission does not choose.

    Each attached picture is shown once, one that is missing leaves its words, and source of other languages than
    Python has no colours.

    Parameters
    ----------
    context : jinja2.runtime.Context
    source : str

    Returns
    -------
    str
    """
    attached = _Once(context.get("cell", {}).get("attachments", {}))
    renderer = _Renderer(escape=False, attachments=attached, exclude_anchor_links=True)
    page = MarkdownWithMath(renderer=renderer).render(source)
    if len(page) - attached.shown > LONGEST_PAGE:
        return f"<pre>{escaping.escape(source)}</pre>"
    return page


class PythonSource(Highlight2HTML):
    """nbconvert's filter ``highlight_code`` for Python alone: for IPython it takes any language that a magic names."""

    def __init__(self, **kwargs):
        super().__init__("python", **kwargs)


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


def _is_allowed(tag, name, value):
    if name == "src":
        return tag == "img" and bool(PICTURE.match(value))
    if name == "href":
        return tag == "a" and bool(LINK.match(value))
    if name == "class":
        return all(map(LOOKS.fullmatch, value.split()))
    return (tag, name) in {("img", "alt"), ("th", "scope"), ("th", "colspan"), ("td", "colspan"), ("th", "rowspan"),
                           ("td", "rowspan"), ("a", "title")}
