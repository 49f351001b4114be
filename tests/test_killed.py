"""A run that is killed at any moment is run again, and ends with what an undisturbed run gives."""

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time

import corpus
import nbformat
import psutil
import pytest
from corpus import NOTEBOOK
from grade_one import feedback_one, grade_one
from nbgrader.api import Gradebook

from grading.course import executors
from grading.course.classroom import Classroom
from grading.course.run import grade
from grading.submission import task, worker

MOMENTS = 20
STUDENTS = [f"student-{number:02}" for number in range(4)]
# What is tried here is the coordinator: the tasks run no cell.
NO_CELLS = "\nc.ExecuteSubmission.wall = False\nc.ExecuteSubmission.refused = 'nothing is run in this test'\n"


def start(course, *arguments, **more):
    """Start lab6 grade, in a group of processes of its own."""
    return subprocess.Popen([sys.executable, "-m", "grading", "grade", *arguments], cwd=course, start_new_session=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)


def finish(run, seconds=300):
    said, _ = run.communicate(timeout=seconds)
    return run.returncode, said


def family(run):
    """Return a process and all that it started."""
    process = psutil.Process(run.pid)
    return [process, *process.children(recursive=True)]


def gone(processes, seconds=30):
    """Whether processes end, on their own, within some seconds."""
    return not psutil.wait_procs([one for one in processes if one.is_running()], timeout=seconds)[1]


@pytest.fixture(scope="module")
def lay_out(make_course, submit):
    """Return a function that lays out a class in which nothing is run."""
    blank = nbformat.read(corpus.RELEASE, as_version=4)

    def make():
        course = make_course()
        with (course / "nbgrader_config.py").open("a") as config:
            config.write(NO_CELLS)
        for number, student in enumerate(STUDENTS):
            (submit(course, student, blank) / "notes.txt").write_text(student)
            if number % 3 == 0:
                (course / "submitted" / student / NOTEBOOK / f"{NOTEBOOK}.ipynb").write_text("not a notebook")
        return course
    return make


def state(course):
    """Return what the gradebook and the folders hold, but for ids."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
        scores = {submission.student.id: sorted((grade.name, grade.auto_score, grade.needs_manual_grade)
                                                for notebook in submission.notebooks for grade in notebook.grades)
                  for submission in gradebook.assignment_submissions(NOTEBOOK)}
    files = {str(path.relative_to(course)): (path.stat().st_mode, content(path))
             for step in ("autograded", "feedback") for path in (course / step).rglob("*") if path.is_file()}
    return scores, files


def content(path):
    if path.suffix == ".html":
        return len(path.read_text()) // 1000
    if path.name == "submission_secret.txt":
        return len(path.read_text())                # drawn anew where a submission has none
    if path.suffix != ".ipynb":
        return path.read_bytes()
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        cell.pop("id", None)
    return notebook


def test_killed_at_twenty_moments_it_ends_as_if_undisturbed(lay_out, scheduler):
    """Most on a cluster that stays, where a run is short; the rest with workers of its own, which end with it."""
    killed_at(MOMENTS, lay_out, ["--scheduler", scheduler[0]])


def test_killed_at_three_moments_it_ends_as_if_undisturbed(lay_out):
    killed_at(3, lay_out, ["--workers", "1"])


def killed_at(number_of_moments, lay_out, other):
    undisturbed, course, longest = lay_out(), lay_out(), {}
    for ours, arguments in ((True, ["--workers", "1"]), (False, other)):
        if arguments == ["--workers", "1"] and longest:
            longest[ours] = longest[True]
            continue
        began = time.monotonic()
        assert finish(start(undisturbed, *arguments, "--force"))[0] == 1
        longest[ours] = time.monotonic() - began, arguments
    moments, dice = [], random.Random(6)
    for number in range(number_of_moments):
        seconds, arguments = longest[number % 5 == 0]
        run = start(course, *arguments, *(["--force"] if number % 2 else []))
        moments.append(dice.uniform(0.3, 1.0) * seconds)
        time.sleep(moments[-1])
        started = family(run)
        if number % 2:
            run.kill()                              # the coordinator alone: its workers notice and end
        else:
            os.killpg(run.pid, signal.SIGKILL)
        finish(run)
        assert gone(started), (number, started)
    code, said = finish(start(course, *other))
    assert code == 1, said
    assert state(course) == state(undisturbed), moments
    assert not [path for step in ("autograded", "feedback") for path in (course / step).glob("*/.*")]
    assert Classroom(course).rows()[0].problem and not any(due for _, due in Classroom(course).due(STUDENTS))


def test_ctrl_c_ends_a_run_in_order(lay_out):
    run = start(lay_out(), preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    for line in run.stdout:
        if line.startswith("1/"):
            break
    started = family(run)
    os.killpg(run.pid, signal.SIGINT)               # as a terminal does, to all of them
    code, said = finish(run)
    assert code == 2 and "Stopped. What was graded is in the gradebook" in said and "Traceback" not in said, said
    assert gone(started)


@pytest.mark.long("one more way in which a run ends: the rule behind them all is tested by killing it")
def test_a_run_killed_before_its_feedback_writes_it_the_next_time(lay_out):
    course = lay_out()
    assert finish(start(course, "student-00", "student-01"))[0] == 1
    shutil.rmtree(course / "feedback" / "student-01")
    code, said = finish(start(course, "student-00", "student-01"))
    assert "0 done now" in said and (course / "feedback" / "student-01" / NOTEBOOK / f"{NOTEBOOK}.html").exists()


@pytest.mark.long("one more way in which a run ends: the rule behind them all is tested by killing it")
def test_a_graded_folder_that_the_gradebook_does_not_know_is_named_and_stops_nobody(lay_out):
    room = Classroom(lay_out())
    grade_one(room, "student-01")
    with room.records.transaction() as gradebook:
        gradebook.remove_student("student-01")
    assert "feedback could not be made" in feedback_one(room, "student-01").flags[0].said
    shutil.rmtree(room.folder / "autograded" / "student-01")
    assert "its graded notebook is not there; run lab6 grade" in feedback_one(room, "student-01").flags[0].said


@pytest.mark.long("one more way in which a run ends: the rule behind them all is tested by killing it")
def test_feedback_that_fails_is_said_by_every_run_until_it_is_made(lay_out, monkeypatch):
    room, make, pages = Classroom(lay_out()), task.feedback, task.grade

    def fails(graded, marks, assignment):
        raise RuntimeError("it has no words")
    monkeypatch.setattr(task, "feedback", fails)
    monkeypatch.setattr(task, "grade", lambda submission, assignment, is_fresh: pages(submission, assignment))
    for _ in range(2):
        assert grade(room, ["student-01"]) == 1
        assert "could not be made: it has no words" in (room.folder / "report" / "index.html").read_text()
    monkeypatch.setattr(task, "feedback", make)
    assert grade(room, ["student-01"]) == 0


@pytest.mark.long("one more way in which a run ends: the rule behind them all is tested by killing it")
def test_a_full_disk_stops_the_run_and_costs_nothing(lay_out, tmp_path):
    course = lay_out()
    full = tmp_path / "full"
    full.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", full], check=True) if os.getuid() == 0 else \
        full.chmod(0o500)
    try:
        (course / "autograded").symlink_to(full)
        code, said = finish(start(course, "--workers", "2"))
        assert code == 2 and "could not run" in said and ("Make room on" in said or "Permission" in said), said
        flags = [[flag.said for flag in row.flags] for row in Classroom(course).rows()]
        assert all(said == ["Not graded yet: run lab6 grade"] for said in flags)
        (course / "autograded").unlink()
        assert finish(start(course, "--workers", "2"))[0] == 1
    finally:
        if os.getuid() == 0:
            subprocess.run(["umount", full], check=True)


@pytest.mark.long("one more way in which a run ends: the rule behind them all is tested by killing it")
def test_what_is_no_gradebook_stops_the_run_with_words(lay_out):
    course = lay_out()
    (course / "gradebook.db").write_bytes(b"no database" * 1000)
    code, said = finish(start(course, "student-01"))
    assert code == 2 and "gradebook cannot be used (file is not a database)" in said, said


@pytest.mark.long("one more way in which a run ends: the rule behind them all is tested by killing it")
def test_a_locked_gradebook_stops_the_run_with_words(lay_out):
    course = lay_out()
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
        with gradebook.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN EXCLUSIVE")
            code, said = finish(start(course, "student-01"))
    assert code == 2 and "gradebook cannot be used" in said, said


@pytest.fixture
def real(make_course, submit):
    """A class whose submissions are run, behind the wall."""
    course = make_course()
    for student in STUDENTS[:3]:
        submit(course, student, corpus.submission(corpus.SOLVED, further=False))
    return course


def test_workers_and_walls_that_die_cost_nobody_a_point(real):
    run = start(real, "--workers", "2", "--json")
    killed = []
    for name in ("-I /inside", "grading.submission.worker"):            # the interpreter behind the wall, then a worker
        killed.append(wait_for(run, name))
        time.sleep(1)
        killed[-1].kill()
    code, said = finish(run)
    assert code == 0, said
    rows = json.loads(said[said.index("{"):])["rows"]
    assert [(row["total"], row["problem"], row["flags"]) for row in rows] == [(10, "", [])] * 3


def wait_for(run, name, seconds=120):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert run.poll() is None, f"it ended with {run.returncode} before {name} was seen: {run.communicate()[0]}"
        for process in family(run):
            try:
                if name in " ".join(process.cmdline()):
                    return process
            except psutil.Error:
                pass
        time.sleep(0.1)
    raise AssertionError(f"no process is named {name}: {[one.cmdline() for one in family(run)]}")


# --- other clusters ---

@pytest.fixture
def scheduler(tmp_path):
    """A Dask scheduler and a worker, as people start them by hand: the address and the two processes."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    commands = [["dask_scheduler", "--host", address], ["dask_worker", address, "--nthreads", "1"]]
    running = [subprocess.Popen([sys.executable, "-m", f"distributed.cli.{name}", *options, "--no-dashboard"],
                                cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
               for name, *options in commands]
    yield address, *running
    for process in running:
        process.kill()
        process.wait()


def test_an_existing_cluster_grades_too(lay_out, scheduler):
    course = lay_out()
    code, said = finish(start(course, "--scheduler", scheduler[0]))
    assert code == 1 and "4 submissions: 4 done now" in said, said


def test_a_lost_scheduler_stops_the_run_with_words_and_keeps_what_was_saved(lay_out, scheduler):
    course = lay_out()
    address, process, _ = scheduler
    run = start(course, "--scheduler", address)
    for line in run.stdout:
        if line.startswith("1/4"):
            process.kill()
            break
    code, said = finish(run)
    assert code == 2 and "the same command goes on from there" in said, said
    code, said = finish(start(course, "--workers", "2"))
    assert code == 1 and "as they were" in said and "4 done now" not in said


@pytest.mark.long("one more way in which a run ends: the rule behind them all is tested by killing it")
def test_no_scheduler_at_an_address_is_said(lay_out):
    code, said = finish(start(lay_out(), "--scheduler", "tcp://127.0.0.1:9"))
    assert code == 2 and "There is no Dask scheduler at tcp://127.0.0.1:9" in said


def test_nobody_else_on_the_machine_can_give_the_workers_orders():
    with executors.connect(workers=1) as workers:
        assert workers.executor.submit(worker.here, sum, [1, 2]).result() == 3
        processes = [psutil.Process(), *psutil.Process().children(recursive=True)]
        assert any("grading.submission.worker" in " ".join(one.cmdline()) for one in processes)
        assert not [found for one in processes for found in one.net_connections("all") if found.laddr]
