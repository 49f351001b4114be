"""Who belongs to a class: those who handed something in, those of the gradebook, and those of a roster."""

import os

import pytest
from corpus import NOTEBOOK
from nbgrader.api import Gradebook

from grading.course import people
from grading.course.classroom import Classroom

CANVAS = "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n" \
         '"Lovelace, Ada",101,ada,ada@uni.example,One\n"<b>Hopper</b>, Grace",103,grace,g@uni.example,One\n'
MOODLE = "Identifier,Full name,Email address\nParticipant 9001,Ada Lovelace,Ada@uni.example\n" \
         "Participant 9003,Grace Hopper,g@uni.example\n"


@pytest.fixture(scope="module")
def course(make_course):
    """A course where ada and "a b" handed something in, and the gradebook knows li too."""
    folder = make_course()
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "lab6") as gradebook:
        gradebook.add_student("ada", email="ada@uni.example")
        gradebook.add_student("li", last_name="李", first_name="明")
        gradebook.add_student("left", last_name="Gone")
        gradebook.add_submission(NOTEBOOK, "ada")
    for student in ("ada", "a b"):
        (folder / "submitted" / student / NOTEBOOK).mkdir(parents=True)
    (folder / "feedback" / "a b" / NOTEBOOK).mkdir(parents=True)
    (folder / "feedback" / "a b" / NOTEBOOK / f"{NOTEBOOK}.html").touch()
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write('\nc.CourseDirectory.student_id_exclude = "left,104"\n')
    return folder


@pytest.fixture
def known(course):
    """Return a function that says who is known with these rosters."""
    def find(**rosters):
        (course / people.ROSTERS).mkdir(exist_ok=True)
        for time, (name, text) in enumerate(rosters.items(), 1):
            path = course / people.ROSTERS / f"{name}.csv"
            path.write_text(text)
            os.utime(path, (time, time))
        try:
            room = Classroom(course)
            return people.everybody(room, room.rows())
        finally:
            for name in rosters:
                (course / people.ROSTERS / f"{name}.csv").unlink()
    return find


def test_whom_the_gradebook_knows_is_there_without_a_submission(known):
    rows, remark = known()
    assert [(row.student, row.name, row.absent) for row in rows] == [
        ("a b", "", False), ("ada", "", False), ("li", "李, 明", True)]
    assert remark == "" and rows[0].links == {"feedback": "../feedback/a%20b/lab6_kmeans/lab6_kmeans.html"}


def test_a_roster_names_people_and_those_who_are_missing(known):
    rows, remark = known(canvas=CANVAS)
    assert {row.student: (row.name, row.absent) for row in rows} == {
        "a b": ("", False), "ada": ("Lovelace, Ada", False), "li": ("李, 明", True),
        "grace": ("<b>Hopper</b>, Grace", True)}
    assert remark == ""


def test_the_newest_roster_counts_and_extensions_are_none(known):
    rows, _ = known(moodle=MOODLE, canvas=CANVAS, extensions="student,until\nada,2030-01-01 00:00 UTC\n")
    assert "grace" not in [row.student for row in known(canvas=CANVAS, moodle=MOODLE)[0]]
    assert "grace" in [row.student for row in rows]


def test_a_roster_that_fits_nobody_or_cannot_be_read_is_said(known):
    rows, remark = known(other="Name,Mark\nx,1\n")
    assert "other.csv was not used: no column of it has ids" in remark and len(rows) == 3
    rows, remark = known(other="a,a\nx,1\n")
    assert "two columns named 'a'" in remark and len(rows) == 3


def test_who_is_excluded_is_in_no_list(known):
    rows, _ = known(canvas=CANVAS.replace("103,grace", "103,104"))
    assert {row.student for row in rows} == {"a b", "ada", "li"}
