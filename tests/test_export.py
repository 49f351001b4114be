"""Grades reach Canvas, Moodle and a spreadsheet whole and under the right names, or not at all."""

import csv
import io
import subprocess
import sys
from types import SimpleNamespace

import pytest
from nbgrader.api import Gradebook

from grading import cli
from grading.corpus import NOTEBOOK
from grading.course import nbgrader
from grading.roster import ExportRefused, Roster, key_of
from grading.table import harmless, write
from helpers import lab

TITLES = [f"Lab 6: step {step}" for step in lab.steps] + [f"Lab 6: homework {i}" for i in (1, 2, 3)] + ["Lab 6: total"]
POSSIBLE = ["1"] * 10 + ["1", "2", "2", "15"]
CANVAS = "Student,ID,SIS User ID,SIS Login ID,Section,Essay (77),Final Score\n" \
         "    Points Possible,,,,,10,(read only)\n" \
         '"Lovelace, Ada",101,ada,ada@uni.example,One,3,3\n' \
         '"李, 明",102,李明,li@uni.example,One,,\n' \
         '"=HYPERLINK(""x"")",103,grace,grace@uni.example,One,,\n' \
         '"Hamilton, Margaret",104,margaret,m@uni.example,Two,,\n' \
         '"Student, Test",105,,f00d,One,,\n'
MOODLE = "Identifier,Full name,ID number,Email address,Status,Grade,Maximum grade,Last modified (grade)\n" \
         "Participant 9001,Ada Lovelace,ada,Ada@uni.example,Submitted,,15.00,-\n" \
         "Participant 9002,明 李,李明,li@uni.example,Submitted,,15.00,-\n" \
         "Participant 9003,@Grace Hopper,grace,grace@uni.example,Submitted,,15.00,-\n"


@pytest.fixture(scope="module")
def course(make_course):
    """A course with three marked submissions, one of them late, written into the gradebook without running anything."""
    folder = make_course()
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "lab6") as gradebook:
        for student, email in (("ada", "ada@uni.example"), ("李明", "li@uni.example"), ("grace", "grace@uni.example")):
            gradebook.add_student(student, email=email, last_name="=1+1", first_name="Name\nof " + student)
            gradebook.add_submission(NOTEBOOK, student)
            for grade in gradebook.find_submission_notebook(NOTEBOOK, NOTEBOOK, student).grades:
                grade.needs_manual_grade = False
                grade.auto_score = 1.0 if grade.name.startswith("check_") and grade.name != "check_h" else 0.0
        late = gradebook.find_submission_notebook(NOTEBOOK, NOTEBOOK, "grace")
        late.late_submission_penalty = 2.5
        answer = gradebook.find_grade("homework_2", NOTEBOOK, NOTEBOOK, "ada")
        answer.manual_score, answer.extra_credit = 1.25, 0.5
        gradebook.db.commit()
    return folder


@pytest.fixture
def export(course, tmp_path, capsys):
    """Return a function that runs `lab6 export` with a roster of these words."""
    def run(to, roster=None, *arguments):
        if roster is not None:
            (tmp_path / "roster.csv").write_text(roster, encoding="utf-8")
            arguments = ("--roster", tmp_path / "roster.csv", *arguments)
        target = tmp_path / "out.csv"
        status = cli.main([*map(str, ("export", "--to", to, "--course", course, "--output", target, *arguments))])
        rows = list(csv.reader(io.StringIO(target.read_bytes().decode(), newline=""))) if target.exists() else None
        return SimpleNamespace(status=status, said="".join(capsys.readouterr()), rows=rows)
    return run


def test_canvas_gets_its_own_columns_and_one_for_each_grade(export):
    done = export("canvas", CANVAS)
    assert done.status == 0, done.said
    assert done.rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *TITLES]
    assert done.rows[1] == ["    Points Possible", "", "", "", "", *POSSIBLE]
    by_id = {row[1]: row for row in done.rows[2:]}
    assert set(by_id) == {"101", "102", "103"}
    ones = ["1"] * 7 + ["0"] + ["1"] * 2
    assert by_id["101"][5:] == [*ones, "0", "1.75", "0", "10.75"]
    assert by_id["103"][5:] == [*ones, "0", "0", "0", "6.5"]            # nine points, less the late penalty
    assert by_id["102"][:4] == ["李, 明", "102", "李明", "li@uni.example"]
    assert by_id["103"][0] == "'=HYPERLINK(\"x\")"


def test_who_has_left_the_course_is_left_out_as_the_configuration_says(export, course):
    config = course / "nbgrader_config.py"
    before = config.read_text()
    try:
        config.write_text(before + '\nc.CourseDirectory.student_id_exclude = "grace,nobody"\n')
        done = export("canvas", CANVAS)
    finally:
        config.write_text(before)
    assert done.status == 0 and {row[1] for row in done.rows[2:]} == {"101", "102"}


def test_without_a_name_the_file_lies_in_the_course(course, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["export", "--to", "csv", "--course", str(course)]) == 0
    assert (course / "grades.csv").exists() and not list(tmp_path.iterdir())


def test_people_without_a_submission_are_named_and_left_out(export):
    said = export("canvas", CANVAS).said
    assert "left out: Hamilton, Margaret 104; Student, Test 105." in said
    assert "'SIS User ID' and the gradebook's id" in said


def test_a_column_that_canvas_has_already_keeps_canvas_number(export):
    done = export("canvas", CANVAS.replace("Essay (77)", "Lab 6: step a (4711)"))
    assert done.rows[0][5:7] == ["Lab 6: step a (4711)", "Lab 6: step b"]


def test_a_name_never_becomes_the_row_of_possible_points(export):
    done = export("canvas", CANVAS.replace('"Lovelace, Ada"', '"My Points Possible"'))
    assert [row[0] for row in done.rows if "Points Possible" in row[0]] == ["    Points Possible"]


def test_moodle_gets_what_it_knows_people_by(export):
    done = export("moodle", "\ufeff" + MOODLE)
    assert done.status == 0, done.said
    assert done.rows[0] == ["Identifier", "Full name", "ID number", "Email address", *TITLES]
    assert done.rows[1][:4] == ["Participant 9001", "Ada Lovelace", "ada", "Ada@uni.example"]
    assert [row[1] for row in done.rows[1:]] == ["Ada Lovelace", "'@Grace Hopper", "明 李"]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_and_e_mail_alone_will_do(export, separator):
    roster = MOODLE.replace(",ada,", ",1,").replace(",李明,", ",2,").replace(",grace,", ",3,")
    done = export("moodle", roster.replace(",", separator))
    assert done.status == 0 and "'Email address' and the gradebook's email" in done.said


def test_a_spreadsheet_needs_no_roster(export):
    done = export("csv")
    assert done.rows[0] == ["Student ID", "Last name", "First name", "Email", *TITLES]
    assert done.rows[1][:4] == ["ada", "'=1+1", "Name of ada", "ada@uni.example"]
    assert export("csv", MOODLE).status == 2


@pytest.mark.parametrize(("to", "roster", "words"), [
    ("canvas", CANVAS.replace("101,ada,ada@uni.example", "101,eve,eve@uni.example"), "ada: no such row"),
    ("canvas", CANVAS + '"Lovelace, Ada",106,ADA,ADA@uni.example,Two,,\n', "ada: 2 rows"),
    ("canvas", CANVAS.replace("101,ada,ada@", "grace,ada,ada@"), "no number of Canvas"),
    ("canvas", CANVAS.replace("ada,ada@", "ada,grace@").replace("grace,grace@", "grace,ada@"), "--by"),
    ("canvas", CANVAS.replace("Section", "Sektion"), "no column 'Section'"),
    ("canvas", CANVAS.replace("Essay (77)", "Student"), "two columns named 'Student'"),
    ("canvas", MOODLE, "no column 'ID'"),
    ("canvas", "", "no column 'ID' in its first line, only nothing"),
    ("moodle", MOODLE.replace(",ada,", ",=1,").replace("Ada@", "=ada@"), "ada: no such row"),
    ("moodle", None, "which says who is who: --roster"),
])
def test_doubt_writes_nothing_and_says_whom_it_concerns(export, to, roster, words):
    done = export(to, roster)
    assert (done.status, done.rows) == (2, None)
    assert words in done.said and "Traceback" not in done.said


def test_one_way_of_matching_is_never_mixed_with_another(export):
    # ada by the platform's e-mail, the others by id: ada's id may be somebody else's.
    done = export("moodle", MOODLE.replace("Ada Lovelace,ada,", "Ada Lovelace,grace-2,")
                  .replace("grace@", "other@"))
    assert (done.status, done.rows) == (2, None) and "ada: no such row" in done.said


def test_two_people_never_share_a_row(tmp_path):
    (tmp_path / "roster.csv").write_text(MOODLE)
    roster = Roster.read(tmp_path / "roster.csv", "Email address")
    two = [SimpleNamespace(id=name, email="grace@uni.example") for name in ("eve", "mallory")]
    with pytest.raises(ExportRefused, match="eve and mallory: the same row"):
        roster.match(two, ["Email address"])


def test_answers_that_nobody_marked_are_not_exported_as_zero(course, export):
    def mark(waits):
        with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
            gradebook.find_grade("homework_1", NOTEBOOK, NOTEBOOK, "ada").needs_manual_grade = waits
            gradebook.db.commit()
    mark(True)
    try:
        done = export("moodle", MOODLE)
        assert (done.status, done.rows) == (2, None) and "1 of 3 have answers that nobody has marked" in done.said
        row = export("moodle", MOODLE, "--unmarked").rows[1]
        assert row[4:] == ["1"] * 7 + ["0"] + ["1"] * 2 + ["-", "1.75", "0", "-"]
    finally:
        mark(False)


def test_it_works_as_a_plugin_of_nbgraders_own_command(course, tmp_path):
    (tmp_path / "canvas.csv").write_text(CANVAS)
    def run(roster):
        return nbgrader("export", "--exporter=grading.export.Canvas", f"--Canvas.roster={tmp_path / roster}", "--to",
                        tmp_path / "out.csv", course=course, check=False)
    failed = run("missing.csv")
    assert failed.returncode == 1 and "No such file" in failed.stderr and "Traceback" not in failed.stderr
    assert not (tmp_path / "out.csv").exists()
    assert run("canvas.csv").returncode == 0
    assert (tmp_path / "out.csv").read_text().startswith("Student,ID,")


def test_the_roster_is_never_overwritten(course, tmp_path):
    (tmp_path / "canvas.csv").write_text(CANVAS)
    run = subprocess.run([sys.executable, "-m", "grading", "export", "--to", "canvas", "--course", course, "--roster",
                          "canvas.csv", "--output", "canvas.csv"], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 2 and "is the roster itself" in run.stderr
    assert (tmp_path / "canvas.csv").read_text() == CANVAS


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", " =1", "\t=1", "\r=1", "＝1", "\n@x"])
def test_no_cell_is_a_formula(cell):
    assert harmless(cell).startswith("'") and "\n" not in harmless(cell)


def test_ordinary_names_stay_as_they_are():
    assert [harmless(name) for name in ("O'Brien-Smith", "李明", "a@b.example", "")] == ["O'Brien-Smith", "李明",
                                                                                         "a@b.example", ""]


def test_ids_are_compared_without_case_and_ways_to_write_an_accent():
    assert key_of(" Zoe\u0308 ") == key_of("zo\u00eb")
    assert key_of("Participant 7", "Identifier") == "7" != key_of("Participant 7", "ID number")


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path):
    (tmp_path / "grades.csv").write_text("old")
    def rows():
        yield ["half"]
        raise OSError("disk full")
    with pytest.raises(OSError):
        write(tmp_path / "grades.csv", rows())
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("grades.csv", "old")]


def test_a_file_in_no_folder_is_refused_by_its_name(tmp_path):
    with pytest.raises(OSError, match="out.csv cannot be written, because there is no folder"):
        write(tmp_path / "no" / "out.csv", [])
