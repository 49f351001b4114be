"""Grades reach Canvas, Moodle and a spreadsheet whole and under the right names, or not at all."""

import csv
import io
import shutil
import subprocess
import sys
from types import SimpleNamespace

import platforms
import pytest
from corpus import NOTEBOOK
from genuine import within
from nbgrader.api import Gradebook

from grading import cli
from grading.course.commands import nbgrader
from grading.course.roster import ExportRefused, Roster, key_of
from grading.pages.csv_file import harmless, write
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
MOODLE = "Identifier,Full name,ID number,Email address,Groups\n" \
         "Participant 9001,Ada Lovelace,ada,Ada@uni.example,\n" \
         "Participant 9002,明 李,李明,li@uni.example,\n" \
         "Participant 9003,@Grace Hopper,grace,grace@uni.example,\n"


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
        text = target.read_bytes().decode("utf-8-sig") if target.exists() else None
        rows = text and list(csv.reader(io.StringIO(text, newline="")))
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
    assert "roster.csv was not recognised as a grading worksheet" in done.said
    assert [row[1] for row in done.rows[1:]] == ["Ada Lovelace", "'@Grace Hopper", "明 李"]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_and_e_mail_alone_will_do(export, separator):
    roster = MOODLE.replace(",ada,", ",1,").replace(",李明,", ",2,").replace(",grace,", ",3,")
    done = export("moodle", roster.replace(",", separator))
    assert done.status == 0 and "'Email address' and the gradebook's email" in done.said


PEOPLE = [(9001, "Ada Lovelace", "Ada@uni.example", "", ""), (9002, "明 李", "li@uni.example", "3.50", "before; =1"),
          (9003, "@Grace Hopper", "grace@uni.example", "6.50", ""), (9004, "Not There", "no@uni.example", "", "")]


@pytest.mark.parametrize("language", platforms.WORKSHEETS)
def test_moodles_worksheet_is_filled_in_its_own_columns_and_language(export, tmp_path, language):
    done = export("moodle", platforms.worksheet(language, PEOPLE))
    assert done.status == 0, done.said
    assert done.rows[0] == platforms.WORKSHEETS[language][1]
    found = platforms.moodle_grades((tmp_path / "out.csv").read_text(), language)
    assert {number: grade for number, (grade, _) in found.items()} == {"9001": 10.75, "9002": 9.0, "9003": 6.5}
    grade, comments = done.rows[0][4], done.rows[0][9]
    assert f"ada: {grade} '10.75' in place of nothing; {comments} 'Steps: 9 points" in done.said
    assert f"李明: {grade} '9' in place of '3.50'; {comments} " in done.said and "in place of 'before; =1'" in done.said
    assert f"grace: {grade}" not in done.said and "Not There" in done.said.partition("left out: ")[2]


def test_moodles_comments_say_what_each_part_got_and_nothing_in_them_runs(export, course):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
        gradebook.find_comment("homework_1", NOTEBOOK, NOTEBOOK, "ada").manual_comment = "Not <b>yet</b>\nof 2; =1"
        gradebook.db.commit()
    comment = export("moodle", platforms.worksheet("English", PEOPLE)).rows[1][9]
    assert comment == "Steps: 9 points<br>Homework 1: 0 of 1. Not &lt;b&gt;yet&lt;/b&gt; of 2; '=1<br>" \
        "Homework 2: 1.75 of 2<br>Homework 3: 0 of 2"


def test_a_worksheet_whose_numbers_have_commas_gets_commas(export):
    people = [(number, name, email, grade.replace(".", ","), comment) for number, name, email, grade, comment in PEOPLE]
    assert export("moodle", platforms.worksheet("German", people, "15,00")).rows[1][4] == "10,75"


def test_what_moodle_would_pass_over_in_silence_is_refused(export):
    done = export("moodle", platforms.worksheet("English", PEOPLE, "10.00"))
    assert (done.status, done.rows) == (2, None) and "takes 10.00 points at most ('Maximum grade')" in done.said
    done = export("moodle", platforms.worksheet("English", PEOPLE, "100.00"))
    assert done.status == 0 and "Look: Grade has 100.00 points there, and the lab has 15." in done.said


def test_a_worksheet_without_comments_gets_none(export):
    sheet = "\n".join(line.rpartition(",")[0] for line in platforms.worksheet("English", PEOPLE[:3]).splitlines())
    assert export("moodle", sheet.replace('"before; =1"', "")).rows[0][-1] == "Last modified (grade)"


def test_an_assignment_that_canvas_has_is_filled_and_nothing_else(export, tmp_path):
    roster = CANVAS.replace("Essay (77)", "Lab 6 (77)").replace(",10,(read", ",15,(read")
    done = export("canvas", roster, "--column", "Lab 6")
    assert done.status == 0, done.said
    found, points = platforms.canvas_grades((tmp_path / "out.csv").read_text())
    assert points == {"Lab 6 (77)": "15"}
    assert found == {(101, "Lab 6 (77)"): "10.75", (102, "Lab 6 (77)"): "9", (103, "Lab 6 (77)"): "6.5"}
    assert "ada: Lab 6 (77) '10.75' in place of '3'." in done.said and "grace: Lab 6 (77) '6.5' in place of nothing" \
        in done.said and "Look" not in done.said
    assert "Look: Lab 6 (77) has 10 points there" in export("canvas", roster.replace(",15,", ",10,"), "--column",
                                                            "Lab 6 (77)").said


@pytest.mark.parametrize("column", ["Lab 7", "Final Score", "Section"])
def test_a_column_that_canvas_has_not_or_keeps_to_itself_is_refused(export, column):
    done = export("canvas", CANVAS, "--column", column)
    assert (done.status, done.rows) == (2, None) and "Its assignments are: 'Essay (77)'." in done.said


def test_the_total_alone_can_be_written(export):
    assert export("canvas", CANVAS, "--only-total").rows[0][5:] == ["Lab 6: total"]
    assert export("csv", None, "--only-total").rows[0][4:] == ["Lab 6: total", "Hours late", "Late penalty", "Note"]
    assert "--column is for --to canvas" in export("moodle", MOODLE, "--column", "x").said


def test_a_spreadsheet_needs_no_roster(export):
    done = export("csv")
    assert done.rows[0] == ["Student ID", "Last name", "First name", "Email", *TITLES, "Hours late", "Late penalty",
                            "Note"]
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
        sheet = export("moodle", platforms.worksheet("English", [PEOPLE[0][:3] + ("2.00", "before"), *PEOPLE[1:]]),
                       "--unmarked")
        assert sheet.rows[1][4] == "2.00" and sheet.rows[1][9] == "before" and sheet.rows[3][4] == "9"
        assert "ada: Grade stays '2.00', because an answer is not marked yet" in sheet.said
        roster = CANVAS.replace("Essay (77)", "Lab 6 (77)")
        assert {row[1]: row[5] for row in export("canvas", roster, "--column", "Lab 6", "--unmarked").rows[2:]} == {
            "101": "3", "102": "9", "103": "6.5"}
    finally:
        mark(False)


def test_it_works_as_a_plugin_of_nbgraders_own_command(course, tmp_path):
    (tmp_path / "canvas.csv").write_text(CANVAS)
    def run(roster):
        return nbgrader("export", "--exporter=grading.platforms.export.Canvas", f"--Canvas.roster={tmp_path / roster}",
                        "--to", tmp_path / "out.csv", course=course, check=False)
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


def test_a_spreadsheet_of_another_country_has_its_separators_and_a_mark_that_it_is_utf8(export, tmp_path):
    assert export("csv", None, "--separator", ";", "--decimal", ",").status == 0
    text = (tmp_path / "out.csv").read_bytes().decode()
    assert text.startswith('\ufeff"Student ID";"Last name";') and '"ada";"\'=1+1";' in text and ';"1,75";' in text
    assert export("csv", None, "--separator", ",", "--decimal", ",").status == 2
    assert "--separator and --decimal are for --to csv" in export("moodle", MOODLE, "--separator", ";").said


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_goes_back_to_a_platform_is_written_as_its_roster_is(export, tmp_path, mark):
    assert export("canvas", mark + CANVAS.replace(", ", " ").replace(",", ";")).status == 0
    assert (tmp_path / "out.csv").read_bytes().decode().startswith(f"{mark}Student;ID;SIS User ID;SIS Login ID;")


# As platforms, spreadsheets and editors write them: how it is encoded, what is changed, and the words of a refusal.
WRITTEN = {
    "utf-16 of a spreadsheet": ("utf-16", lambda text: text.replace(",", "\t"), ""),
    "line of Excel's": ("utf-8", lambda text: "sep=;\r\n" + text.replace(",", ";"), ""),
    "line of Excel's and commas": ("utf-8-sig", lambda text: "SEP=,\n" + text, ""),
    "line of Excel's over another separator": ("utf-8", lambda text: "sep=;\n" + text, "no column 'Email address'"),
    "empty lines on top": ("utf-8", lambda text: "\n\n" + text, ""),
    "cells without words on top": ("utf-8", lambda text: " ,,\n" + text, ""),
    "line ends of old": ("utf-8", lambda text: text.replace("\n", "\r"), ""),
    "spaces that do not break": ("utf-8", lambda text: text.replace("Participant ", "Participant\xa0"), ""),
    "no space": ("utf-8", lambda text: text.replace("Participant ", "Participant"), ""),
    "another word": ("utf-8", lambda text: text.replace("Participant ", "Teilnehmer/in"), ""),
    "Windows' own": ("cp1252", lambda text: text.replace("明 李", "Zoë"), "not a CSV file in UTF-8"),
    "another language": ("utf-8", lambda text: text.replace("Email address", "E-Mail-Adresse"), ""),
    "ours": ("utf-8", lambda text: "Student ID,Last name\nada,x\n", "a table that lab6 export has written"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_roster_is_used_right_or_refused_with_its_cause(export, tmp_path, name):
    encoding, change, words = WRITTEN[name]
    roster = MOODLE.replace(",ada,", ",1,").replace(",李明,", ",2,").replace(",grace,", ",3,")
    (tmp_path / "roster.csv").write_bytes(change(roster).encode(encoding))
    done = export("moodle", None, "--roster", tmp_path / "roster.csv")
    assert (done.status == 2) == bool(words) and words in done.said, done.said
    if not words:
        assert [row[3] for row in csv.reader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig")), delimiter=(
            Roster.read(tmp_path / "roster.csv", "Email address").style.separator))][1:] == [
                "Ada@uni.example", "grace@uni.example", "li@uni.example"]


def test_participants_are_found_however_their_number_is_written():
    assert {key_of(f"{word}7", "Identifier") for word in ("Participant ", "Participant\xa0", "Participant",
                                                         "Teilnehmer/in", "")} == {"7"}


def test_numbers_that_a_spreadsheet_has_rounded_are_told(export):
    said = export("canvas", CANVAS.replace("101,ada", '"1,01E+02",ada')).said
    assert "is '1,01E+02', no number of Canvas. A spreadsheet has rounded it" in said


def test_who_handed_in_and_is_not_graded_is_never_left_out(export, course):
    folder = course / "submitted" / "eve" / NOTEBOOK
    folder.mkdir(parents=True)
    try:
        done = export("csv")
        assert (done.status, done.rows) == (2, None) and "that was handed in is graded yet: eve" in done.said
    finally:
        shutil.rmtree(course / "submitted")


def test_who_has_a_grade_and_no_submission_is_counted_and_named(export):
    assert "Graded, but in submitted/ no more: ada; grace; 李明." in export("csv").said


def test_how_late_somebody_was_is_exported_with_the_penalty(export, course):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
        gradebook.update_or_create_assignment(NOTEBOOK, duedate="2030-01-01 00:00:00 UTC")
        gradebook.update_or_create_submission(NOTEBOOK, "grace", timestamp="2030-01-01 02:30:00 UTC")
        gradebook.find_submission_notebook(NOTEBOOK, NOTEBOOK, "grace").late_submission_penalty = 2.5
        gradebook.db.commit()
    done = export("csv")
    assert "Late: grace (by 2 h 30 min, 2.5 points off)." in done.said
    assert [row[-3:] for row in done.rows[1:]] == [["", "", ""], ["2.5", "2.5", ""], ["", "", ""]]
    assert "Late: grace" in export("canvas", CANVAS).said


@pytest.mark.parametrize(("cell", "made"), [
    ("x;=1+1", "x;'=1+1"), ("x; @y", "x; '@y"), ("a,-b", "a,'-b"), ("a|\u3000＝1", "a|\u3000'＝1"), ("a\t=1", "a =1"),
    ("Lovelace, Ada", "Lovelace, Ada"), ("a; b; c-d", "a; b; c-d")])
def test_no_cell_is_a_formula_where_a_spreadsheet_splits_it(cell, made):
    assert harmless(cell) == made


def test_a_name_of_many_accents_is_not_sorted():
    accents = "a" + "\u0301\u0323" * 200_000
    with within(5):
        harmless(accents)
        key_of(accents)


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
