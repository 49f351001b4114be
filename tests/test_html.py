"""What a submission shows to others cannot run, load or pretend anything."""

import re
from html import unescape
from html.parser import HTMLParser

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import markdown2html_mistune
from nbformat.v4 import new_markdown_cell
from traitlets.config import PyFileConfigLoader

from grading.lab import ROOT
from grading.shown.html import (
    BY_GRADER,
    INCLUDED,
    TAGS,
    UNDESCRIBED,
    FeedbackExporter,
    clean_markdown,
    cleaned,
    markdown,
)

TABLE = ('<table><caption>A table</caption><thead><tr><th scope="col">k</th></tr></thead>'
         '<tbody><tr><th scope="row">1</th></tr></tbody></table>')
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
HARMLESS = ["<b>bold</b>", TABLE, "<h2>Title</h2>",
            f'<img alt="nine digits" src="data:image/png;base64,{PNG}">']
HARMFUL = ["<script>attack()</script>", "<img src=x onerror=attack()>", '<a href="javascript:attack()">x</a>',
           "<svg onload=attack()></svg>", '<iframe src="https://a.b"></iframe>', "<style>* {display: none}</style>",
           '<img src="https://a.b/who-looks.png">', '<form action="https://a.b"><input name=q></form>',
           '<a href="data:text/html,attack()">x</a>', '<div style="position: fixed">10/10</div>',
           '<object data="https://a.b"></object>', '<meta http-equiv="refresh" content="0;url=https://a.b">',
           '<img src="data:image/svg+xml;base64,AAAA">', "<math><script>attack()</script></math>",
           '<base href="https://a.b">', '<a href="https://a.b">x</a>', '<a href="//a.b">x</a>', "[x](http://a.b)",
           '<a href="/formgrader?path=submitted/x">x</a>', '<img src="/formgrader?path=submitted/x">', "<http://a.b>",
           "![x](../../formgrader?path=submitted/x)", "[x]: /formgrader?path=x\n\n[x]", "https://a.b www.a.b c@a.b",
           '<div class="alert alert-info">Marking scheme</div>', '<span class="btn">Full credit</span>',
           '<table><tr><td colspan="1000" rowspan="65534">x</td></tr></table>',
           '<span class="tex2jax_process">\\(x\\)</span>', '<span id="homework_2">x</span>',
           '<p class="comment tabbable">x</p>',
           "<!-- --><script>attack()</script>"]


OURS = re.compile("contain: paint; isolation: isolate; overflow: auto hidden(; display: inline-block.*)?")


class Live(HTMLParser):
    """Collects what would run, load or cover the page."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        known = {"class", "alt", "scope", "src", *(["style"] if OURS.fullmatch(values.get("style", "")) else [])}
        looks = {*values.get("class", "").split()} & {"tabbable", "alert", "btn", "tex2jax_process"}
        if tag not in TAGS - {"a"} or {*values} - known or looks:
            self.found.append((tag, values))
        if not values.get("src", "data:image/png").startswith("data:image/png"):
            self.found.append((tag, values))


@pytest.mark.parametrize("tags", ["<ul><li>", "<div>", "<table><tr><td>"])
def test_what_is_too_deep_is_shown_as_text(tags):
    assert "<" not in cleaned(tags * 400) and cleaned(tags * 90).startswith(tags[:4])
    assert cleaned("<br>" * 500 + "<p>x</p>" * 500).startswith("<br><br>")


@pytest.mark.parametrize("html", HARMLESS)
def test_words_tables_and_pictures_stay(html):
    assert cleaned(html) == html


@pytest.mark.parametrize("html", HARMFUL)
def test_nothing_that_runs_loads_leads_elsewhere_or_imitates_the_page_stays(html):
    assert Live(markdown2html_mistune(html)).found
    assert Live(cleaned(html)).found == [] == Live(answer(html)).found


@pytest.mark.parametrize(("source", "shown"), [
    ("[words](http://a.b?c=1&d=2)", "words (http://a.b?c=1&amp;d=2)"), ("https://a.b/?c=1&d=2", "https://a.b/?c=1&amp;d=2"),
    ("[x](/formgrader?path=y)", "x (/formgrader?path=y)"), ("![ten](http://a.b/c.png)",
                                                           "[a picture that is not shown: ten, http://a.b/c.png]")])
def test_the_address_of_a_link_stands_there_in_words(source, shown):
    assert f"<p>{shown}</p>" in answer(source)


@pytest.mark.parametrize("formula", [r"\sum_{i=1}^n \min_k \|x_i - \mu_k\|^2", r"a < b", r"\frac{1}{2}", "k"])
def test_a_formula_that_answers_need_is_drawn(formula):
    [shown] = re.findall(r'<span class="tex2jax_process">\\\((.*?)\\\)</span>', answer(f"An answer: ${formula}$."))
    assert unescape(shown) == formula
    assert r'<span class="tex2jax_process">\[' in answer(f"$${formula}$$")


@pytest.mark.parametrize("formula", [
    r"\rlap{x}", r"\smash{x}", r"\raise 9em x", r"\bbox[red]{x}", r"\rule{9em}{9em}", r"\href{x}{y}", r"\style{x}{y}",
    r"\class{alert}{x}", r"\unicode{x41}", r"\require{html}", r"\def\x{y}", r"\hspace{-50em}", r"\kern-9em x",
    r"x\!\!x", r"\mmlToken{mi}{x}", r"\color{red}x", r"a \\[-9em] b", r"\begin{matrix}x\end{matrix}", "{x", "x}{",
    "x" * 501, "{" * 11 + "}" * 11, r"\hat" * 101 + " x"])
def test_another_is_shown_as_text(formula):
    assert "tex2jax_process" not in answer(f"${formula}$") + answer(f"$${formula}$$") + cleaned(f"${formula}$")
    assert 'class="tex2jax_ignore"' in answer(f"${formula}$")


def test_the_graders_cells_stand_in_a_box_that_no_answer_has():
    scheme = "**Marking scheme** <div class='alert alert-info'>x</div>"
    assert answer(scheme, BY_GRADER).count('<div class="alert') == 1 and '<div class="alert' not in answer(scheme)


def answer(source, metadata=None):
    """Return what a page of nbgrader's shows of a written answer."""
    context = {"cell": new_markdown_cell(source, metadata=metadata or {})}
    return clean_markdown(context, markdown(context, source))


def page_of(*cells):
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    graded = nbformat.v4.new_notebook(cells=list(cells), metadata={
        "language_info": {"name": "python", "pygments_lexer": "ipython3"}})
    return HTMLExporter(config=config).from_notebook_node(graded)[0]


def test_a_picture_that_is_attached_is_shown_once_and_one_that_is_missing_leaves_its_words():
    attached = {"a.png": {"image/png": PNG}, "empty.png": {}}
    page = page_of(nbformat.v4.new_markdown_cell(
        "![mine](attachment:a.png) ![again](attachment:a.png) ![lost](attachment:b.png) ![none](attachment:empty.png)",
        attachments=attached))
    assert page.count(f"data:image/png;base64,{PNG}") == 1 and 'alt="mine"' in page
    assert all(f"a picture that is not shown: {words}" in page for words in ("again", "lost", "none"))


def test_each_picture_in_feedback_has_an_alternative_text():
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    picture = f'<img src="data:image/png;base64,{PNG}">'
    cells = [nbformat.v4.new_markdown_cell(picture), nbformat.v4.new_code_cell("x", outputs=[
        nbformat.v4.new_output("display_data", given, metadata=about) for given, about in (
            ({"image/png": PNG}, {}), ({"image/jpeg": "/9j/"}, {"image/jpeg": {"width": 9}}),
            ({"text/html": picture}, {}), ({"image/png": PNG}, {"image/png": {"alt": "nine digits"}}))])]
    resources = {"nbgrader": {"score": 0, "max_score": 0, "late_penalty": 0, "notebook": "n", "assignment": "a"}}
    page, _ = FeedbackExporter(config=config).from_notebook_node(nbformat.v4.new_notebook(cells=cells), resources)
    pictures = re.findall("<img[^>]*>", page)
    assert len(pictures) == 5 and sum(f'alt="{UNDESCRIBED}"' in one for one in pictures) == 4
    assert sum('alt="nine digits"' in one for one in pictures) == 1


def test_a_text_is_shown_alike_when_it_comes_again_and_each_in_its_own_way():
    source = "A **text**, and ![mine](attachment:a.png)"
    attached = [{"cell": new_markdown_cell(source, attachments={"a.png": {"image/png": one}} if one else {})}
                for one in (PNG, "", PNG)]
    first, lost, again = (clean_markdown(one, markdown(one, source)) for one in attached)
    assert first == again and PNG in first and "a picture that is not shown: mine" in lost
    formula = {"cell": new_markdown_cell("$x$")}
    assert "tex2jax_process" in clean_markdown(formula, "<p>$x$</p>") and "tex2jax_process" not in cleaned("<p>$x$</p>")


def test_python_has_its_colours_and_another_language_none():
    page = page_of(nbformat.v4.new_markdown_cell("```Python\nimport x\n```\n\n```perl\nimport y\n```\n\n```\nz\n```"))
    assert '<span class="kn">import</span>' in page and "<code>import y\n</code>" in page and "<code>z" in page
    script = "%%javascript\nvar x = 1"
    for cell in (nbformat.v4.new_code_cell(script), nbformat.v4.new_markdown_cell(f"```ipython3\n{script}\n```")):
        assert '<span class="kd">' not in page_of(cell)
    assert '<span class="kn">import</span>' in page_of(nbformat.v4.new_code_cell("import x"))


def test_the_list_on_top_of_feedback_names_the_steps_with_what_was_lost_first():
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    scores = {"check_a": (1, 1), "check_f": (0, 1), "homework_2": (0.5, 2), "essay<x>": (0, 3)}
    cells = [nbformat.v4.new_markdown_cell("x", metadata={"nbgrader": {
        "grade": True, "grade_id": name, "points": points, "solution": True, "score": score, "locked": False,
        "task": False, "comment": "Well." if name == "homework_2" else ""}})
        for name, (score, points) in scores.items()]
    resources = {"nbgrader": {"score": 1.5, "max_score": 7, "late_penalty": 1.5, "notebook": "n", "assignment": "a"}}
    page, _ = FeedbackExporter(config=config).from_notebook_node(nbformat.v4.new_notebook(cells=cells), resources)
    listed = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page.split('id="toc">')[1].split("</ul>")[0]))
    assert listed == " Essay&lt;x&gt;: 0.0 / 3.0 Homework 2: 0.5 / 2.0, with a comment Step f: 0.0 / 1.0 " \
        "Step a: 1.0 / 1.0 Late: -1.5 "
    assert "n: 1.5 / 7.0" in page and page.count('id="toc"') == 1 and page.count("Comments:") == 1
    assert page.count('name="check_f"') == 1 and 'href="#check_f"' in page


@pytest.mark.parametrize("template", ["steps", "formgrade"])
def test_neither_page_of_nbgrader_runs_what_a_submission_brings(template):
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    config.HTMLExporter.template_name = template
    config.HTMLExporter.extra_template_paths = INCLUDED
    notebook = nbformat.v4.new_notebook()
    about = {"nbgrader": {"grade": True, "grade_id": "homework_1", "points": 1, "solution": True, "locked": False,
                           "schema_version": 3, "task": False, "score": 0, "comment": "\n".join(HARMFUL)}}
    everything = "\n\n".join(["MARK", *HARMFUL, "[x](javascript:attack())", "# homework_2", "MARK"])
    notebook.cells = [nbformat.v4.new_markdown_cell(everything), nbformat.v4.new_raw_cell(everything),
                      nbformat.v4.new_markdown_cell(everything, metadata=about),
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
    assert len(shown) == 9                      # texts, raw, HTML; of other kinds the plain text is shown
    for part in shown[1::2]:
        assert Live(part).found == []
