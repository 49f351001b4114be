"""What remains of a submission's HTML in the feedback and in the formgrader: words, tables and pictures.

nbgrader's pages show Markdown as it comes, and nbconvert's own filter knows no table headers. Both pass their
HTML through a template filter by name; `nbgrader_config.py` puts these two in their place.
"""

import re

import bleach
from nbconvert.filters import strip_files_prefix

TAGS = frozenset("a b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol p pre s span strong sub "
                 "sup table caption colgroup col thead tbody tfoot tr th td u ul".split())
PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*\Z")
LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)


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
    return (tag, name) in {("img", "alt"), ("th", "scope"), ("th", "colspan"), ("td", "colspan"), ("th", "rowspan"),
                           ("td", "rowspan"), ("a", "title")} or name in ("class", "id")
