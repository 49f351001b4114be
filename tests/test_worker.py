"""What reads a submission has a budget, and it alone can die of one."""

import contextlib
import json
import os
import signal
import threading
import time
from dataclasses import replace

import nbformat
import pytest
from corpus import NOTEBOOK
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grading import lab
from grading.course.classroom import Classroom
from grading.submission import task, worker


@pytest.fixture(autouse=True)
def no_worker_stays(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(__file__))         # where a worker finds the functions below
    yield
    worker.close()


def take(megabytes):
    return len(bytearray(megabytes << 20))


def spin():
    while True:
        pass


def die(number):
    os.kill(os.getpid(), number)
    time.sleep(10)


def unsendable():
    raise type("Odd", (Exception,), {})("no class that anybody finds")


def test_it_returns_what_a_function_returns_and_raises_what_it_raises():
    assert worker.here(sum, [1, 2]) == 3
    with pytest.raises(ZeroDivisionError):
        worker.here(divmod, 1, 0)
    assert worker.here(os.getpid) == worker.here(os.getpid) != os.getpid()


def test_an_error_that_cannot_be_sent_is_said_in_words():
    with pytest.raises(RuntimeError, match="Odd: no class that anybody finds"):
        worker.here(unsendable)


def test_memory_is_bounded_and_the_next_call_has_all_of_it_again():
    assert worker.here(take, 600) == 600 << 20
    with pytest.raises(worker.OverBudget, match="more than 1024 MiB of memory"):
        worker.here(take, 1100)
    assert worker.here(take, 600) == 600 << 20


def test_time_is_bounded_for_each_call():
    process = worker.Worker()
    process.call(short_budget, 1)
    with pytest.raises(worker.OverBudget, match="s of the processor"):
        process.call(spin)


def short_budget(seconds):
    worker.SECONDS = seconds


def test_a_call_that_does_nothing_ends_too(monkeypatch):
    monkeypatch.setattr(worker, "PATIENCE", 1)
    with pytest.raises(worker.OverBudget, match="took longer than 1 s"):
        worker.here(time.sleep, 60)


def test_whoever_kills_it_costs_nothing_and_a_crash_is_the_calls_own():
    with pytest.raises(worker.Killed, match="3 times"):
        worker.here(die, signal.SIGKILL)
    with pytest.raises(worker.OverBudget, match="status -11"):
        worker.here(die, signal.SIGSEGV)


def test_each_thread_has_its_own():
    found = []
    threads = [threading.Thread(target=lambda: found.append(worker.here(os.getpid))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({*found, os.getpid()}) == 3


def test_it_ends_with_whoever_started_it():
    ours = worker.Worker()
    pid = ours.call(os.getpid)
    ours.link.close()
    assert ours.process.wait(10) == 0 and not os.path.exists(f"/proc/{pid}")


@pytest.fixture(scope="module")
def room(make_course, submit, solved):
    course = make_course()
    submit(course, "ada", solved)
    return Classroom(course)


def test_what_stands_in_for_feedback_holds_nothing_that_a_student_wrote():
    about = {"nbgrader": {"grade": True, "solution": True, "grade_id": "homework_1"}, "lab6": {"source": "slow words"}}
    answer = new_markdown_cell("slow words", metadata=about, attachments={"slow.png": {"image/png": "words"}})
    check = new_code_cell("slow = True", metadata={"nbgrader": {"grade": True, "solution": False}})
    notebook = new_notebook(cells=[new_code_cell("slow words"), answer, check], metadata={"lab6": {"problem": "x"}})
    left = task._without_theirs(nbformat.writes(notebook).encode())
    cells = json.loads(left)["cells"]
    assert b"words" not in left and [cell["cell_type"] for cell in cells] == ["markdown", "code"]
    assert "takes too long" in "".join(cells[0]["source"]) and "".join(cells[1]["source"]) == "slow = True"


@pytest.mark.long("what goes over its budget is tested by calls, here by whole submissions")
@pytest.mark.parametrize("function", ["autograde", "generate_feedback"])
def test_a_submission_that_goes_over_is_graded_as_what_cannot_be_graded(room, monkeypatch, function):
    """The first call that reads it goes over; what stands in for it is graded in its place, and saved for good."""
    calls, real = [], worker.here

    def here(called, *arguments):
        calls.append(called)
        if len(calls) == 1:
            raise worker.OverBudget("it took more than 1 s of the processor")
        return real(called, *arguments)

    submission, assignment = room.submission("ada"), room.assignment()
    if function == "generate_feedback":
        graded = task.grade(replace(submission, problem="x"), assignment)
        room.records.save(submission, graded)
        monkeypatch.setattr(worker, "here", here)
        page = task.feedback(graded.files, room.records.marks("ada"), assignment)[f"{NOTEBOOK}.html"].decode()
        assert "takes too long to be shown" in page and "Step a" in page
        return
    monkeypatch.setattr(worker, "here", here)
    graded = task.grade(submission, assignment)
    assert "cannot be read, because it took more than 1 s" in graded.problem
    assert set(graded.scores.values()) <= {0.0, None}
    room.records.save(submission, graded)
    assert [*room.due(["ada"])] == [("ada", False)]


def test_a_wall_that_fails_in_an_unforeseen_way_keeps_no_worker_from_its_work(monkeypatch, tmp_path):
    monkeypatch.setenv(lab.MODULE, "no_such_lab")       # which the interpreter behind the wall imports first
    monkeypatch.setattr(worker, "walled", True)
    with contextlib.closing(worker.Worker()) as process:
        assert process.call(sum, [1, 2]) == 3


def test_a_worker_that_does_not_start_is_ended(monkeypatch):
    monkeypatch.setattr(worker, "START", 0)
    with contextlib.closing(worker.Worker()) as process, pytest.raises(worker.Killed):
        process.call(sum, [1, 2])
