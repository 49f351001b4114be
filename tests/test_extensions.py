"""rosters/extensions.csv: who may hand in until when, in the gradebook, the table, the page and exports."""

import csv
from datetime import timedelta

import corpus
import nbformat
import pytest
from corpus import NOTEBOOK
from nbgrader.api import Gradebook

from grading import cli
from grading.course import extensions
from grading.course.classroom import Classroom
from grading.course.run import write_report

ZERO = "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
NO_CELLS = "\nc.ExecuteSubmission.wall = False\nc.ExecuteSubmission.refused = 'nothing is run in this test'\n"


def book(course):
    return Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6")


@pytest.fixture
def course(make_course):
    """A course where ada and bob were three hours late, by a rule that takes all points off; both have ten."""
    folder = make_course()
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(ZERO + NO_CELLS)
    (folder / "rosters").mkdir()
    with book(folder) as gradebook:
        gradebook.update_or_create_assignment(NOTEBOOK, duedate="2030-01-01 00:00:00 UTC")
        for student in ("ada", "bob"):
            gradebook.add_student(student)
            gradebook.add_submission(NOTEBOOK, student, timestamp="2030-01-01 03:00:00 UTC")
            notebook = gradebook.find_submission_notebook(NOTEBOOK, NOTEBOOK, student)
            for grade in notebook.grades:
                grade.needs_manual_grade, grade.auto_score = False, float(grade.name.startswith("check_"))
            notebook.late_submission_penalty = 10.0
            gradebook.db.commit()
            (folder / "submitted" / student / NOTEBOOK).mkdir(parents=True)
    return folder


def extend(course, text):
    (course / "rosters" / extensions.NAME).write_text(text)


def late(course):
    """Return how late each is and the penalty, as a report says it."""
    rows, path = write_report(Classroom(course))
    return {row.student: (row.late, row.penalty) for row in rows}, path.read_text()


def test_who_has_longer_is_not_late_in_the_table_the_page_the_gradebook_and_the_export(course, capsys):
    assert late(course)[0] == {"ada": (10800, 10), "bob": (10800, 10)}
    extend(course, "Student,Until,why\nada,2030-01-01 04:00 Europe/London,ill\n")
    found, page = late(course)
    assert found == {"ada": (0, 0), "bob": (10800, 10)}
    assert "extension until 2030-01-01 04:00 UTC" in page and "<dt>Late</dt><dd>1</dd>" in page
    with book(course) as gradebook:
        handed_in = gradebook.find_submission(NOTEBOOK, "ada")
        assert handed_in.extension == timedelta(hours=4) and handed_in.total_seconds_late == 0
        assert not handed_in.late_submission_penalty
    assert cli.main(["export", "--to", "csv", "--course", str(course)]) == 0
    table = (course / "grades.csv").read_text("utf-8-sig").splitlines()
    rows = {row["Student ID"]: row for row in csv.DictReader(table)}
    assert [rows[who]["Lab 6: total"] for who in ("ada", "bob")] == ["10", "0"]
    assert [rows[who]["Hours late"] for who in ("ada", "bob")] == ["", "3"]


def test_a_shorter_extension_counts_to_its_end_and_who_is_taken_out_has_none(course):
    extend(course, "student,until\nada,2030-01-01 01:00 UTC\nbob,2029-12-01 00:00 UTC\n")
    assert late(course)[0] == {"ada": (7200, 10), "bob": (10800, 10)}
    extend(course, "student,until\nada,2030-01-02 00:00 +00:00\n")
    assert late(course)[0]["ada"] == (0, 0)
    extend(course, "student,until\n")
    assert late(course)[0] == {"ada": (10800, 10), "bob": (10800, 10)}


def test_without_the_file_what_nbgraders_gradebook_has_stays(course):
    with book(course) as gradebook:
        gradebook.grant_extension(NOTEBOOK, "ada", hours=5)
    assert late(course)[0]["ada"][0] == 0
    with book(course) as gradebook:
        assert gradebook.find_submission(NOTEBOOK, "ada").extension == timedelta(hours=5)


def test_what_is_graded_now_obeys_it_too(course, submit):
    extend(course, "student;until\neve;2030-01-02 00:00 UTC\n")
    blank = nbformat.read(corpus.RELEASE, as_version=4)
    for student in ("eve", "kim"):
        (submit(course, student, blank) / "timestamp.txt").write_text("2030-01-01 10:00:00 UTC")
    assert cli.main(["grade", "eve", "kim", "--course", str(course), "--workers", "1"]) == 0
    found, _ = late(course)
    assert found["eve"][0] == 0 and found["kim"][0] == 36000


@pytest.mark.parametrize(("text", "words"), [
    ("ada,2030-01-01 00:00 UTC\n", "needs the columns student and until"), ("", "needs the columns"),
    ("student,until\nada,2030-01-01 00:00\n", "row 2 of .* says '2030-01-01 00:00', which is no time with its zone"),
    ("student,until\nada,tomorrow UTC\n", "no time with its zone"), ("student,until\nada\n", "says ''"),
    ("student,until\n,2030-01-01 00:00 UTC\n", "row 2 of .* names nobody"),
    ("student,until\nada,2030-01-01 00:00 Mars/North\n", "no time with its zone"),
    ("student,until\nada,2030-01-01 00:00 UTC\nada,2030-01-02 00:00 UTC\n", "row 3 of .* for the second time")])
def test_a_file_that_cannot_be_used_is_refused_by_its_row_and_changes_nothing(course, text, words):
    extend(course, text)
    with pytest.raises(ValueError, match=words):
        write_report(Classroom(course))
    with book(course) as gradebook:
        assert not gradebook.find_submission(NOTEBOOK, "ada").extension


def test_an_id_that_nobody_has_and_a_missing_due_date_are_said(course, capsys):
    extend(course, "student,until\nada,2030-01-02 00:00 UTC\nadda\x1b[2J,2030-01-02 00:00 UTC\n")
    assert "names who has handed nothing in and is not in the gradebook: adda [2J." in extensions.apply(
        Classroom(course)) and "adda" in late(course)[1]
    with book(course) as gradebook:
        gradebook.find_assignment(NOTEBOOK).duedate = None
        gradebook.db.commit()
    assert "the assignment has no due date" in extensions.apply(Classroom(course))
