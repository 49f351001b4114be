"""What remains of a submission's HTML in the feedback and in the formgrader: words, tables and pictures.

nbgrader's pages show Markdown as it comes, and nbconvert's own filter knows no table headers. Both pass their
HTML through a template filter by name; `nbgrader_config.py` puts these two in their place. What is said about an
output they write into their pages as it is, so only what is known stays of it.
"""

import re

import bleach
from nbconvert.filters import strip_files_prefix
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

TAGS = frozenset("a b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol p pre s span strong sub "
                 "sup table caption colgroup col thead tbody tfoot tr th td u ul".split())
PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*\Z")
LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
# What colours source and text, and frames a note; no class that a page's own scripts look for.
LOOKS = re.compile(r"highlight|hl-[a-z0-9-]+|ansi-[a-z0-9-]+|[a-z]{1,2}[0-9a-z]?|alert|alert-[a-z]+|anchor-link")


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
    return bleach.clean(str(html), tags=TAGS, attributes=_is_allowed, protocols={"http", "https", "mailto", "data"})


def clean_markdown(html):
    """Do what nbconvert's filter ``strip_files_prefix`` does to Markdown turned into HTML, and clean it."""
    return clean(strip_files_prefix(html))


def _is_allowed(tag, name, value):
    if name == "src":
        return tag == "img" and bool(PICTURE.match(value))
    if name == "href":
        return tag == "a" and bool(LINK.match(value))
    if name == "class":
        return all(map(LOOKS.fullmatch, value.split()))
    return (tag, name) in {("img", "alt"), ("th", "scope"), ("th", "colspan"), ("td", "colspan"), ("th", "rowspan"),
                           ("td", "rowspan"), ("a", "title")}
