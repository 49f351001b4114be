"""Whatever a submission shows, its page is made in seconds."""

import pytest
from genuine import within
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import PyFileConfigLoader

from grading.lab import ROOT
from grading.shown.shorten import COST, LONGEST, MOST, OUTPUTS, TEXT, TEXTS, Shorten


def shortened(*cells):
    return Shorten().preprocess(new_notebook(cells=list(cells)), {})[0].cells


def html(text):
    return new_code_cell("x", outputs=[new_output("display_data", {"text/html": text})])


def text(words):
    return new_code_cell("x", outputs=[new_output("stream", name="stdout", text=words)])


@pytest.mark.parametrize("cell", [new_markdown_cell("![" * 50_000), new_code_cell("a." * 100_000),
                                  html("<div>" * 50_000), html(["<div>" * 100] * 500),
                                  new_markdown_cell('```ansys\n"' + "\\" * 60 + "\n```"),
                                  html("".join(f"<b a={i}>" for i in range(600)) + "<p>x" * 700),
                                  new_markdown_cell("".join(f"<b a={i}>" for i in range(500)) + "<p>x" * 1000),
                                  new_markdown_cell("![](attachment:a)\n" * 500,
                                                    attachments={"a": {"image/png": "A" * 2_000_000}}),
                                  new_markdown_cell("[a]: http://x/" + "y" * 4000 + "\n\n" + "[a]" * 1900),
                                  text("\x1b[m" * 1_000_000), new_code_cell("x", outputs=[
                                      new_output("error", ename="E", evalue="", traceback=["\x1b[m" * 1_000_000])]),
                                  new_code_cell("check", outputs=text("\x1b[m" * 1_000_000).outputs,
                                                metadata={"nbgrader": {"grade": True, "grade_id": "check_a"}})],
                         ids=["Markdown", "source", "HTML", "HTML in pieces", "fence",
                              "tags opened again", "tags in Markdown", "one picture", "one link", "colours",
                              "traceback", "graded"])
def test_a_page_is_made_in_seconds(cell):
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    with within(20):
        page, _ = HTMLExporter(config=config).from_notebook_node(new_notebook(cells=shortened(cell)))
    assert len(page) < 5_000_000


def test_what_is_cut_says_so():
    cell, = shortened(new_markdown_cell("x" * (LONGEST + 1)))
    assert cell.source.startswith("x" * LONGEST) and "[Cut here by the grader: of 10,001 characters" in cell.source
    cell, = shortened(html("x" * (LONGEST + 1)))
    assert cell.outputs[0].text == "[An output of 10,001 characters of text/html is not shown.]\n"


def test_many_cells_together_are_cut_too():
    cells = shortened(*(new_markdown_cell("x" * LONGEST) for _ in range(100)))
    assert sum(cell.source.count("x") for cell in cells) < MOST + 100


def test_a_text_is_cut_where_it_is_long_and_where_all_together_are():
    cell, = shortened(text("x" * (TEXT + 1)))
    assert cell.outputs[0].text == "x" * TEXT + "\n\n[Cut here by the grader: of 100,001 characters.]"
    cells = shortened(*(text("x" * TEXT) for _ in range(20)))
    assert sum(cell.outputs[0].text.count("x") for cell in cells) == TEXTS
    errors = [new_output("error", ename="E", evalue="v" * TEXT, traceback=["t" * (TEXT // 2)] * 3)]
    cell, = shortened(new_code_cell("x", outputs=errors))
    assert cell.outputs[0].evalue == "v" * TEXT
    assert [len(line) for line in cell.outputs[0].traceback] == [TEXT // 2, TEXT // 2 - 1 - COST, 0, 48]


def test_many_outputs_are_counted():
    cells = shortened(*(new_code_cell("x", outputs=[new_output("display_data", {"text/plain": "x"})] * 700)
                        for _ in range(3)))
    assert [len(cell.outputs) for cell in cells] == [700, 301, 1]
    assert cells[1].outputs[-1].text == "[400 more outputs are not shown.]\n"


def test_what_was_printed_piece_by_piece_is_one_output():
    pieces = [new_output("stream", name="stdout", text=f"{i}\n") for i in range(3000)]
    warning = new_output("stream", name="stderr", text="careful\n")
    cell, = shortened(new_code_cell("x", outputs=[*pieces, warning, new_output("stream", name="stdout", text="end")]))
    assert [output.name for output in cell.outputs] == ["stdout", "stderr", "stdout"]
    assert cell.outputs[0].text == "".join(f"{i}\n" for i in range(3000))


def test_the_outputs_of_a_graded_cell_are_its_score_and_stay():
    graded = new_code_cell("check", outputs=[new_output("error", ename="CheckFailed", evalue="no")],
                           metadata={"nbgrader": {"grade": True, "grade_id": "check_a"}})
    noise = new_code_cell("x", outputs=[new_output("display_data", {"text/plain": "x"})] * OUTPUTS)
    assert shortened(noise, graded)[1].outputs == graded.outputs


def test_ordinary_work_stays_as_it_is():
    picture = new_output("display_data", {"image/png": "A" * 10 ** 6, "text/plain": "<Figure>"})
    cells = [new_markdown_cell("An answer. " * 500), new_code_cell("x = 1", outputs=[picture]), html("<b>x</b>" * 100)]
    assert shortened(*[cell.copy() for cell in cells]) == cells


def test_a_picture_stays_where_its_markup_goes():
    output = new_output("display_data", {"image/png": "AAAA", "image/svg+xml": "<svg>" * LONGEST})
    cell, = shortened(new_code_cell("x", outputs=[output]))
    assert cell.outputs[0].data == {"image/png": "AAAA"}


@pytest.mark.parametrize("piece", ["\n", "\x1b[31ma\x1b[1mb"])
def test_lines_and_colours_of_all_outputs_together_make_a_page_neither_high_nor_slow(piece):
    cells = [text(piece * 50_000) for _ in range(20)]
    assert sum(cell.outputs[0].text.count(piece[0]) for cell in shortened(*cells)) < 60_000
    assert shortened(text("x\n" * 4000))[0].outputs[0].text == "x\n" * 4000
