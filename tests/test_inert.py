"""A graded notebook holds nothing that acts on whoever opens it in JupyterLab, and still shows what was written."""

import base64
import io
import re

import browser
import nbformat
import pytest
from corpus import RELEASE
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from grading.lab import ROOT
from grading.shown.html import cleaned
from grading.shown.inert import ALL_DRAWN, DRAWN, TYPED, AsTyped, Inert, may_act
from grading.submission.marked import SaveGrades
from grading.submission.verify import AUTOGRADE, fact_sheet
from helpers import lab

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
ATTACHED = {"mine.png": {"image/png": PNG}}
# A word that is in the address of each link and picture here, on another host and on the server's own.
MARK = "who-looks"
OWN = f"/formgrader?path=submitted/{MARK}/lab6_kmeans"
TEXTS = [
    f"[x]({OWN})", f"![x]({OWN})", f"![x](..{OWN})", f"![x](//203.0.113.1/{MARK}.png)", f"[x]\n\n[x]: {OWN}",
    f"![x][]\n\n[x]: {OWN}", f"> - ![x][y]\n>\n> - [y]:\n>   <{OWN}> 'z'", f"http://203.0.113.1/{MARK}",
    f"www.203.0.113.1/{MARK}", f"{MARK}@a.bc", f"<http://203.0.113.1/{MARK}>", f"<{MARK}@a.bc>", f"<img src={OWN}>",
    f"<a href='{OWN}'>x</a>", f"a\n<IMG\nsrc='{OWN}'>", f"![x](data:image/svg+xml,{MARK})",
    f"![x](attachment:{MARK}.png)", f"![x](files/{MARK}.png)", f"# <img src={OWN}>",
    f"| a |\n| --- |\n| ![x]({OWN}) |", f"```\n```\n![x]({OWN})\n```", f"~~~\n~~~\n![x]({OWN})",
    f"`` ` ``![x]({OWN})`", f"$x$ ![x]({OWN})", rf"$\href{{{OWN}}}{{x}}$", rf"&#36;\href{{{OWN}}}{{x}}&#36;",
    rf"\\(\href{{{OWN}}}{{x}}\\)", rf"\begin{{equation}}\href{{{OWN}}}{{x}}\end{{equation}}",
    f"```mermaid\ngraph TD; a; click a '{OWN}'\n```",
    f"<button data-commandlinker-command='filebrowser:go-to-path' data-commandlinker-args='{{\"path\": \"{MARK}\"}}'>x",
    f"<details open><summary>x</summary><img src={OWN}></details>", f"<video src={OWN} autoplay></video>",
    f"![x](attachment:mine.png)]({OWN})", f"[![x](attachment:mine.png)]({OWN})"]
SAID = f"http://203.0.113.1/{MARK}"
OUTPUTS = [
    new_output("stream", name="stdout", text=f"{SAID} www.a.bc/{MARK} data:text/html,{MARK} file:///{MARK}"),
    new_output("stream", name="stderr", text=f"ht\x1b[1mtp:\x1b[0m/\x1b[31m/a.bc/{MARK} htX\x08tp:X\x08//a.bc/{MARK}"),
    new_output("error", ename="E", evalue="e", traceback=[f"see {SAID}", f"http:\x1b[0\x1b[m//a.bc/{MARK}"]),
    new_output("display_data", {"text/plain": SAID}),
    new_output("display_data", {"text/html": f"<a href='{OWN}'>x</a> <img src='{OWN}'> $\\href{{{OWN}}}{{x}}$"}),
    new_output("display_data", {"text/markdown": f"![x]({OWN})", "text/plain": "x"}),
    new_output("display_data", {"text/latex": rf"$\href{{{OWN}}}{{x}}$"}),
    new_output("display_data", {"image/svg+xml": f"<svg><image href='{OWN}'/></svg>"}),
    new_output("display_data", {"application/javascript": f"fetch('{OWN}')"}),
    new_output("display_data", {"image/png": f"x,{MARK}", "text/plain": "x"})]
ORDINARY = [
    "50 clusters are better: 0.7907 > 0.5515, and 0.3 < 0.4 (see *step h*). **Why?** `labels_[0]`\n\n1. a\n2. b",
    "# Homework\n\n- one\n- two\n\n> said\n\n| k | accuracy |\n| --- | --- |\n| 10 | 0.55 |",
    "4 \\* 9 = 36, [sic], a_b\\_c",
    r"It minimises $$J = \sum_{i=1}^n \min_k \|x_i - \mu_k\|^2$$ with $\mu_k = \frac{1}{n_k} \sum x_i$.",
    "![my drawing](attachment:mine.png)", "x_train = {0: 7, 2: 1}; 100% of them & more"]


def inert(*cells):
    return Inert().preprocess(new_notebook(cells=[nbformat.from_dict(cell) for cell in cells]), {})[0]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_may_act_is_written_as_it_was_typed_and_kept_for_our_pages(text):
    notebook = inert(new_markdown_cell(text, attachments=ATTACHED))
    [cell] = notebook.cells
    assert cell.source.startswith(TYPED) and cell.metadata.lab6 == {"source": text}
    first, *lines, last = cell.source.removeprefix(TYPED).strip().split("\n")
    assert set(first) == {"`"} and first == last and " ".join(lines).split() == text.split()
    assert first not in text
    AsTyped().preprocess(notebook, {})
    assert cell.source == text


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_answer_stays_as_it_is(text):
    cell = new_markdown_cell(text, attachments=ATTACHED)
    assert inert(cell).cells == [cell]


def test_the_labs_own_texts_and_the_fact_sheet_stay_as_they_are():
    for path in (RELEASE, ROOT / "source" / "lab6_kmeans" / "lab6_kmeans.ipynb"):
        texts = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
        typed = [cell.source for cell in texts if may_act(cell.source, cell.get("attachments", {}))]
        assert typed == [], "it will be shown as it was typed"
    sheet = fact_sheet(lab.facts({}))
    sheet.source += " <b>"
    assert inert(sheet).cells == [sheet]


def test_a_long_line_is_broken_for_reading_and_kept_for_our_pages():
    text = "See http://a.bc, and read on. " * 20
    [cell] = inert(new_markdown_cell(text)).cells
    assert max(map(len, cell.source.split("\n")[2:])) <= 100 and cell.metadata.lab6.source == text
    assert "".join(cell.source.removeprefix(TYPED).split()) == f"```{''.join(text.split())}```"


@pytest.mark.parametrize("text", ["|a" * 200 + "|\n" + "|-" * 200 + "|\n" + "|\n" * 50, "$x$ " * 300,
                                  "<table>" + "<tr><td>" * 2000, "| " * 3000, "<h1>x" * 60, "> - # x\n\n" * 60,
                                  "a\n---\n\n" * 60, "<h3>a\n=\n" * 30])
def test_too_many_cells_of_tables_and_formulas_are_shown_as_typed_on_our_pages_too(text):
    notebook = inert(new_markdown_cell(text), new_code_cell(outputs=[new_output("display_data", {
        "text/html": text, "text/plain": "x"})]))
    AsTyped().preprocess(notebook, {})
    assert notebook.cells[0].source.startswith(TYPED)
    assert "text/html" not in notebook.cells[1].outputs[0].data


def test_they_are_counted_over_the_whole_notebook():
    notebook = inert(*(new_markdown_cell("<td>" * (DRAWN - 1)) for _ in range(20)))
    assert sum("source" in cell.metadata.get("lab6", {}) for cell in notebook.cells) == ALL_DRAWN // (DRAWN - 1)


def test_what_was_left_of_a_cells_outputs_is_said_once():
    [cell] = inert(new_code_cell(outputs=OUTPUTS)).cells
    *kept, said = cell.outputs
    assert said.text == "[Written by the grader: addresses are written with [:] or [.], so that a click on them " \
        "leads nowhere; an output of application/javascript is not shown; an output of image/png is not shown; " \
        "an output of image/svg+xml is not shown; in paths stands \u2215 for a slash, so that none is looked up.]\n"
    assert {kind for output in kept for kind in output.get("data", {})} == {"text/plain", "text/html"}
    assert kept[0].text == f"http[:]//203.0.113.1/{MARK} www[.]a.bc/{MARK} data[:]text/html,{MARK} file[:]///{MARK}"
    assert kept[5].data["text/plain"] == "x" and kept[6].data["text/plain"].startswith("$")


def test_ordinary_outputs_stay_as_they_are():
    outputs = [new_output("stream", name="stdout", text="training data: 60000\nhttp: 1\n\x1b[31mred\x1b[0m\n"),
               new_output("display_data", {"image/png": PNG, "text/plain": "<Figure>"},
                          metadata={"image/png": {"alt": "ten", "width": 50, "height": 20}}),
               new_output("error", ename="NameError", evalue="x", traceback=["\x1b[31mNameError\x1b[0m", "x"])]
    assert inert(new_code_cell(outputs=outputs)).cells[0].outputs == outputs


def test_of_what_is_said_about_a_picture_its_words_and_its_size_stay():
    about = {"image/png": {"alt": "ten digits", "width": 50, "height": 10 ** 9, "more": 1}, "text/html": {"more": 1}}
    picture = new_output("display_data", {"image/png": PNG}, metadata=about)
    notebook = new_notebook(cells=[new_code_cell(outputs=[picture])])
    for step in (Inert, AsTyped):
        [cell] = step().preprocess(nbformat.from_dict(notebook), {})[0].cells
        assert cell.outputs[0].metadata == {"image/png": {"alt": "ten digits", "width": 50}}


def test_answers_are_compared_with_the_release_before_they_are_changed():
    assert AUTOGRADE.index(SaveGrades) < AUTOGRADE.index(Inert)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Each of these cells in JupyterLab, as handed in and as graded: the pages, and what each asked for."""
    folder = tmp_path_factory.mktemp("instructor") / "course"
    folder.mkdir()
    (folder.parent / "home").mkdir()
    cells = [new_markdown_cell(text, attachments=ATTACHED) for text in (*TEXTS, *ORDINARY)] + \
        [new_code_cell("x", outputs=[output]) for output in OUTPUTS]
    found = {}
    with browser.jupyterlab(folder) as address, browser.chromium() as context:
        for name, notebook in (("handed_in", new_notebook(cells=cells)), ("graded", inert(*cells))):
            notebook.metadata.kernelspec, asked = {"name": "python3", "display_name": "Python 3"}, []
            context.on("request", lambda request, asked=asked: asked.append(request.url))
            page = browser.Page(context, address, folder, notebook, name).page
            for cell in page.locator(".jp-Notebook .jp-Cell").all():
                cell.scroll_into_view_if_needed()
            page.wait_for_timeout(1000)
            found[name] = page, asked
        yield found


PLACES = ("href", "src", "data-path", "data-commandlinker-args")
LIVE = ", ".join(f".jp-Notebook [{place}*='{MARK}']" for place in PLACES)


def test_what_is_handed_in_would_ask_and_lead_elsewhere(opened):
    page, asked = opened["handed_in"]
    assert any(OWN in address for address in asked) and page.locator(LIVE).count() > 20


def test_jupyterlab_asks_for_nothing_of_a_graded_notebook_and_shows_no_link_of_it(opened):
    page, asked = opened["graded"]
    assert [address for address in asked if MARK in address or "203.0.113.1" in address] == []
    assert page.locator(LIVE).count() == 0
    assert page.locator(".jp-Notebook a[href]:not(.jp-InternalAnchorLink)").count() == 0
    sources = page.locator(".jp-Notebook img").evaluate_all("all => all.map(one => one.src)")
    assert sources and {source[:15] for source in sources} == {"data:image/png;"}
    assert page.locator(".jp-Notebook mjx-container").count() == 2
    for text in TEXTS:
        first = text.split("\n")[0].replace("\\\\", "\\")         # as JupyterLab shows two, in code too
        assert page.locator(".jp-RenderedMarkdown pre code").get_by_text(first).count(), text


# --- what JupyterLab's readers take long for, look up, or hold in another way than it was written ---

def png(width, height, frames=1):
    made = io.BytesIO()
    pictures = [Image.new("1", (width, height), number % 2) for number in range(frames)]
    pictures[0].save(made, "PNG", **({"save_all": True, "append_images": pictures[1:]} if frames > 1 else {}))
    return base64.b64encode(made.getvalue()).decode()


@pytest.mark.parametrize("source", [
    "\n".join(">" * (60 - i) + "a" for i in range(61)), "> - " * 500 + "a\nb", "*a **" * 1600, "*" * 10_000 + "a",
    "- " * 4000 + "a", ">" * 9000, "\n".join("  " * i + "- a" for i in range(60)), "1. " * 50 + "a", "_a __" * 600,
    "~" * 3000, "\n".join("\t" * i + "* a" for i in range(30))])
def test_a_staircase_of_quotes_lists_or_emphasis_is_shown_as_it_was_typed(source):
    assert may_act(source)


@pytest.mark.parametrize("source", [
    "> a quote\n> of two lines\n\nwords", "- a\n  - b\n    - c\n- d", "1. one\n2. two\n   1. more",
    "**bold** and *not*", "reference_labels_50 and number_labels_50 " * 20, "---\n\n***\n\nwords",
    "| a | b |\n|---|---|\n| 1 | 2 |", "-" * 80])
def test_ordinary_lists_quotes_and_emphasis_stay_formatted(source):
    assert not may_act(source)


@pytest.mark.parametrize("said", ["http:\0//evil.example/x", "w\0ww.evil.example/y", "http\x07://evil.example",
                                  "\x1b[1mhttp:\0//a.example\x1b[37m@evil.example/z\x1b[0m", "http:\x81//a.example"])
def test_no_address_is_put_together_by_what_a_browser_drops(said):
    cell = new_code_cell("x", outputs=[new_output("stream", name="stdout", text=said)])
    made, _ = Inert().preprocess(new_notebook(cells=[cell]), {})
    shown = made.cells[0].outputs[0].text
    assert not re.search(r"://|www\.|[\x00-\x08]|\x1b", shown), shown
    assert "leads nowhere" in made.cells[0].outputs[-1].text


def test_no_path_of_an_error_is_looked_up_on_the_server():
    error = new_output("error", ename="E", evalue="/etc/hosts", traceback=["File /etc/hosts:1", "~/b ./a 1 / 255"])
    bare = new_output("error", ename="E", evalue="see /etc/hosts", traceback=[])
    stderr = new_output("stream", name="stderr", text="/formgrader/gradebook")
    printed = new_output("stream", name="stdout", text="/formgrader 1/2")
    made, _ = Inert().preprocess(new_notebook(cells=[new_code_cell("x", outputs=[error, bare, stderr, printed])]), {})
    first, second, third, fourth, said = made.cells[0].outputs
    assert first.evalue == "/etc/hosts" and first.traceback == ["File ∕etc∕hosts:1", "~∕b .∕a 1 / 255"]
    assert second.traceback == ["E: see ∕etc∕hosts"] and third.text == "∕formgrader∕gradebook"
    assert fourth.text == "/formgrader 1/2" and "so that none is looked up" in said.text


def test_a_picture_that_takes_a_browser_gigabytes_is_not_shown():
    shown = [png(20, 20), png(16_000, 16_000), png(20, 20, frames=3), "iVBORw0KGgo=", *[png(2800, 2800)] * 9]
    outputs = [new_output("display_data", {"image/png": one, "text/plain": str(i)}) for i, one in enumerate(shown)]
    made, _ = Inert().preprocess(new_notebook(cells=[new_code_cell("x", outputs=outputs)]), {})
    kept = [int(output.data["text/plain"]) for output in made.cells[0].outputs if "image/png" in output.get("data", {})]
    assert kept == [0, *range(4, 11)]
    assert "an output of image/png is not shown" in made.cells[0].outputs[-1].text
    assert cleaned(f'<img src="data:image/png;base64,{png(20, 20)}">').startswith("<img")
    assert "not shown" in cleaned(f'<img src="data:image/png;base64,{png(2800, 2800)}">')
