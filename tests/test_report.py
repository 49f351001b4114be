"""What is printed about a class stays in its place on the terminal."""

import io

from genuine import within
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from rich.console import Console

from grading.pages import terminal
from grading.submission import received
from grading.submission.outcome import Flag, Row, flags_of, how_long, reasons_of
from grading.submission.verify import Verify
from helpers import lab
from helpers.kit.verdict import how_many


def printed(row):
    out = io.StringIO()
    Console(file=out, width=140).print(terminal.table([row]))
    return out.getvalue()


def test_words_of_a_submission_send_no_orders_to_a_terminal():
    orders = "\x1b[2J\x1b]0;title\x07\x1b[1A\r\x9b2K\u202e"
    flag = Flag("a kind", f"{orders} a flag")
    row = Row("eve", dict.fromkeys(lab.steps, 0.0), [("h", f"{orders} a reason")], flags=[flag])
    for said in (printed(row), printed(Row("eve", problem=f"{orders} a problem"))):
        assert not set("\x1b\x07\r\x9b\u202e") & set(said)
    assert "a reason" in printed(row) and "a flag" in printed(row)


def test_each_reason_stands_on_a_line_of_its_own():
    row = Row("ada", dict.fromkeys(lab.steps, 0.0), [("b", "one"), ("c", "not done yet"), ("d", "two")])
    assert terminal.attention(row) == "b: one\nc: not done yet\nd: two"


def test_steps_that_lost_for_the_same_reason_share_a_line():
    why = "there is no evidence, because its kernel died."
    row = Row("ada", dict.fromkeys(lab.steps, 0.0), [("c", "one"), ("e", why), ("f", "not done yet"), ("g", why)])
    assert terminal.attention(row) == "c: one\ne g: there is no evidence, because its kernel died.\nf: not done yet"


def test_on_a_narrow_terminal_the_steps_share_a_column():
    points = {**dict.fromkeys(lab.steps, 1.0), "c": 0.0}
    out, row = io.StringIO(), Row("ada", points, [("c", "nine images, but in colour")], ["homework 1"])
    Console(file=out, width=80).print(terminal.table([row], 80))
    assert "a b c d e f g h i j" in out.getvalue() and "1 1 0 1 1 1 1 1 1 1" in out.getvalue()
    assert "ada" in out.getvalue() and "nine images" in out.getvalue()


def test_a_student_whose_name_is_no_text_has_a_line_and_a_row():
    odd = Row("zo\udcff", dict.fromkeys(lab.steps, 0.0))
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with terminal.progress(Console(file=out, width=140), 1, "grading") as lines:
        lines.finish(odd, [])
    Console(file=out, width=140).print(terminal.table([odd]))


def test_a_name_that_is_no_text_can_be_printed(tmp_path):
    folder = tmp_path / "eve" / "lab6_kmeans"
    folder.mkdir(parents=True)
    (folder / b"\xff\x1b[2J.ipynb".decode(errors="surrogateescape")).write_text("{}")
    problem = received.read("eve", folder).problem
    assert "rename it" in problem and problem.encode() and "\x1b" not in problem


def test_a_line_says_what_was_done_with_a_submission():
    out = io.StringIO()
    with terminal.progress(Console(file=out, width=140), 3, "grading") as lines:
        for row in (Row("ada", dict.fromkeys(lab.steps, 1.0), [], seconds=4.25), Row("bob"), Row("eve", problem="odd")):
            lines.finish(row, [])
    assert [line.partition(";")[0] for line in out.getvalue().splitlines()] == [
        "1/3 ada: 10 points, 4.2 s", "2/3 bob: done", "3/3 eve: needs attention"]
    assert (how_many(1, "submission"), how_many(2, "submission")) == ("1 submission", "2 submissions")


def test_of_a_large_class_the_terminal_shows_who_needs_a_person():
    look = Flag("a place", "look")
    rows = [Row(f"s{i}", dict.fromkeys(lab.steps, 1.0), flags=[look] * (i % 20 == 0)) for i in range(300)]
    assert [row.student for row in terminal.few(rows)] == [f"s{i}" for i in range(0, 300, 20)]
    assert terminal.few(rows[:40]) == rows[:40] and len(terminal.few([Row("eve", problem="odd")] * 300)) == 40


def test_thousands_of_names_make_a_few_lines():
    noted = received.Submission("ada", left_out=tuple(f"{i}.txt" for i in range(9990))).noted
    assert len(noted["left_out"]) == 20
    flags = flags_of({"metadata": {"lab6": noted}, "cells": []})
    assert len(flags) == 11 and flags[-1].said == "… and 9,980 more were left out"
    heads = {f"{i}.txt": b"" for i in range(9990)}
    assert received.in_place_of_a_notebook(heads).endswith(
        "10.txt is a text and 9,987 more; ask for the notebook itself, lab6_kmeans.ipynb")


def test_a_flag_knows_its_kind_whatever_a_file_is_called():
    noted = {"left_out": ["No cell of the lab.txt"], "put_back": ["homework_2"], "unsure": ["homework_1"],
             "loss": "three steps", "interrupted": ["step_f: …"], "stopped": "no more memory", "elsewhere": ["step b"]}
    assert [flag.about for flag in flags_of({"metadata": {"lab6": noted}, "cells": []})] == [
        "Something was left out", "A cell was missing and put back", "An answer may stand in the question's own cell",
        "One error cost many steps", "A cell was interrupted", "The run ended before the last cell",
        "A step was done in another cell"]
    assert [flag.about for flag in flags_of({"metadata": {"lab6": {"foreign": True}}, "cells": []})] == [
        "No cell of the lab was recognised"]


def test_how_late_is_said_in_words():
    late = Row("ada", dict.fromkeys(lab.steps, 1.0), late=90061.0, penalty=2.5)
    assert terminal.attention(late) == "Late by 1 day 1 h, 2.5 points off"
    assert [how_long(seconds) for seconds in (1, 300, 7500, 86400 * 3)] == ["1 min", "5 min", "2 h 5 min", "3 days"]


def test_a_step_without_values_has_its_cells_error_for_a_reason():
    def cell(grade_id, *errors):
        outputs = [new_output("error", ename=name, evalue=said, traceback=[]) for name, said in errors]
        return new_code_cell("x", outputs=outputs,
                             metadata={"nbgrader": {"grade_id": grade_id, "grade": grade_id.startswith("check")}})

    notebook = new_notebook(cells=[
        cell("step_a", ("ModuleNotFoundError", "No module named\n 'pandas'")), cell("check_a"),
        new_markdown_cell("x"), cell("step_b", ("NotDoneYet", "x")), cell("check_b"),
        cell("step_c"), cell("check_c"), cell("table"), cell("check_d"),
        cell("step_e", ("E", "x" * 1000)), cell("table"), cell("check_e"), cell("check_f")])
    Verify().preprocess(notebook, {"lab6_nonce": "0"})
    reasons = reasons_of(notebook)
    nothing = "there is no evidence. Its check did not run to its end in this run, because the cell was stopped, the " \
        "kernel died, or something replaced it."
    assert reasons[:4] == [("a", "its cell ended with ModuleNotFoundError: No module named 'pandas'"),
                           ("b", nothing), ("c", nothing), ("d", nothing)]
    assert reasons[4][1].startswith("its cell ended with E: xxx") and len(reasons[4][1]) == 200
    assert reasons[5] == ("f", nothing)


def test_long_words_of_a_students_error_are_cut_before_they_are_searched():
    error = new_output("error", ename="E", evalue=" Found: Likely: " * 6000, traceback=[])
    check = new_code_cell("x", metadata={"nbgrader": {"grade_id": "check_c", "grade": True}})
    notebook = new_notebook(cells=[new_code_cell("x", outputs=[error]), check])
    with within(5):
        Verify().preprocess(notebook, {"lab6_nonce": "0"})
    (step, why), = reasons_of(notebook)
    assert step == "c" and why.startswith("its cell ended with E: Found: Likely:") and len(why) <= 200
