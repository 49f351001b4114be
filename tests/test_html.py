"""What a submission shows to others cannot run, load or pretend anything."""

from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import PyFileConfigLoader

from grading.corpus import ROOT
from grading.html import TAGS, PlainOutputs, clean

TABLE = ('<table><caption>A table</caption><thead><tr><th scope="col">k</th></tr></thead>'
         '<tbody><tr><th scope="row">1</th></tr></tbody></table>')
HARMLESS = ["<b>bold</b>", TABLE, "<h2>Title</h2>",
            '<img alt="nine digits" src="data:image/png;base64,AAAA">', '<a href="https://scikit-learn.org">docs</a>']
HARMFUL = ["<script>attack()</script>", "<img src=x onerror=attack()>", '<a href="javascript:attack()">x</a>',
           "<svg onload=attack()></svg>", '<iframe src="https://a.b"></iframe>', "<style>* {display: none}</style>",
           '<img src="https://a.b/who-looks.png">', '<form action="https://a.b"><input name=q></form>',
           '<a href="data:text/html,attack()">x</a>', '<div style="position: fixed">10/10</div>',
           '<object data="https://a.b"></object>', '<meta http-equiv="refresh" content="0;url=https://a.b">',
           '<img src="data:image/svg+xml;base64,AAAA">', "<math><script>attack()</script></math>",
           '<base href="https://a.b">', '<span id="homework_2">x</span>', '<p class="comment tabbable">x</p>',
           "<!-- --><script>attack()</script>"]


class Live(HTMLParser):
    """Collects what would run, load or cover the page."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag not in TAGS or {name for name in values if name.startswith("on") or name == "style"}:
            self.found.append((tag, values))
        if "id" in values or "tabbable" in values.get("class", ""):
            self.found.append((tag, values))
        if not (values.get("src") or "data:image/png").startswith("data:image/png"):
            self.found.append((tag, values))
        if not (values.get("href") or "#").startswith(("#", "https://scikit-learn.org")):
            self.found.append((tag, values))


@pytest.mark.parametrize("html", HARMLESS)
def test_words_tables_and_pictures_stay(html):
    assert clean(html) == html


@pytest.mark.parametrize("html", HARMFUL)
def test_nothing_that_runs_or_loads_stays(html):
    assert Live(html).found
    assert Live(clean(html)).found == []


def page_of(*cells):
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    graded = nbformat.v4.new_notebook(cells=list(cells), metadata={
        "language_info": {"name": "python", "pygments_lexer": "ipython3"}})
    return HTMLExporter(config=config).from_notebook_node(graded)[0]


def test_a_picture_that_is_attached_is_shown_once_and_one_that_is_missing_leaves_its_words():
    attached = {"a.png": {"image/png": "QUJD"}, "empty.png": {}}
    page = page_of(nbformat.v4.new_markdown_cell(
        "![mine](attachment:a.png) ![again](attachment:a.png) ![lost](attachment:b.png) ![none](attachment:empty.png)",
        attachments=attached))
    assert page.count("data:image/png;base64,QUJD") == 1 and page.count("data:image/png;base64,\"") == 3
    assert all(f'alt="{words}"' in page for words in ("mine", "again", "lost", "none"))


def test_python_has_its_colours_and_another_language_none():
    page = page_of(nbformat.v4.new_markdown_cell("```Python\nimport x\n```\n\n```perl\nimport y\n```\n\n```\nz\n```"))
    assert '<span class="kn">import</span>' in page and "<code>import y\n</code>" in page and "<code>z" in page
    script = "%%javascript\nvar x = 1"
    for cell in (nbformat.v4.new_code_cell(script), nbformat.v4.new_markdown_cell(f"```ipython3\n{script}\n```")):
        assert '<span class="kd">' not in page_of(cell)
    assert '<span class="kn">import</span>' in page_of(nbformat.v4.new_code_cell("import x"))


def test_the_words_and_the_size_of_a_picture_stay():
    size = {"image/png": {"alt": "ten digits", "width": 50, "height": 20, "more": 1}, "text/html": {"isolated": True}}
    cell = nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("display_data", {}, metadata=size)])
    PlainOutputs().preprocess_cell(cell, {}, 0)
    assert cell.outputs[0].metadata == {"image/png": {"alt": "ten digits", "width": 50, "height": 20}}


@pytest.mark.parametrize("template", ["feedback", "formgrade"])
def test_neither_page_of_nbgrader_runs_what_a_submission_brings(template):
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    config.HTMLExporter.template_name = template
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    static = Path(handlers.template_path).parent / "static" / "node_modules" / "bootstrap" / "dist" / "css"
    config.HTMLExporter.extra_template_paths = [str(static)]
    notebook = nbformat.v4.new_notebook()
    answer = {"nbgrader": {"grade": True, "grade_id": "homework_1", "points": 1, "solution": True, "locked": False,
                           "schema_version": 3, "task": False, "score": 0, "comment": "\n".join(HARMFUL)}}
    everything = "\n\n".join(["MARK", *HARMFUL, "[x](javascript:attack())", "# homework_2", "MARK"])
    notebook.cells = [nbformat.v4.new_markdown_cell(everything), nbformat.v4.new_raw_cell(everything),
                      nbformat.v4.new_markdown_cell(everything, metadata=answer),
                      nbformat.v4.new_code_cell("'<script>attack()</script>'", outputs=[
                          nbformat.v4.new_output("display_data", {kind: everything, "text/plain": "plain"})
                          for kind in ("text/html", "text/markdown", "image/svg+xml", "application/javascript",
                                       "text/latex", "text/plain")]
                          + [nbformat.v4.new_output("display_data", {kind: "AAAA"}, metadata={
                              kind: {name: "1 onload=measure()" for name in ("width", "height", "unconfined")}})
                             for kind in ("image/png", "image/jpeg")])]
    place = {"index": 0, "total": 1, "base_url": "", "assignment_id": "a", "notebook_id": "n", "submission_id": "s",
             "notebook_path": "", "last_name": "", "first_name": "", "mathjax_url": ""}
    resources = {**place, "nbgrader": {"score": 0, "max_score": 1, "late_penalty": 0, "notebook": "n",
                                       "assignment": "a"}}
    page, _ = HTMLExporter(config=config).from_notebook_node(notebook, resources=resources)
    assert "measure()" not in page
    shown = page.split("MARK")
    assert len(shown) > 9
    for part in shown[1::2]:
        assert Live(part).found == []
