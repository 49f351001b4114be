"""Marks and comments come back to those whose they are, and to nobody a second time."""

import csv

import corpus
import nbformat
import pytest
from corpus import NOTEBOOK
from nbgrader.api import Gradebook
from sqlalchemy import text

from grading import cli
from grading.course.classroom import Classroom

PAGE = f"{NOTEBOOK}.html"
NO_CELLS = "\nc.ExecuteSubmission.wall = False\nc.ExecuteSubmission.refused = 'nothing is run in this test'\n"


@pytest.fixture(scope="module")
def course(make_course, submit):
    """A course with three graded submissions, in which nothing was run."""
    folder = make_course()
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(NO_CELLS)
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "lab6") as gradebook:
        gradebook.add_student("ada", last_name="Lovelace", first_name="=Ada", email="ada@uni.example")
    for student in ("ada", "bob", "eve"):
        submit(folder, student, nbformat.read(corpus.RELEASE, as_version=4))
    assert cli.main(["grade", "--course", str(folder), "--workers", "1"]) == 0
    return folder


@pytest.fixture
def feedback(course, capsys):
    """Return a function that runs `lab6 feedback`, and returns what it said and whose page was written."""
    def run(*arguments):
        pages = {path.parts[-3]: path for path in (course / "feedback").rglob(PAGE)}
        before = {student: path.stat().st_mtime_ns for student, path in pages.items()}
        capsys.readouterr()
        assert cli.main(["feedback", "--course", str(course), "--workers", "1", *arguments]) == 0
        return capsys.readouterr().out, {one for one, path in pages.items() if path.stat().st_mtime_ns != before[one]}
    return run


def mark(course, student, score=None, comment=None):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
        if score is not None:
            grade = gradebook.find_grade("homework_2", NOTEBOOK, NOTEBOOK, student)
            grade.manual_score, grade.needs_manual_grade = score, False
        if comment is not None:
            gradebook.find_comment("homework_1", NOTEBOOK, NOTEBOOK, student).manual_comment = comment
        gradebook.db.commit()


def announced(course):
    table = (course / "report" / "new-feedback.csv").read_text("utf-8-sig").splitlines()
    return [[*row.values()] for row in csv.DictReader(table)]


def test_only_whose_marks_changed_get_new_feedback_and_are_listed(course, feedback):
    said, written = feedback()
    assert written == set() and "Wrote the feedback of 0 submissions: whose marks changed since." in said
    assert not (course / "report" / "new-feedback.csv").exists()
    mark(course, "ada", 1.25)
    said, written = feedback()
    assert written == {"ada"} and "New feedback has: ada. For the announcement: " in said
    assert announced(course) == [["ada", "Lovelace, '=Ada", "ada@uni.example"]]
    assert feedback()[1] == set()
    mark(course, "bob", comment="Nearly.")
    assert feedback()[1] == {"bob"} and announced(course) == [["bob", "", ""]]
    assert "Nearly." in (course / "feedback" / "bob" / NOTEBOOK / PAGE).read_text()
    mark(course, "bob", comment="")                     # taken back
    assert feedback()[1] == {"bob"}


def test_who_is_named_gets_it_and_is_listed_only_where_it_is_new(course, feedback):
    said, written = feedback("eve")
    assert written == {"eve"} and "New feedback" not in said
    said, written = feedback("--force")
    assert written == {"ada", "bob", "eve"} and "New feedback" not in said


def test_marks_given_again_by_grading_or_by_an_extension_count_too(course, feedback):
    mark(course, "eve", 0.5)
    assert cli.main(["grade", "--force", "eve", "--course", str(course), "--workers", "1"]) == 0
    assert "eve" not in Classroom(course).records.changed()         # its feedback was written by grading
    assert "0.5" in (course / "feedback" / "eve" / NOTEBOOK / PAGE).read_text()
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
        gradebook.find_submission_notebook(NOTEBOOK, NOTEBOOK, "eve").late_submission_penalty = 0.25
        gradebook.db.commit()
    assert feedback()[1] == {"eve"}


def test_feedback_that_is_not_there_is_written(course, feedback):
    (course / "feedback" / "bob" / NOTEBOOK / PAGE).unlink()
    assert "Wrote the feedback of 1 submission" in feedback()[0]
    assert (course / "feedback" / "bob" / NOTEBOOK / PAGE).exists()


def test_a_gradebook_of_before_has_all_written_once(course, feedback):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
        gradebook.db.execute(text("drop table lab6_told"))
        gradebook.db.commit()
    assert feedback()[1] == {"ada", "bob", "eve"} and feedback()[1] == set()
