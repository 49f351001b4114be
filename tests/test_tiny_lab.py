"""A second lab, tiny: `helpers.kit` knows no lab, and a step of one is one function and one cell."""

import copy
import json
import os
import random
import subprocess
import sys

import nbformat
import pytest
import tiny_lab
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from test_evidence_properties import mutate

from grading.lab import ROOT
from helpers.kit import session, wire
from helpers.kit.kinds import Answers, Array, Fitted, Number
from helpers.kit.step import Lab
from helpers.kit.verdict import CheckFailed, StepNotDone, fail

NONCE = "0" * 32


def handed_out(monkeypatch, lab, step, *values):
    """Return what a check of a lab hands out, after a journey as JSON."""
    published = []
    monkeypatch.setenv(wire.NONCE, NONCE)
    monkeypatch.setattr("IPython.display.display", lambda content, raw: published.append(content[wire.MIME]))
    try:
        lab.check(step, dict(zip(lab.steps[step].kinds, values)))
    except CheckFailed:
        pass
    return json.loads(json.dumps(published[0]))


def test_a_check_is_called_with_the_values_of_the_signature_and_says_what_holds(capsys):
    tiny_lab.step_a([3, 1, 4, 1, 5])
    tiny_lab.step_b([1, 2], mean=1.5)
    assert capsys.readouterr().out == "✓ numbers holds five numbers.\n✓ mean is 1.5.\n"
    with pytest.raises(TypeError):
        tiny_lab.step_a(1, 2)


def test_a_verdict_is_data(monkeypatch):
    verdict = tiny_lab.lab.judge("a", {"numbers": Array.see([1, 1, 3, 4, 5])}, NONCE)
    assert (verdict.step, verdict.expected, verdict.likely) == (
        "a", "the five numbers in order", "they are in another order")
    assert tiny_lab.lab.judge("a", {"numbers": Array.see([1])}, NONCE).likely == "some are missing, or there are more"
    remarked = tiny_lab.lab.judge("a", {"numbers": Array.see([3., 1, 4, 1, 5])}, NONCE)
    assert remarked.passed and remarked.remark.startswith("They are kept as fractions")
    assert remarked.lines == ["✓ numbers holds five numbers.", f"  {remarked.remark}"]


@pytest.mark.parametrize(("step", "values", "error", "words"), [
    ("a", (None,), StepNotDone, "numbers has no value yet"), ("a", ([],), CheckFailed, "nothing was put into it"),
    ("a", (len,), CheckFailed, "its brackets are missing"), ("b", (None, 7), StepNotDone, "it needs numbers"),
    ("b", ("x", 7), CheckFailed, "the step that makes it does not hold yet"),
    ("b", ([7], "7"), CheckFailed, "it is a text")])
def test_what_a_step_need_not_look_at_is_refused_before(step, values, error, words):
    with pytest.raises(error) as found:
        tiny_lab.lab.check(step, dict(zip(tiny_lab.lab.steps[step].kinds, values)))
    assert words in " ".join(str(found.value).split())


def test_adding_a_step_is_one_function_and_one_cell(monkeypatch):
    lab = Lab("tiny", truth=list)
    lab.steps.update(tiny_lab.lab.steps)

    @lab.step("c", gives="largest", how="largest = max(numbers)")
    def step_c(numbers: Array, largest: Number):
        if largest.value != numbers.high:
            fail(f"largest = {numbers.high:g}", f"{largest.value:g}", "another one was taken", "largest = max(numbers)")
        yield "largest is the largest."

    shell = InteractiveShell()
    shell.user_ns.update(step_c=step_c, numbers=[3, 1, 4])
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    session.attach(lab)
    said = {}
    for cell in ("step_c(numbers, largest)", "print(largest)", "largest = 3\nstep_c(numbers, largest)",
                 "largest = 4\nstep_c(numbers, largest)"):
        with capture_output() as shown:
            shell.run_cell(cell)
        said[cell] = shown.stdout
    first, plain, wrong, right = said.values()
    assert "Step c is not done yet: largest has no value yet" in first
    assert "Step c is not done yet: this cell needs largest" in plain
    assert "another one was taken" in wrong and right == "✓ largest is the largest.\n"
    assert lab.names["largest"] == "c"
    content = handed_out(monkeypatch, lab, "c", [3, 1, 4], 4)
    assert lab.judge("c", lab.read("c", content, NONCE), NONCE).passed
    with pytest.raises(wire.Unreadable, match="no step has this name"):
        tiny_lab.lab.read("c", content, NONCE)


@pytest.mark.parametrize("change", [
    lambda content: content | {"more": 1}, lambda content: content | {"version": 2},
    lambda content: content | {"step": "b"}, lambda content: content | {"nonce": "1" * 32},
    lambda content: content | {"seen": {"other": content["seen"]["numbers"]}},
    lambda content: content | {"seen": content["seen"] | {"mean": {"kind": "missing"}}},
    lambda content: content | {"seen": {"numbers": wire.One().write(Number("int", 7.0))}},
    lambda content: content | {"seen": {"numbers": wire.One().write(Answers(()))}},
    lambda content: content | {"seen": {"numbers": wire.One().write(Fitted("KMeans", 1, *[Array.see([7])] * 2))}},
    lambda content: content | {"seen": {"numbers": content["seen"]["numbers"] | {"kind": "Array"}}},
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

def cell(source, name, points=0, solution=False, kind="code"):
    """Return a cell of the tiny lab's source notebook."""
    new = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    made = new(source, id=name.replace("_", "-"))
    made.metadata["nbgrader"] = {"grade_id": name, "grade": bool(points), "solution": solution, "locked": not solution,
                                 "points": points, "schema_version": 3, "task": False}
    if not points:
        del made.metadata["nbgrader"]["points"]
    return made


def solved(source):
    return f"### BEGIN SOLUTION\n{source}\n### END SOLUTION"


@pytest.fixture(scope="module")
def tiny_course(tmp_path_factory):
    """Return a course of the tiny lab: this project's configuration with another lab, and four submissions, graded."""
    course = tmp_path_factory.mktemp("tiny")
    config = (ROOT / "nbgrader_config.py").read_text()
    (course / "nbgrader_config.py").write_text(config.replace('c.Lab.module = "helpers"', 'c.Lab.module = "tiny_lab"'))
    (course / "source" / "tiny").mkdir(parents=True)
    cells = [cell("from tiny_lab import start, step_a, step_b\nstart()", "start"),
             cell(solved("numbers = [3, 1, 4, 1, 5]"), "step_a", solution=True), cell("step_a(numbers)", "check_a", 2),
             cell(solved("mean = sum(numbers) / 5"), "step_b", solution=True),
             cell("step_b(numbers, mean)", "check_b", 3),
             cell("It is pi.", "question", 5, True, "markdown")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), course / "source" / "tiny" / "tiny.ipynb")
    answers = {"right": ("numbers = [3, 1, 4, 1, 5]", "mean = 2.8"), "half": ("numbers = [3, 1, 4, 1, 5]", "mean = 3"),
               "raises": ("numbers = 1 / 0", "mean = 2.8"),
               "forges": ("numbers = 7\nimport tiny_lab\ntiny_lab.lab.judge = lambda *_: None", "def step_b(*_): pass")}
    for student, (numbers, mean) in answers.items():
        theirs = copy.deepcopy(cells)
        theirs[1].source, theirs[3].source = numbers, mean
        folder = course / "submitted" / student / "tiny"
        folder.mkdir(parents=True)
        nbformat.write(nbformat.v4.new_notebook(cells=theirs), folder / "tiny.ipynb")
    run = subprocess.run([sys.executable, "-m", "grading", "grade", "--json"], cwd=course, capture_output=True,
                         text=True, env={**os.environ, "PYTHONPATH": f"{ROOT / 'tests'}:{ROOT}"})
    assert run.stdout, run.stderr
    return course, {row["student"]: row for row in json.loads(run.stdout)["rows"]}


def test_the_engine_grades_another_lab(tiny_course):
    course, rows = tiny_course
    assert {student: row["points"] for student, row in rows.items()} == {
        "right": {"a": 2, "b": 3}, "half": {"a": 2, "b": 0}, "raises": {"a": 0, "b": 0}, "forges": {"a": 0, "b": 0}}
    assert all(row["waits"] == ["question"] for row in rows.values())
    assert dict(map(tuple, rows["raises"]["reasons"]))["a"] == "its cell ended with ZeroDivisionError: division by zero"
    page = (course / "report" / "index.html").read_text()
    assert "<title>The tiny lab" in page and "k-means" not in page and "MNIST" not in page
    assert "another number was divided by" in (course / "feedback" / "half" / "tiny" / "tiny.html").read_text()
