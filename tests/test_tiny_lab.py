"""A second lab, tiny: `helpers.kit` knows no lab, and a step of one is one function and one cell."""

import copy
import inspect
import json
import os
import random
import subprocess
import sys

import corpus
import nbformat
import pytest
import tiny_lab
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from test_evidence_properties import mutate

from grading.lab import ROOT
from helpers.kit import errors, session, wire
from helpers.kit.kinds import Answers, Array, Fitted, Number
from helpers.kit.step import Lab
from helpers.kit.verdict import CheckFailed, StepNotDone, fail

NONCE = "0" * 32
TINY = ROOT / "tests" / "tiny_lab"


def handed_out(monkeypatch, lab, step, *values):
    """Return what a check of a lab hands out, after a journey as JSON."""
    published = []
    monkeypatch.setenv(wire.NONCE, NONCE)
    monkeypatch.setattr("IPython.display.display", lambda shown, raw=False: raw and published.append(shown))
    try:
        lab.check(step, dict(zip(lab.steps[step].kinds, values)))
    except CheckFailed:
        pass
    return json.loads(json.dumps(published[0][wire.MIME]))


def test_a_check_is_called_with_the_values_of_the_signature_and_says_what_holds(capsys):
    tiny_lab.step_a([3, 1, 4, 1, 5])
    tiny_lab.step_b([1, 2], mean=1.5)
    assert capsys.readouterr().out == (
        "✓ numbers holds five numbers.\nStep a is right: 2 points\n✓ mean is 1.5.\nStep b is right: 2 points\n")
    with pytest.raises(TypeError):
        tiny_lab.step_a(1, 2)


def test_a_verdict_is_data(monkeypatch):
    verdict = tiny_lab.lab.judge("a", {"numbers": Array.see([1, 1, 3, 4, 5])}, NONCE)
    assert (verdict.step, verdict.expected, verdict.likely) == (
        "a", "the five numbers in order", "they are in another order")
    assert tiny_lab.lab.judge("a", {"numbers": Array.see([1])}, NONCE).likely == "some are missing, or there are more"
    remarked = tiny_lab.lab.judge("a", {"numbers": Array.see([3., 1, 4, 1, 5])}, NONCE)
    assert remarked.passed and remarked.remark.startswith("They are kept as fractions")
    assert remarked.lines == ["✓ numbers holds five numbers.", remarked.remark, "Step a is right."]


@pytest.mark.parametrize(("step", "values", "error", "words"), [
    ("a", (None,), StepNotDone, "numbers has no value yet"), ("a", ([],), CheckFailed, "nothing was put into it"),
    ("a", (len,), CheckFailed, "its brackets are missing"), ("b", (None, 7), StepNotDone, "it needs numbers"),
    ("b", ("x", 7), CheckFailed, "the step that makes it does not hold yet"),
    ("b", ([7], "7"), CheckFailed, "it is a text")])
def test_what_a_step_need_not_look_at_is_refused_before(step, values, error, words):
    with pytest.raises(error) as found:
        tiny_lab.lab.check(step, dict(zip(tiny_lab.lab.steps[step].kinds, values)))
    assert words in " ".join(str(found.value).split())


def test_a_declaration_says_what_a_step_looks_at_what_it_gives_and_what_to_try(capsys):
    lab = Lab("tiny", truth=lambda: 7)

    @lab.step("q", gives="low high", also="range", how={"low": "low = 1", "high": "high = 7"}, slip="run it", points=3)
    def step_q(numbers: Array, low: Number, high: Number, range: Number, *, truth, nonce):
        """The ends of the numbers."""
        yield f"all is {truth} in {nonce}."

    @lab.part("q", "part 1", gives="low", how="low = min(numbers)")
    def step_q_part_1(low: Number, *, truth, nonce):
        if low.value != 1:
            fail("1", f"{low.value:g}", "another", "look again")
        yield f"low is below {truth} in {nonce}."

    @lab.step("b")
    def step_b(numbers: Array):
        yield "there are numbers."

    step = lab.steps["q"]
    assert list(lab.steps) == ["b", "q"] and (lab.steps["b"].points, lab.steps["b"].slip) == (1, "")
    assert step.kinds == {"numbers": Array, "low": Number, "high": Number, "range": Number}
    assert (step.asks, step.gives, step.also, step.points) == (["truth", "nonce"], ["low", "high"], ["range"], 3)
    assert lab.names == {"low": "q", "high": "q", "range": "q"} and lab.file == "tiny.ipynb" and lab.title == "tiny"
    assert (step_q.__name__, step_q.__doc__) == ("step_q", "The ends of the numbers.")
    assert [*inspect.signature(step_q).parameters] == ["numbers", "low", "high", "range"]
    step_q([1, 7], 1, range=6, high=7)
    assert capsys.readouterr().out == "✓ all is 7 in practice.\nStep q is right: 3 points\n"
    step_q_part_1(1)
    assert capsys.readouterr().out == "✓ low is below 7 in practice.\nStep q, part 1 is right.\n"
    assert list(lab.said) == ["q", "q, part 1"]
    assert lab.picture is None and lab.validate() is None
    assert lab.facts({}) == lab.fingerprints({}) == lab.numbers({}) == lab.sheet({}) == {}
    for call, error, words in (
            (lambda: step_q([1]), StepNotDone, "low and high have no values yet (check the spelling, or the error "
                                               "above; run it)."),
            (lambda: step_q([1], 1), CheckFailed, "run this cell again: high = 7"),
            (lambda: step_q([1], 1, 7), CheckFailed, "run this cell again: None"),
            (lambda: step_q_part_1(None), StepNotDone, "has no value yet (check its spelling, or the error above)."),
            (lambda: step_q_part_1([1]), CheckFailed, "Try: low = min(numbers)"),
            (lambda: step_q_part_1(2), CheckFailed, "Step q, part 1 does not hold yet. Expected: 1 Found: 2 Likely:")):
        with pytest.raises(error) as found:
            call()
        assert words in " ".join(str(found.value).split())


def test_an_error_above_a_check_is_said_before_anything_else(monkeypatch):
    monkeypatch.setattr(errors, "ends", {1: ("", "its cell ended with A"), 2: ("", "its cell ended with B")})
    for _ in range(2):
        with pytest.raises(CheckFailed, match="Error:    its cell ended with A"):
            tiny_lab.step_a([7])
    assert {owner for owner, _ in errors.ends.values()} == {"a"}
    with pytest.raises(CheckFailed) as found:               # those errors are of step a
        tiny_lab.step_b([1, 2], 7)
    assert "Error:" not in str(found.value)
    lab = Lab("tiny", truth=list)

    @lab.part("a", "part 1")
    def step_a_part_1(numbers: Array):
        fail("more", "less", "it was forgotten", "look again")
        yield

    with pytest.raises(CheckFailed, match="Error:    its cell ended with A"):
        step_a_part_1([1])


def test_a_slip_that_explains_a_missing_value_is_its_likely_cause():
    for values, error, words in (({}, StepNotDone, "numbers has no value yet .* You wrote number.$"),
                                 ({"numbers": [7]}, CheckFailed, "Likely:   some are missing")):
        with pytest.raises(error, match=words):
            tiny_lab.lab.check("a", values, "You wrote number.")
    lab = Lab("tiny", truth=list)

    @lab.step("c", gives="low", also="high")
    def step_c(low: Number, high: Number):
        yield "both are numbers."

    with pytest.raises(CheckFailed) as found:
        lab.check("c", {"low": 1}, "You wrote hihg.")
    assert (found.value.verdict.likely, found.value.verdict.step) == ("You wrote hihg.", "c")
    assert found.value.verdict.found == "no value"


def test_where_a_notebook_is_validated_the_first_check_that_holds_says_what_is_missing(monkeypatch):
    lab, asked = Lab("tiny", truth=lambda: tiny_lab.FIVE), []
    lab.steps.update(tiny_lab.lab.steps)
    for environment, wanted in ({}, []), ({"NBGRADER_VALIDATING": "1"}, [["b"]]):
        lab.said.clear()
        lab.validate = lambda: asked.append([step for step, verdict in lab.said.items() if verdict.passed])
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(CheckFailed):
            lab.check("a", {"numbers": [7]})
        lab.check("b", {"numbers": [7], "mean": 7})
        lab.check("a", {"numbers": tiny_lab.FIVE})
        assert asked == wanted


def test_adding_a_step_is_one_function_and_one_cell(monkeypatch):
    lab = Lab("tiny", truth=list)
    lab.steps.update(tiny_lab.lab.steps)

    @lab.step("z", gives="largest", how="largest = max(numbers)")
    def step_z(numbers: Array, largest: Number):
        if largest.value != numbers.high:
            fail(f"largest = {numbers.high:g}", f"{largest.value:g}", "another one was taken", "largest = max(numbers)")
        yield "largest is the largest."

    shell = InteractiveShell()
    shell.user_ns.update(step_z=step_z, numbers=[3, 1, 4])
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    session.attach(lab)
    said = {}
    for cell in ("step_z(numbers, largest)", "print(largest)", "largest = 3\nstep_z(numbers, largest)",
                 "largest = 4\nstep_z(numbers, largest)"):
        with capture_output() as shown:
            shell.run_cell(cell)
        said[cell] = shown.stdout + "".join(output.data["text/plain"] for output in shown.outputs)
    first, plain, wrong, right = said.values()
    assert "Step z is not done yet: largest has no value yet" in first
    assert "Step z is not done yet: this cell needs largest" in plain
    assert "another one was taken" in wrong and right.strip() == "✓ largest is the largest.\nStep z is right: 1 point"
    assert lab.names["largest"] == "z"
    content = handed_out(monkeypatch, lab, "z", [3, 1, 4], 4)
    assert lab.judge("z", lab.read("z", content, NONCE), NONCE).passed
    with pytest.raises(wire.Unreadable, match="no step has this name"):
        tiny_lab.lab.read("z", content, NONCE)


@pytest.mark.parametrize("change", [
    lambda content: content | {"more": 1}, lambda content: content | {"version": 2},
    lambda content: content | {"step": "b"}, lambda content: content | {"nonce": "1" * 32},
    lambda content: content | {"seen": {"other": content["seen"]["numbers"]}},
    lambda content: content | {"seen": content["seen"] | {"mean": {"kind": "missing"}}},
    lambda content: content | {"seen": {"numbers": wire.One().write(Number("int", 7.0))}},
    lambda content: content | {"seen": {"numbers": wire.One().write(Answers(()))}},
    lambda content: content | {"seen": {"numbers": wire.One().write(Fitted("KMeans", 1, 1, *[Array.see([7])] * 2))}},
    lambda content: content | {"seen": {"numbers": content["seen"]["numbers"] | {"kind": "Array"}}},
    lambda content: content | {"seen": {"numbers": [7]}},
    lambda content: content | {"seen": {"numbers": content["seen"]["numbers"] | {"more": 1}}}])
def test_the_schema_is_closed(monkeypatch, change):
    content = handed_out(monkeypatch, tiny_lab.lab, "a", tiny_lab.FIVE)
    assert tiny_lab.lab.read("a", content, NONCE)["numbers"].values.tolist() == tiny_lab.FIVE
    with pytest.raises((wire.Unreadable, wire.OtherRun)):
        tiny_lab.lab.read("a", change(content), NONCE)


@pytest.mark.parametrize("seed", range(500))
def test_mutated_evidence_earns_only_what_it_shows(monkeypatch, seed):
    content, rng = handed_out(monkeypatch, tiny_lab.lab, "a", tiny_lab.FIVE), random.Random(seed)
    whole = copy.deepcopy(content)
    mutate(content, rng, rng.choice([None, True, 7, -1, 10 ** 400, "nan", "x" * 1000, [], {}, [[]] * 600]))
    try:
        seen = tiny_lab.lab.read("a", content, NONCE)
    except (wire.Unreadable, wire.OtherRun):
        return
    earned = tiny_lab.lab.judge("a", seen, NONCE).passed
    assert earned == (getattr(seen["numbers"], "values", None) is not None
                      and seen["numbers"].values.tolist() == tiny_lab.FIVE) or content == whole


def notebook(**other):
    """Return the tiny lab's source notebook, with other sources for some cells, by name."""
    cells = []
    for name, source in {**corpus.cells_in((TINY / "notebook.py").read_text()), **other}.items():
        kind, _, _ = name.partition("_")
        new = nbformat.v4.new_markdown_cell if kind == "question" else nbformat.v4.new_code_cell
        about = {"grade_id": name, "grade": kind in ("check", "question"), "solution": kind in ("step", "question"),
                 "locked": kind in ("start", "check"), "schema_version": 3, "task": False}
        about |= {"points": 2} if about["grade"] else {}
        hidden = kind == "step" and name not in other
        cells.append(new(f"### BEGIN SOLUTION\n{source}\n### END SOLUTION" if hidden else source,
                         id=name.replace("_", "-"), metadata={"nbgrader": about}))
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture(scope="module")
def tiny_course(tmp_path_factory):
    """Return a course of the tiny lab: this project's configuration with another lab, and four submissions, graded."""
    course = tmp_path_factory.mktemp("tiny")
    config = (ROOT / "nbgrader_config.py").read_text()
    (course / "nbgrader_config.py").write_text(config.replace('c.Lab.module = "helpers"', 'c.Lab.module = "tiny_lab"'))
    (course / "source" / "tiny").mkdir(parents=True)
    nbformat.write(notebook(), course / "source" / "tiny" / "tiny.ipynb")
    for student, wrong in {"right": {}, "half": {"step_b": "mean = 3"}, "raises": {"step_a": "numbers = 1 / 0"},
                           "forges": {"step_a": "numbers = 7\ntiny_lab.lab.judge = lambda *_: None",
                                      "step_b": "tiny_lab.step_b = lambda *_: None"}}.items():
        folder = course / "submitted" / student / "tiny"
        folder.mkdir(parents=True)
        nbformat.write(notebook(**wrong), folder / "tiny.ipynb")
    run = subprocess.run([sys.executable, "-m", "grading", "grade", "--json"], cwd=course, capture_output=True,
                         text=True, env={**os.environ, "PYTHONPATH": f"{ROOT / 'tests'}:{ROOT}"})
    assert run.stdout, run.stderr
    return course, {row["student"]: row for row in json.loads(run.stdout)["rows"]}


def test_the_engine_grades_another_lab(tiny_course):
    course, rows = tiny_course
    assert {student: row["points"] for student, row in rows.items()} == {
        "right": dict.fromkeys(tiny_lab.lab.steps, 2), "half": {"a": 2, "b": 0}, "raises": {"a": 0, "b": 0},
        "forges": {"a": 0, "b": 0}}
    assert all(row["waits"] == ["question"] for row in rows.values())
    assert dict(map(tuple, rows["raises"]["reasons"]))["a"] == "its cell ended with ZeroDivisionError: division by zero"
    page = (course / "report" / "index.html").read_text()
    assert "<title>The tiny lab" in page and "k-means" not in page and "MNIST" not in page
    assert "another number was divided by" in (course / "feedback" / "half" / "tiny" / "tiny.html").read_text()
