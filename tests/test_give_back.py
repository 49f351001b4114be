"""Feedback goes back to Moodle and Canvas in archives that they take, each file to whom it belongs."""

import io
import zipfile

import corpus
import nbformat
import platforms
import pytest
from corpus import NOTEBOOK
from grade_one import grade_one
from nbgrader.api import Gradebook

from grading import cli
from grading.course.classroom import Classroom
from grading.platforms import give_back

PAGE = f"{NOTEBOOK}.html"


def zipped(entries):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def collect(course, platform, entries, *flags):
    (course / "all.zip").write_bytes(zipped(entries))
    return cli.main(["collect", str(course / "all.zip"), "--from", platform, "--course", str(course), *flags])


def pages(course, *students):
    """Lay out feedback as if it was written: a page for each student."""
    for student in students:
        folder = course / "feedback" / student / NOTEBOOK
        folder.mkdir(parents=True, exist_ok=True)
        (folder / PAGE).write_text(f"<p>{student}, Grüße</p>")


@pytest.fixture
def course(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'lab6'\n")
    return tmp_path


MINE = corpus.RELEASE.read_bytes()
IN_MOODLE = {"Ada L_401_assignsubmission_file/lab6_kmeans.ipynb": MINE,
             "Bob_402_assignsubmission_file_lab6_kmeans.ipynb.json": MINE,
             "李 明_403_assignsubmission_file_/sub/lab6_kmeans.ipynb": MINE,
             "Eve_404_assignsubmission_onlinetext/onlinetext.html": b"my lab",
             "Kim_405_assignsubmission_file/work.zip": zipped({"lab6_kmeans.ipynb": MINE})}
IN_CANVAS = {"lovelaceada_LATE_101_7001_lab6_kmeans.ipynb": MINE, "bob_102_7002_lab6_kmeans-2.ipynb": MINE,
             "eve_103_7003_work.zip": zipped({"x/lab6_kmeans.ipynb": MINE}), "kim_104_7004_page.html": b"<p>",
             "max_105_7005_work.pdf": b"%PDF", "zoe_106_text.html": b"typed"}
ATTACHMENTS = {7001: (101, "lab6_kmeans.ipynb"), 7002: (102, "lab6_kmeans-2.ipynb"), 7003: (103, "work.zip"),
               7004: (104, "page.html"), 7005: (105, "work.pdf")}


def test_moodle_takes_back_every_page_byte_by_byte(course, capsys):
    collect(course, "moodle", IN_MOODLE)
    students = ["401", "402", "403", "404", "405"]
    pages(course, *students)
    said, troubled = give_back.write(Classroom(course), "moodle", students, course / "out.zip")
    found = platforms.moodle_files(course / "out.zip", {401, 402, 403, 404, 405})
    assert found == {(int(student), PAGE): f"<p>{student}, Grüße</p>".encode() for student in students}
    assert not troubled and said == f"Wrote the feedback of 5 submissions to {course / 'out.zip'}."
    names = zipfile.ZipFile(course / "out.zip").namelist()
    assert f"Ada L_401_assignsubmission_file/{PAGE}" in names and f"李 明_403_assignsubmission_file/{PAGE}" in names


def test_canvas_takes_back_what_fits_the_file_that_was_handed_in(course, capsys):
    collect(course, "canvas", IN_CANVAS)
    students = ["101", "102", "103", "104", "105", "106"]
    pages(course, *students)
    for student in ("101", "102"):
        (course / "autograded" / student / NOTEBOOK).mkdir(parents=True)
        (course / "autograded" / student / NOTEBOOK / f"{NOTEBOOK}.ipynb").write_bytes(MINE)
    said, troubled = give_back.write(Classroom(course), "canvas", students, course / "out.zip")
    found, ignored = platforms.canvas_files(course / "out.zip", ATTACHMENTS)
    assert ignored == [] and set(found) == {(101, "lab6_kmeans.ipynb"), (102, "lab6_kmeans-2.ipynb"),
                                            (103, "work.zip"), (104, "page.html")}
    assert found[104, "page.html"] == "<p>104, Grüße</p>".encode()
    assert zipfile.ZipFile(io.BytesIO(found[103, "work.zip"])).read(PAGE) == "<p>103, Grüße</p>".encode()
    assert nbformat.reads(found[101, "lab6_kmeans.ipynb"].decode(), 4)
    assert troubled and "none that fits what was handed in: 105, 106." in said


def test_only_what_is_new_is_given_back_again(course, capsys):
    collect(course, "moodle", IN_MOODLE)
    pages(course, "401", "402")
    room = Classroom(course)
    give_back.write(room, "moodle", ["401", "402"], course / "1.zip")
    assert "No feedback is new" in give_back.write(room, "moodle", ["401", "402"], course / "2.zip")[0]
    assert not (course / "2.zip").exists()
    (course / "feedback" / "402" / NOTEBOOK / PAGE).write_text("marked")
    give_back.write(room, "moodle", ["401", "402"], course / "3.zip")
    assert platforms.moodle_files(course / "3.zip", {401, 402}) == {(402, PAGE): b"marked"}
    give_back.write(room, "moodle", ["401", "402"], course / "4.zip", force=True)
    assert len(platforms.moodle_files(course / "4.zip", {401, 402})) == 2
    with pytest.raises(ValueError, match="is there already: name another file"):
        give_back.write(room, "moodle", ["401"], course / "4.zip", force=True)


def test_the_same_feedback_is_the_same_archive(course, capsys):
    collect(course, "moodle", IN_MOODLE)
    pages(course, "401", "402")
    for name in ("1.zip", "2.zip"):
        give_back.write(Classroom(course), "moodle", ["401", "402"], course / name, force=True)
    assert (course / "1.zip").read_bytes() == (course / "2.zip").read_bytes()


def test_who_was_not_collected_is_named_and_collecting_again_notes_the_name(course, capsys):
    collect(course, "moodle", IN_MOODLE)
    pages(course, "401", "402")
    (course / "downloaded" / NOTEBOOK / give_back.NOTED).unlink()
    said, troubled = give_back.write(Classroom(course), "moodle", ["401", "402"], course / "1.zip")
    assert troubled and "lies in submitted/ stays as it is): 401, 402." in said and not (course / "1.zip").exists()
    collect(course, "moodle", IN_MOODLE)                # without --force
    give_back.write(Classroom(course), "moodle", ["401", "402"], course / "1.zip")
    assert len(platforms.moodle_files(course / "1.zip", {401, 402})) == 2


@pytest.mark.parametrize("damaged", ["{", "[]", '{"moodle": []}', '{"moodle": {"401": 7}}', "[" * 100_000])
def test_what_was_noted_and_is_damaged_is_said(course, damaged):
    path = course / "downloaded" / NOTEBOOK / give_back.NOTED
    path.parent.mkdir(parents=True)
    path.write_text(damaged)
    with pytest.raises(ValueError, match="which lab6 collect writes, cannot be used"):
        give_back.write(Classroom(course), "moodle", ["401"], course / "1.zip")


@pytest.mark.long("one submission is graded; what is made of it is tested above without")
def test_the_notebook_that_canvas_gets_has_points_and_comments_below_each_graded_cell(make_course, submit, solved):
    course = make_course()
    submit(course, "101", solved)
    room = Classroom(course)
    grade_one(room, "101")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
        grade = gradebook.find_grade("homework_2", NOTEBOOK, NOTEBOOK, "101")
        grade.manual_score, grade.needs_manual_grade = 1.25, False
        gradebook.find_comment("homework_2", NOTEBOOK, NOTEBOOK, "101").manual_comment = "Nearly."
        gradebook.db.commit()
    made = nbformat.reads(give_back.graded_notebook(room, "101").decode(), 4)
    nbformat.validate(made)
    assert made.cells[0].source == "# Points: 11.25 of 15"
    below = {cell.metadata.nbgrader.grade_id: after.source for cell, after in zip(made.cells, made.cells[1:])
             if cell.metadata.get("nbgrader", {}).get("grade")}
    assert below["check_a"] == "**Points: 1 of 1**" and below["homework_1"] == "**Points: not marked yet**"
    assert below["homework_2"] == "**Points: 1.25 of 2**\n\nNearly."
