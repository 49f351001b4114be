"""A point is earned by evidence and by nothing else; no kernel runs here."""

import pytest
from genuine import IMPORTS, NONCE, hand_out, judged, notebook, shown, verified, within
from nbformat.v4 import new_output
from nbgrader.utils import determine_grade

from grading.reading import OtherRun, read
from grading.verify import Verify
from helpers import evidence
from helpers.checks import JUDGES

STEPS = list(JUDGES)


@pytest.mark.parametrize("step", STEPS)
def test_genuine_evidence_earns_the_point(genuine, step):
    score, text = judged(step, genuine[step])
    assert score == 1, text
    assert "✓" in text


def test_a_whole_submission_is_verified_and_gets_its_fact_sheet(genuine):
    cells, notebook = verified({step: [shown(genuine[step])] for step in STEPS})
    assert [determine_grade(cells[step])[0] for step in STEPS] == [1.0] * 10
    assert evidence.MIME not in str(notebook)
    sheet = notebook.cells[-2].source
    assert "Accuracy with 50 clusters:** 0.79" in sheet
    assert "not verified" not in sheet


def test_evidence_in_other_cells_is_taken_out(genuine):
    made = notebook({"d": [shown(genuine["d"])]})
    del made.cells[1].metadata["nbgrader"]
    Verify().preprocess(made, {"lab6_nonce": NONCE})
    assert made.cells[1].outputs == []


def test_the_fact_sheet_says_what_is_not_verified(genuine):
    _, notebook = verified({"f": [], "i": [shown(genuine["i"])]})
    assert "not verified: step f does not hold" in notebook.cells[-2].source


@pytest.mark.parametrize("step", STEPS)
def test_no_evidence_earns_nothing(step):
    score, text = judged(step, None)
    assert score == 0
    assert "no evidence" in text


@pytest.mark.parametrize("step", STEPS)
def test_evidence_of_another_run_earns_nothing(genuine, step):
    with pytest.raises(OtherRun):
        read(genuine[step], step, "f" * 32)
    cells, _ = verified({step: [shown(genuine[step])]}, nonce="f" * 32)
    assert determine_grade(cells[step])[0] == 0
    assert "not of this run" in cells[step].outputs[0].evalue


@pytest.mark.parametrize("step", STEPS)
def test_evidence_of_another_run_with_the_nonce_replaced_shows_other_rows_or_trials(genuine, names, monkeypatch, step):
    stale = hand_out(monkeypatch, step, names, "f" * 32) | {"nonce": NONCE}
    assert judged(step, stale)[0] == (step not in "bdef")


@pytest.mark.parametrize("step", STEPS)
def test_evidence_of_another_step_earns_nothing(genuine, step):
    other = STEPS[STEPS.index(step) - 1]
    score, text = judged(step, genuine[other])
    assert score == 0
    assert "another step" in text
    score, text = judged(step, genuine[other] | {"step": step})
    assert score == 0
    assert "cannot be read" in text


def test_evidence_twice_earns_nothing(genuine):
    score, text = judged("d", genuine["d"], shown(genuine["d"]))
    assert score == 0
    assert "more than once" in text


def test_what_the_kernel_showed_stays_visible_and_changes_no_score(genuine):
    loud = [new_output("error", ename="ValueError", evalue="a student's error", traceback=["a student's error"]),
            new_output("stream", name="stderr", text="a student's warning\n"),
            new_output("stream", name="stdout", text="a student's print\n"),
            new_output("execute_result", data={"text/plain": "0.25"}, metadata={})]
    score, text = judged("d", genuine["d"], *loud)
    assert score == 1
    for words in ("a student's error", "a student's warning", "a student's print", "0.25"):
        assert words in text
    assert judged("d", None, *loud)[0] == 0
    assert judged("d", None, new_output("execute_result", data={"text/plain": "1.0"}, metadata={}))[0] == 0


@pytest.mark.parametrize("field", [5, None, ["a", "list"], {"a": "dict"}, [7], "\ud800"])
def test_outputs_of_any_shape_are_shown_and_not_scored(genuine, field):
    outputs = [{"output_type": "error", "ename": field, "evalue": field, "traceback": field},
               {"output_type": "stream", "name": field, "text": field},
               {"output_type": "display_data", "data": field, "metadata": field},
               {"output_type": "execute_result", "data": {"text/plain": field}, "metadata": field},
               {"output_type": "display_data", "data": {evidence.MIME: genuine["d"]}, "metadata": field}]
    score, text = judged("d", None, *outputs)
    assert score == 1, text
    text.encode()


def test_step_a_needs_the_imports_in_the_source(genuine):
    score, text = judged("a", genuine["a"], source="import numpy")
    assert score == 0
    assert "Keras" in text
    magic = f"%matplotlib inline\n{IMPORTS}\nfiles = !ls\nnp.mean?\nprint('\\d')"
    assert judged("a", genuine["a"], source=magic)[0] == 1
    assert judged("a", genuine["a"], source="(" * 3000 + IMPORTS)[0] == 0
    assert judged("a", genuine["a"], source=f"# {'x' * 100_000}\n{IMPORTS}")[0] == 0


def test_a_source_made_to_take_long_takes_no_time(genuine):
    for source in ("a?\n" * 33_000, "a" + ".b" * 49_000, "()" * 50_000, "-" * 99_000 + "1", "%" * 99_000,
                   "a, " * 30_000 + "= 1", "a" * 99_000):
        with within(2):
            assert judged("a", genuine["a"], source=source)[0] == 0


def test_a_check_that_raises_earns_nothing(genuine, monkeypatch):
    def broken(seen, truth, nonce):
        raise ZeroDivisionError
        yield
    monkeypatch.setitem(JUDGES, "d", broken)
    score, text = judged("d", genuine["d"])
    assert score == 0
    assert "cannot be read; its check raised ZeroDivisionError" in text
