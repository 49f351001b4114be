"""What a submission shows stays in its place on nbgrader's pages: all else looks as if it were not there.

The pages load MathJax from its address elsewhere. Where LAB6_MATHJAX names a folder with MathJax 2 (as npm's package
mathjax@2 has it), the browser gets that; else MathJax is missing, as it is without a network.
"""

import os
from pathlib import Path

import browser
import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import PyFileConfigLoader

from grading.lab import ROOT
from grading.shown.html import INCLUDED
from grading.shown.inert import Inert

MATHJAX = os.environ.get("LAB6_MATHJAX")
STATIC = Path(handlers.static_path)
SERVER, ELSEWHERE = "http://127.0.0.1:9", "https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/"
HARMLESS = "An answer, as long as it is."
TRICKS = [
    r"\smash{\rlap{\raise 9em{\bbox[red]{\rule{60em}{9em}}}}}", r"\href{javascript:alert()}{\rule{90em}{90em}}",
    r"\style{position: fixed; inset: 0; background: red}{x}", r"\class{alert}{x}", r"\hspace{-50em} x", r"\color{red}x",
    r"\require{html} \def\x{\kern-40em \unicode{x2588}} \x\x", r"\mmlToken{mi}[mathsize=90em]{x}", r"\llap{x}",
    r"\require{action} \texttip{x}{y}", r"\begin{array}{c} \\[-90em] x \end{array}", r"\mathchoice{}{}{}{x}",
    r"\lower 90em x", r"\moveleft 50em x", r"\vcenter{\rule{9em}{90em}}", r"\Huge x", r"\phantom{x}\vphantom{x}",
    r"\hat" * 99 + " x", r"\left(" * 50 + r"\right)" * 50, "x^{" * 10 + "x" + "}" * 10, r"\overline{" * 10 + "}" * 10]
HOSTILE = [
    *(f"x ${trick}$ y $${trick}$$" for trick in TRICKS),
    "\n\n".join(rf"\\({trick}\\) \\[{trick}\\]" for trick in TRICKS),
    "\n\n".join(TRICKS), "Z" + "\u0301" * 3000, "W" * 5000, "\u202e\u2066\u2067 turned", "# x\n\n" * 40,
    "\ufdfd" * 900,
    "<div class='row'>x</div><span class='btn'>x</span>" * 20,
    "<table>" + "<tr><td colspan=1000 rowspan=65534>x" * 200, "<br>" * 2000,
    "<div class='navbar navbar-fixed-top alert'>x</div><h1 class='panel-heading'>x</h1>",
    "<p>" * 400 + r"\(\rule{90em}{90em}\) <span class='tex2jax_process MathJax'>\(\rule{90em}{90em}\)</span>"]


def page_of(template, answer):
    """Return a page of nbgrader's in which an answer, a cell's source and what it printed and showed are the same."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    config.HTMLExporter.template_name = template
    config.HTMLExporter.extra_template_paths = INCLUDED
    graded = {"nbgrader": {"grade": True, "grade_id": "homework_1", "points": 1, "solution": True, "locked": False,
                           "schema_version": 3, "task": False, "score": 1, "comment": "Good."}}
    outputs = [new_output("stream", name="stdout", text=answer), new_output("display_data", {"text/html": answer}),
               new_output("display_data", {"text/plain": answer})]
    cells = [new_markdown_cell("Above, with $x$."), new_markdown_cell(answer, metadata=graded),
             new_markdown_cell("Between."), new_code_cell(answer, outputs=outputs), new_markdown_cell("Below.")]
    resources = {"index": 0, "total": 1, "base_url": SERVER, "assignment_id": "a", "notebook_id": "n",
                 "submission_id": "s", "notebook_path": "", "last_name": "", "first_name": "",
                 "nbgrader": {"score": 0, "max_score": 1, "late_penalty": 0, "notebook": "n", "assignment": "a"}}
    notebook = Inert().preprocess(nbformat.from_dict(new_notebook(cells=cells)), {})[0]
    return HTMLExporter(config=config).from_notebook_node(notebook, resources=resources)[0]


def answered(route):
    """Answer a request for a part of the page, from the folders where these parts lie."""
    path = route.request.url.partition("?")[0]
    folders = {f"{SERVER}/formgrader/static/": STATIC, **({ELSEWHERE: Path(MATHJAX)} if MATHJAX else {})}
    found = [folder / path.removeprefix(place) for place, folder in folders.items() if path.startswith(place)]
    if MATHJAX and path == f"{ELSEWHERE}latest.js":         # which asks for the number of the newest version first
        return route.fulfill(content_type="text/javascript", body=f"""document.head.append(Object.assign(
            document.createElement("script"), {{src: "{route.request.url.replace('latest', 'MathJax')}"}}))""")
    return route.fulfill(path=found[0]) if found and found[0].is_file() else route.abort()


@pytest.fixture(scope="module")
def shown():
    """Return a function that shows a page, and says what it looks like outside the boxes of the submission."""
    with browser.chromium(height=2000) as context:
        context.unroute_all()
        page = context.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.route("**/*", answered)

        def show(template, answer):
            said.clear()
            html = page_of(template, answer)
            page.route(f"{SERVER}/page", lambda route: route.fulfill(body=html, content_type="text/html"))
            page.goto(f"{SERVER}/page")
            if MATHJAX:
                page.wait_for_function("window.MathJax?.isReady")
                page.evaluate("new Promise(done => MathJax.Hub.Queue(done))")
            # Each box as large as in every other page, in whole pixels, so that all else lies where it does there.
            page.evaluate("""document.querySelectorAll('.tex2jax_ignore').forEach(box => {
                box.style.height = box.tagName == 'SPAN' ? '20px' : '60px'; box.style.width = '900px';
                for (const line of box.parentElement.childNodes) if (line.nodeType == 3) line.remove()})""")
            page.evaluate("window.scrollTo(0, 0)")
            boxes = page.locator(".tex2jax_ignore")
            return page, page.screenshot(mask=[boxes], full_page=True), [*said]
        yield show


@pytest.mark.parametrize("template", ["steps", "formgrade"])
def test_what_lies_outside_the_boxes_of_an_answer_is_the_same_with_and_without_it(shown, template, tmp_path):
    _, expected, _ = shown(template, HARMLESS)
    changed = []
    for number, answer in enumerate(HOSTILE):
        page, seen, _ = shown(template, answer)
        if seen != expected:
            (tmp_path / f"{number}.png").write_bytes(seen)
            changed.append(answer[:80])
        assert page.locator(".tex2jax_ignore a[href], .tex2jax_ignore [style*=fixed]").count() == 0, answer
    (tmp_path / "expected.png").write_bytes(expected)
    assert changed == [], tmp_path


def test_a_formula_that_is_allowed_is_drawn_and_one_that_is_not_is_text(shown):
    page, _, _ = shown("steps", r"$\mu_k$ and $\rlap{x}$")
    assert page.locator(".tex2jax_process").all_inner_texts() and page.get_by_text(r"$\rlap{x}$").count() >= 1
    assert page.locator(".MathJax_CHTML, .MJXc-display, .mjx-chtml").count() == (2 if MATHJAX else 0)


def test_feedback_runs_no_script_but_the_pinned_one(shown):
    page, _, said = shown("steps", HARMLESS)
    assert [line for line in said if "Content Security Policy" in line and "font" not in line] == []
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    page.evaluate(f"document.body.insertAdjacentHTML('beforeend', '<img src=\"{SERVER}/x.png\">')")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
