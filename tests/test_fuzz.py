"""Thousands of submissions changed at random: each ends with a verdict, in bounded time, and none stops the run."""

import asyncio
import contextlib
import copy
import itertools
import json
import logging
import random

import corpus
import nbformat
import pytest
from corpus import FILE, NOTEBOOK
from fuzzed import Pasted, fuzzed
from genuine import NONCE, shown, within
from grade_one import grade_one
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_output
from nbgrader.preprocessors import LimitOutput
from nbgrader.utils import determine_grade, is_grade
from tiers import cases, some

from grading.course import run
from grading.course.classroom import Classroom
from grading.submission import verify, worker
from grading.submission.decode import decode
from grading.submission.outcome import FOREIGN, flags_of, reasons_of
from grading.submission.received import why_unreadable
from grading.submission.verify import Verify
from helpers import lab

SECONDS = 30            # of the processor, for one submission: most of it is nbgrader's own work
WHOLE, REAL = 40, 12    # submissions that go the whole way, and those that run behind the wall
STUB = """
from fuzzed import Pasted
c.Autograde.autograde_preprocessors = [Pasted, *verify.AUTOGRADE[1:]]
c.ExecuteSubmission.wall = False
"""

pytestmark = pytest.mark.filterwarnings("ignore")       # libraries warn of odd notebooks, and here warnings are errors


@pytest.fixture(scope="module", autouse=True)
def no_log():
    """What libraries log of odd notebooks is megabytes, with characters in it that no report can carry."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module", autouse=True)
def in_this_process():
    """What stands in for execution is this process's own, and so is the time that is measured."""
    def here(function, *arguments):
        try:
            return function(*arguments)
        finally:                        # the thread ends with the run, and what execution made for it does not
            with contextlib.suppress(RuntimeError):
                asyncio.get_event_loop().close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "here", here)
        yield


@pytest.fixture(scope="module")
def honest(solved, genuine):
    """A finished notebook as a student's JupyterLab saves it, as JSON."""
    notebook = corpus.submission(solved, further=False)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code):
        cell.execution_count = number
        cell.outputs = [new_output("stream", text="a line\n"), new_output("error", ename="E", evalue="v"),
                        new_output("execute_result", {"text/plain": "7", "image/png": "iVBORw0K"})][:number % 4]
    return json.loads(nbformat.writes(notebook))


@pytest.fixture(scope="module")
def room(make_course, genuine):
    """A course in which execution is replaced by what an honest run hands out."""
    course = make_course()
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(STUB)
    Pasted.nonce, Pasted.shown = NONCE, {step: [shown(genuine[step])["data"]] for step in lab.steps}
    return Classroom(course)


def put(room, student, content):
    folder = room.folder / "submitted" / student / NOTEBOOK
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes(content)
    return folder


def graded(room, folder):
    """Read, restore, run and judge a notebook with the graders of the course, one after the other; no database."""
    resources = {"metadata": {"path": str(folder), "name": NOTEBOOK}, "nbgrader": {
        "db_url": room.api.coursedir.db_url, "notebook": NOTEBOOK, "assignment": NOTEBOOK, "student": "ada"}}
    notebook = decode((folder / FILE).read_bytes(), FILE)
    for grader in [*verify.SANITIZE[:-1], Pasted, Verify, LimitOutput]:
        notebook, resources = grader(config=room.api.config).preprocess(notebook, resources)
    return nbformat.reads(nbformat.writes(notebook), as_version=4)


def names_in(content):
    """Return what the cells of a notebook call themselves."""
    about = [cell["metadata"].get("nbgrader") for cell in json.loads(content)["cells"]]
    names = [one.get("grade_id") for one in about if isinstance(one, dict)]
    return {name for name in names if isinstance(name, str)}


@cases(60, 2000)
@given(seed=st.integers(0, 2 ** 64), steps=st.sets(st.sampled_from(list(lab.steps)), max_size=2))
def test_a_submission_changed_at_random_gets_a_verdict_or_is_refused_in_words(room, honest, genuine, seed, steps):
    content = fuzzed(honest, random.Random(seed))
    folder = put(room, "ada", content)
    Pasted.shown = {step: [shown(genuine[step])["data"]] for step in steps}
    with within(SECONDS):
        try:
            notebook = graded(room, folder)
        except Exception as error:
            if not why_unreadable(content):         # whatever is not refused in words is a defect
                raise AssertionError(ascii(f"{type(error).__name__}: {error}")[:500]) from None
            return
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if is_grade(cell)}
    scores = {name.removeprefix("check_"): determine_grade(cell)[0] for name, cell in cells.items() if "check" in name}
    assert set(scores) == set(lab.steps) and set(scores.values()) <= {0, 1}
    assert {step for step, score in scores.items() if score} <= steps
    assert {step for step, _ in reasons_of(notebook)} == {step for step, score in scores.items() if not score}
    known = {cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in honest["cells"]} - {None}
    assert FOREIGN not in [flag.about for flag in flags_of(notebook)] or not known & names_in(content)
    answers = [cell for name, cell in cells.items() if "check" not in name]
    assert all(determine_grade(cell)[0] is None for cell in answers if "put back" in cell.source)


def verdict(room, student, content):
    """Grade one submission as lab6 grade does, and return its row."""
    put(room, student, content)
    with within(SECONDS):
        row = grade_one(room, student)
    assert set(row.points) == set(lab.steps) and set(row.points.values()) <= {0, 1}, row
    assert not row.problem or row.total == 0 and row.problem == why_unreadable(content), row
    assert not any("feedback could not be made" in flag.said for flag in row.flags), row
    assert list((room.folder / "feedback" / student / NOTEBOOK).glob("*.html")), row
    return row


@pytest.mark.parametrize("field", [{"nbformat": 4.0}, {"nbformat_minor": "5"}, {"nbformat_minor": None}])
def test_a_notebook_on_which_nbformats_reader_stumbles_is_graded(room, honest, genuine, field):
    Pasted.shown = {step: [shown(genuine[step])["data"]] for step in lab.steps}
    assert verdict(room, "odd", json.dumps({**honest, **field}).encode()).total == 10


def test_half_a_character_costs_nothing_and_becomes_a_question_mark(room, honest, genuine, graded_cells):
    Pasted.shown = {step: [shown(genuine[step])["data"]] for step in lab.steps}
    notebook = copy.deepcopy(honest)
    for cell in notebook["cells"]:
        cell["source"] = [*cell["source"], "\n# half a character: \ud83d"]
    assert verdict(room, "half", json.dumps(notebook).encode()).total == 10
    assert graded_cells(room.folder, "half")["step_a"].source.endswith("# half a character: ?")


@pytest.mark.parametrize("outputs", [[{}], [7], 7, [{"output_type": "error", "ename": "Stopped", "evalue": "x"}]])
def test_what_stands_where_a_text_has_no_outputs_is_dropped(room, honest, genuine, graded_cells, outputs):
    Pasted.shown = {step: [shown(genuine[step])["data"]] for step in lab.steps}
    notebook = copy.deepcopy(honest)
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            cell["outputs"] = outputs
    row = verdict(room, "texts", json.dumps(notebook).encode())
    assert row.total == 10 and not row.flags


@pytest.mark.parametrize("seed", some(range(WHOLE), 6, "more of the same, at random"))
def test_it_is_graded_to_the_end_saved_and_given_back(room, honest, genuine, seed):
    Pasted.shown = {step: [shown(genuine[step])["data"]] for step in lab.steps}
    verdict(room, f"student-{seed}", fuzzed(honest, random.Random(seed)))


def test_the_report_of_such_a_class_is_whole(room):
    rows, page = run.write_report(room)
    assert page.exists() and {row.student for row in rows} == set(room.students())


@pytest.mark.long("attacks and honest work run behind the wall in the short run too")
def test_its_code_runs_behind_the_wall_and_it_is_graded_too(make_course, honest):
    room, total = Classroom(make_course()), 0
    contents = (fuzzed(honest, random.Random(seed), ("cells", "fields")) for seed in itertools.count())
    for number, content in enumerate(itertools.islice((one for one in contents if not why_unreadable(one)), REAL)):
        row = verdict(room, f"student-{number}", content)
        assert not row.problem and row.seconds < 120, row
        total += row.total
    assert total > 3 * REAL         # most of the honest work in them earns its points
