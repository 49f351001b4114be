"""A point is earned by evidence and by nothing else; no kernel runs here."""

import copy
import dataclasses
import gc
import warnings

import pytest
from genuine import IMPORTS, NONCE, hand_out, judged, notebook, shown, verified, within
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.nbgraderformat import SchemaTooOldError
from nbgrader.utils import determine_grade

from grading.shown.html import is_graders
from grading.submission.verify import LONGEST_SOURCE, CheckTheOthers, NameTheWall, Verify
from helpers import lab
from helpers.images import Sampled
from helpers.kit.wire import MIME, OtherRun

STEPS = list(lab.steps)


@pytest.mark.parametrize("step", STEPS)
def test_genuine_evidence_earns_the_point(names, monkeypatch, step):
    score, text = judged(step, hand_out(monkeypatch, step, names))
    assert score == 1, text
    assert "✓" in text


def test_a_whole_submission_is_verified_and_gets_its_fact_sheet(genuine):
    cells, notebook = verified({step: [shown(genuine[step])] for step in STEPS})
    assert [determine_grade(cells[step])[0] for step in STEPS] == [1.0] * 10
    assert MIME not in str(notebook)
    assert is_graders(notebook.cells[-2]) and not is_graders(notebook.cells[-1])
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
        lab.read(step, genuine[step], "f" * 32)
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
               {"output_type": "display_data", "data": {MIME: genuine["d"]}, "metadata": field}]
    score, text = judged("d", None, *outputs)
    assert score == 1, text
    text.encode()


def test_step_a_needs_the_imports_in_the_source(genuine):
    score, text = judged("a", genuine["a"], source="import numpy")
    assert score == 0
    assert "✓ NumPy is imported." in text and "✓ Keras" not in text
    assert "Keras, MiniBatchKMeans and accuracy_score imported in step a" in " ".join(text.split())
    magic = f"%matplotlib inline\n{IMPORTS}\nfiles = !ls\nnp.mean?\nprint('\\d')"
    assert judged("a", genuine["a"], source=magic)[0] == 1
    shell = f"!pip install numpy \\\n    scikit-learn \\\n    keras\n{IMPORTS}"
    assert judged("a", genuine["a"], source=shell)[0] == 1
    timed = "\n".join(f"%time {line}" for line in IMPORTS.split("\n"))
    assert judged("a", genuine["a"], source=timed)[0] == judged("a", genuine["a"], source=f"%%time\n{IMPORTS}")[0] == 1
    rest = "\n".join(line for line in IMPORTS.split("\n") if "numpy" not in line and "matplotlib" not in line)
    assert judged("a", genuine["a"], source=f"%pylab inline\n{rest}")[0] == 1
    assert judged("a", genuine["a"], source=f"!echo %pylab\n{rest}")[0] == 0
    accents = "\u0301" * 500 + "\u0323" * 500        # which Python sorts
    assert judged("a", genuine["a"], source=f"é = 'e{accents}'\n{IMPORTS}")[0] == 1
    assert judged("a", genuine["a"], source="(" * 3000 + IMPORTS)[0] == 0
    assert judged("a", genuine["a"], source=f"# {'x' * 100_000}\n{IMPORTS}")[0] == 0


def of_cells(genuine, *sources, kind="code"):
    """Return the score of step a for imports in several cells."""
    made = notebook({"a": [shown(genuine["a"])]}, "")
    made.cells[:1] = [(new_code_cell if kind == "code" else new_markdown_cell)(source) for source in sources]
    Verify().preprocess(made, {"lab6_nonce": NONCE})
    return determine_grade(made.cells[len(sources)])[0]


def test_imports_may_stand_in_several_cells_of_code_up_to_a_size_of_all_of_them(genuine):
    first, *rest = IMPORTS.split("\n")
    assert of_cells(genuine, first, "# nothing", "\n".join(rest)) == 1
    assert of_cells(genuine, first) == of_cells(genuine, IMPORTS, kind="markdown") == 0
    space = LONGEST_SOURCE - len(IMPORTS)
    assert of_cells(genuine, "#" * (space // 2), "#" * (space - space // 2), IMPORTS) == 1
    assert of_cells(genuine, "#" * (space // 2), "#" * (space - space // 2 + 1), IMPORTS) == 0
    assert of_cells(genuine, "#" * (LONGEST_SOURCE + 1), IMPORTS) == 1         # one that is passed over takes no space


def test_only_what_is_imported_from_a_package_counts_and_not_what_is_named_alike(genuine):
    content = copy.deepcopy(genuine["a"])
    for name, earned in {"sklearn.metrics": 1, "sklearn.metrics.accuracy_score": 1, "sklearn.metricsaccuracy_score": 0,
                         "sklearn": 0, "metrics.accuracy_score": 0}.items():
        kept = [one for one in genuine["a"]["seen"]["imports"]["imports"] if "metrics" not in one]
        content["seen"]["imports"]["imports"] = [*kept, name]
        assert judged("a", content)[0] == earned, name


def test_a_part_of_a_package_counts_as_an_import_of_it(genuine):
    content = copy.deepcopy(genuine["a"])
    imports = content["seen"]["imports"]["imports"]
    imports[imports.index("keras")] = "keras.datasets"
    assert judged("a", content, source=IMPORTS.replace("import keras", "from keras import datasets"))[0] == 1
    imports[imports.index("keras.datasets")] = "kerasdatasets"
    assert judged("a", content)[0] == 0


def test_a_source_of_which_python_warns_is_read_all_the_same(genuine):
    with warnings.catch_warnings(action="error"):
        assert judged("a", genuine["a"], source=IMPORTS + "\nprint('\\d')")[0] == 1


def output_of(genuine, *outputs):
    """Return the outputs of step d's cell when its kernel also showed others."""
    return verified({"d": [shown(genuine["d"]), *outputs]})[0]["d"].outputs


def test_what_the_kernel_showed_is_shown_line_by_line(genuine):
    title = "\nNot part of the verdict, what the kernel showed here:\n"
    for output, text in (
            ({"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["one", "two"]}, "one\ntwo\n"),
            ({"output_type": "error", "ename": "E", "evalue": "only this", "traceback": []}, "only this\n"),
            ({"output_type": "stream", "name": "stdout", "text": ["on", "e\n", "two"]}, "one\ntwo\n"),
            ({"output_type": "display_data", "data": {"text/plain": ["a ", "table"]}, "metadata": {}}, "a table\n"),
            ({"output_type": "display_data", "data": {"text/plain": "7"}, "metadata": {}}, "7\n"),
            ({"output_type": "stream", "name": "stdout", "text": "half \ud800\n"}, "half ?\n")):
        verdict, rest = output_of(genuine, output)
        assert verdict.output_type == rest.output_type == "stream" and verdict.name == rest.name == "stdout"
        assert rest.text == title + text
        assert verdict.text == "✓ x_train is float32, from 0 to 1.\n✓ x_test is float32, from 0 to 1.\n" \
            "Step d is right: 1 point\n"


def test_what_shows_nothing_or_repeats_the_verdict_is_not_shown_again(genuine):
    for output in ({"output_type": "display_data", "data": {"image/png": "AAAA"}, "metadata": {}},
                   {"output_type": "display_data", "data": 5, "metadata": {}},
                   {"output_type": "stream", "name": "stdout", "text": " \n\n"},
                   {"output_type": "stream", "name": "stdout", "text": "✓ x_train is float32, from 0 to 1.\n"},
                   {"output_type": "stream", "name": "stdout", "text": None}):
        assert len(output_of(genuine, output)) == 1, output


def test_a_failure_is_an_error_with_its_words_line_by_line_and_said_once(genuine):
    theirs = {"output_type": "error", "ename": "X", "evalue": "", "traceback": ["a student's own"]}
    verdict, rest = verified({"d": [theirs]})[0]["d"].outputs
    assert (verdict.output_type, verdict.ename) == ("error", "NotEarned")
    assert verdict.evalue.startswith("Step d earns no point: there is no evidence.")
    assert verdict.traceback == verdict.evalue.split("\n") and "a student's own" in rest.text
    assert len(verified({"d": [theirs | {"traceback": verdict.traceback}]})[0]["d"].outputs) == 1


def test_an_error_of_a_cell_before_the_check_is_part_of_its_verdict(genuine):
    made = notebook({"c": [], "d": [shown(genuine["d"])]})
    made.cells.insert(2, new_code_cell(outputs=[new_output("error", ename="KeyError", evalue="7", traceback=[])]))
    found = Verify().preprocess(made, {"lab6_nonce": NONCE})[0].metadata["lab6"]["verdicts"]
    assert found["d"]["error"] == "its cell ended with KeyError: 7" and "error" not in found["c"]
    assert found["d"]["points"] == 1


def test_the_error_that_cost_more_than_half_of_the_points_is_noted(genuine):
    def error(name):
        return new_output("error", ename=name, evalue="7", traceback=[])
    made = notebook({"b": [error("NameError")], "c": [error("NameError")], "d": [shown(genuine["d"])]})
    made.cells.insert(2, new_code_cell(outputs=[error("NameError")]))
    made.cells.insert(1, new_code_cell(outputs=[error("KeyError")]))
    noted = Verify().preprocess(made, {"lab6_nonce": NONCE})[0].metadata["lab6"]
    assert noted["loss"] == "2 steps were lost after one error in the cell of step b: KeyError: 7"


def test_a_check_whose_cell_says_no_points_is_worth_none(genuine):
    made = notebook({"d": [shown(genuine["d"])]})
    del made.cells[1].metadata["nbgrader"]["points"]
    found = Verify().preprocess(made, {"lab6_nonce": NONCE})[0].metadata["lab6"]["verdicts"]
    assert found["d"]["holds"] and "points" not in found["d"]


def test_a_check_that_fails_says_so_in_its_own_lines(genuine):
    held, failed = verified({"a": [shown(genuine["a"])]}, source="import numpy")[0]["a"].outputs
    assert (held.text, failed.ename) == ("✓ NumPy is imported.\n", "CheckFailed")
    assert failed.traceback[0] == "Step a does not hold yet." and "\n".join(failed.traceback) == failed.evalue
    theirs = {"output_type": "error", "ename": "CheckFailed", "evalue": "", "traceback": failed.traceback}
    assert len(verified({"a": [shown(genuine["a"]), theirs]}, source="import numpy")[0]["a"].outputs) == 2


def test_other_outputs_of_the_cell_that_held_evidence_stay(genuine):
    plain = {**shown(genuine["d"]), "metadata": {"tags": "x"}}
    plain["data"] = {**plain["data"], "text/plain": "a word"}
    made = notebook({"d": [plain, {"output_type": "stream", "name": "stdout", "text": "another\n"}]})
    del made.cells[1].metadata["nbgrader"]
    Verify().preprocess(made, {"lab6_nonce": NONCE})
    first, second = made.cells[1].outputs
    assert first.data == {"text/plain": "a word"} and first.metadata == {} and second.text == "another\n"


def test_a_run_that_was_stopped_says_why_where_evidence_is_missing():
    made, _ = Verify().preprocess(notebook({"d": []}), {"lab6_nonce": NONCE, "lab6_stopped": "it took too long"})
    assert "because the run was stopped: it took too long." in made.cells[1].outputs[0].evalue
    made, _ = Verify().preprocess(notebook({"d": []}), {"lab6_nonce": NONCE})
    assert "because the cell was stopped, the kernel died, or something replaced it." in made.cells[1].outputs[0].evalue


def test_a_check_that_ended_says_with_what_in_one_sentence():
    for said, words in (("it failed.", "X: it failed."), ("", "X."), ("odd: ", "X: odd.")):
        text = judged("d", None, new_output("error", ename="X", evalue=said, traceback=[]))[1]
        assert f"there is no evidence. Its check ended with {words}\n" in text.replace(" \n", "\n") + "\n", text


def test_what_tells_one_work_from_another_and_work_done_elsewhere_are_noted(genuine):
    noted = {}
    for untouched in ["step_i"], []:
        made = notebook({"i": [shown(genuine["i"])]})
        own = new_code_cell("# Your code here", metadata={"nbgrader": {"grade_id": "step_i", "solution": True}})
        made.cells[1:1] = [own, new_code_cell("kmeans_50 = 1")]
        made.metadata["lab6"] = {"untouched": untouched}
        Verify().preprocess(made, {"lab6_nonce": NONCE})
        noted[tuple(untouched)] = made.metadata["lab6"]
    elsewhere, own = noted.values()
    assert elsewhere["elsewhere"] == ["Step i: earned, though the step's own cell is as released. "
                                      "Look at what did it: cell 3"] and own["elsewhere"] == []
    assert own["fingerprints"] and own["beside"]["facts"]


def test_a_graded_notebook_names_the_kernel_behind_the_wall_and_other_assignments_are_nbgraders():
    named, _ = NameTheWall().preprocess(new_notebook(), {})
    assert named.metadata.kernelspec["name"] == "lab6-wall" and named.metadata.kernelspec["language"] == "python"
    bare = new_code_cell("x", metadata={"nbgrader": {"grade": True, "grade_id": "x"}})      # it has no points
    of_another = {"nbgrader": {"assignment": "another"}}
    with pytest.raises(SchemaTooOldError):
        CheckTheOthers().preprocess(new_notebook(cells=[bare]), of_another)
    right = new_code_cell("x", metadata={"nbgrader": {
        "grade": True, "grade_id": "x", "points": 1, "locked": True, "solution": False, "task": False,
        "schema_version": 3}})
    assert CheckTheOthers().preprocess(new_notebook(cells=[right]), of_another)[1] is of_another
    assert CheckTheOthers().preprocess(new_notebook(cells=[bare]), {})[0].cells == [bare]


def test_cells_that_give_no_points_are_no_steps(genuine):
    made = notebook({"d": [shown(genuine["d"])], "e": [shown(genuine["e"])]})
    made.cells[1].metadata["nbgrader"]["grade"] = False
    made.cells.insert(2, new_code_cell("d"))
    Verify().preprocess(made, {"lab6_nonce": NONCE})
    assert made.cells[1].outputs == [] and determine_grade(made.cells[3])[0] == 1


def test_the_fact_sheet_stands_right_above_the_first_answer_only(genuine):
    made = notebook({"d": [shown(genuine["d"])]})
    made.cells.append(copy.deepcopy(made.cells[-1]))
    Verify().preprocess(made, {"lab6_nonce": NONCE})
    assert [cell.source[:12] for cell in made.cells[2:]] == ["**Fact sheet", "An answer.", "An answer."]


def test_no_collector_runs_while_sources_are_read_and_it_runs_again_after(genuine, monkeypatch):
    seen = []
    monkeypatch.setattr("grading.submission.verify.written_in", lambda sources: seen.append(gc.isenabled()) or set())
    judged("a", genuine["a"])
    assert seen == [False] and gc.isenabled()


def test_a_source_made_to_take_long_takes_no_time(genuine):
    for source in ("a?\n" * 33_000, "a" + ".b" * 49_000, "()" * 50_000, "-" * 99_000 + "1", "%" * 99_000,
                   "a, " * 30_000 + "= 1", "a" * 99_000):
        with within(2):
            assert judged("a", genuine["a"], source=source)[0] == 0


def test_a_check_that_raises_earns_nothing_and_is_logged(genuine, monkeypatch, caplog):
    def broken(x_train, x_test, truth):
        raise ZeroDivisionError
        yield
    finished = genuine["d"]
    monkeypatch.setitem(lab.steps, "d", dataclasses.replace(lab.steps["d"], judge=broken))
    score, text = judged("d", finished)
    assert score == 0
    assert [record.getMessage() for record in caplog.records] == ["The check of step d failed on its evidence"]
    assert "cannot be read; its check raised ZeroDivisionError" in text


def test_the_same_number_of_rows_is_always_looked_at_and_some_in_every_run():
    for number in range(300):
        rows = Sampled.sample(str(number), "x_train", 200)
        assert len(rows) == len(set(rows.tolist())) == Sampled.sampled and {*Sampled.always} <= {*rows.tolist()}
    assert Sampled.sample("0", "x_train", 60000, 0).size == 0
