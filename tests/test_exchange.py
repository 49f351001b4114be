"""A term on one machine, with nbgrader's own commands: out to a student, back, graded, and the feedback out again."""

import subprocess
import sys
from pathlib import Path

import corpus
import nbformat
import pytest
from corpus import NOTEBOOK

from grading.course.commands import nbgrader


@pytest.fixture(scope="module")
def term(make_course, solved, tmp_path_factory):
    """Run the whole term; return the course's folder, the student's and the exchange, and who the student is."""
    course, student, exchange = make_course(), tmp_path_factory.mktemp("student"), tmp_path_factory.mktemp("exchange")
    exchange.chmod(0o777)
    places = (f"--Exchange.root={exchange}", f"--Exchange.cache={student / 'cache'}", "--course=lab6")
    nbgrader("release_assignment", NOTEBOOK, *places, course=course)
    nbgrader("fetch_assignment", NOTEBOOK, *places, course=student)
    fetched = student / NOTEBOOK / f"{NOTEBOOK}.ipynb"
    released = fetched.read_bytes()
    nbformat.write(corpus.submission(solved, release=fetched, further=False), fetched)
    nbgrader("submit", NOTEBOOK, *places, course=student)
    nbgrader("collect", NOTEBOOK, *places, course=course)
    graded = subprocess.run([sys.executable, "-m", "grading", "grade"], cwd=course, capture_output=True, text=True)
    assert graded.returncode == 0, graded.stdout + graded.stderr
    nbgrader("generate_feedback", NOTEBOOK, "--force", course=course)
    nbgrader("release_feedback", NOTEBOOK, *places, course=course)
    nbgrader("fetch_feedback", NOTEBOOK, *places, course=student)
    return course, student, exchange, released


def test_the_student_gets_what_was_released_and_the_helpers(term):
    course, student, _, released = term
    assert released == (course / "release" / NOTEBOOK / f"{NOTEBOOK}.ipynb").read_bytes()
    assert (student / NOTEBOOK / "helpers" / "checks.py").exists()
    assert not list((student / NOTEBOOK).rglob("*.npz"))


def test_what_was_handed_in_is_graded_once_with_its_time(term, points):
    course, *_ = term
    name, = (path.name for path in (course / "submitted").iterdir())
    assert sum(points(course, name).values()) == 10
    assert (course / "submitted" / name / NOTEBOOK / "timestamp.txt").read_text()


def test_the_student_reads_feedback_on_that_very_submission(term):
    course, student, exchange, _ = term
    page, = (student / NOTEBOOK / "feedback").rglob("*.html")
    assert page.name == f"{NOTEBOOK}.html" and "accuracy_50 is 0.7907" in page.read_text()
    assert page.parent.name == Path(next((course / "submitted").rglob("timestamp.txt"))).read_text()


def test_nothing_of_the_solutions_or_the_gradebook_is_in_the_exchange(term):
    *_, exchange, _ = term
    assert not list(exchange.rglob("*.db"))
    outbound = "".join(path.read_text() for path in (exchange / "lab6" / "outbound").rglob("*.ipynb"))
    assert outbound and "BEGIN SOLUTION" not in outbound
