"""A whole class at once gives what nbgrader gives one by one, and nothing that is handed in stops it."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
import nbformat
import pytest
from corpus import NOTEBOOK
from grade_one import grade_one, lab6
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from grading import cli
from grading.course import coordinator
from grading.course.classroom import Classroom
from grading.course.commands import nbgrader
from grading.submission import received
from helpers import lab

FILE = f"{NOTEBOOK}.ipynb"
LATE = "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"


def untouched():
    """The notebook as students get it."""
    return nbformat.read(corpus.RELEASE, as_version=4)


def grade(course, *arguments):
    """Run lab6 grade, and return the process."""
    return subprocess.run([sys.executable, "-m", "grading", "grade", *arguments], cwd=course, capture_output=True,
                          text=True)


def book(course):
    return Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6")


# --- the same as nbgrader, one by one ---

ACTED_ON = ("nbgrader_config.py", "ipykernel_launcher.py", "sitecustomize.py", "random.py", "jupyter_config.json",
            "index.html", "kernel.json")


def as_a_term_goes(course, submit, solved):
    """Lay out a class with all that a term brings: late work, marks and extra credit given before, other files."""
    extra = submit(course, "ada", solved)
    (extra / "notes").mkdir()
    (extra / "notes" / "mine.txt").write_text("my own notes\n")
    for name in ACTED_ON:                       # by Jupyter, nbgrader, Python or a browser, where they lie
        (extra / name).write_text("raise SystemExit('run as the instructor')")
    nbformat.write(untouched(), extra / "scratch.ipynb")
    nothing = untouched()
    for cell in nothing.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "homework_2":
            cell.source = "It grows with k."
    (submit(course, "late", nothing) / "timestamp.txt").write_text("2030-01-02 10:00:00 UTC")
    (submit(course, "in time", untouched()) / "timestamp.txt").write_text("2029-12-31 10:00:00 UTC")
    (submit(course, "first and late", nothing) / "timestamp.txt").write_text("2030-01-01 00:00:01 UTC")
    submit(course, "student-1", untouched())
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(LATE)
    with book(course) as gradebook:
        gradebook.update_or_create_assignment(NOTEBOOK, duedate="2030-01-01 00:00:00 UTC")
        for student in ("late", "student-1"):
            gradebook.update_or_create_student(student, first_name="Given", last_name="Before")
            gradebook.update_or_create_submission(NOTEBOOK, student)
            marked = gradebook.find_grade("check_a", NOTEBOOK, NOTEBOOK, student)
            marked.manual_score, marked.extra_credit = 0.5, 2.0
            gradebook.find_comment("homework_1", NOTEBOOK, NOTEBOOK, student).manual_comment = "Think of the digits."
        gradebook.db.commit()


@pytest.fixture(scope="module")
def one_by_one_and_at_once(make_course, submit, solved):
    """Two courses with the same class: one graded by nbgrader's own commands, one by lab6 grade."""
    first = make_course()
    as_a_term_goes(first, submit, solved)
    second = first.with_name(f"{first.name}-at-once")
    shutil.copytree(first, second)
    nbgrader("autograde", NOTEBOOK, course=first)
    nbgrader("generate_feedback", NOTEBOOK, course=first)
    done = grade(second, "--workers", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    return first, second


def everything(course):
    """Return what the gradebook says of each submission."""
    with book(course) as gradebook:
        found = {}
        for submission in gradebook.assignment_submissions(NOTEBOOK):
            notebook, = submission.notebooks
            found[submission.student.id] = {
                "student": (submission.student.first_name, submission.student.last_name),
                "when": submission.timestamp, "late": submission.total_seconds_late, "score": submission.score,
                "penalty": notebook.late_submission_penalty, "flagged": notebook.flagged,
                "grades": {g.name: (g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade, g.score)
                           for g in notebook.grades},
                "comments": {c.name: (c.auto_comment, c.manual_comment) for c in notebook.comments}}
        return found


def test_the_gradebook_is_the_same(one_by_one_and_at_once):
    one_by_one, at_once = map(everything, one_by_one_and_at_once)
    assert one_by_one == at_once
    assert set(at_once) == {"ada", "late", "first and late", "in time", "student-1"}
    assert at_once["ada"]["score"] == 10 and at_once["late"]["penalty"] == at_once["late"]["score"] == 2.5
    assert at_once["in time"]["penalty"] is None and at_once["in time"]["when"] == datetime(2029, 12, 31, 10)
    assert at_once["late"]["grades"]["check_a"] == (0, 0.5, 2.0, True, 2.5)
    assert at_once["late"]["grades"]["homework_2"][3] and not at_once["late"]["grades"]["homework_1"][3]
    assert at_once["late"]["comments"]["homework_1"] == ("No response.", "Think of the digits.")


def files(course, step):
    return {path.relative_to(course): path for path in sorted((course / step).rglob("*")) if path.is_file()}


def test_the_autograded_notebooks_are_the_same_and_nothing_else_that_was_handed_in_lies_beside_them(
        one_by_one_and_at_once):
    one_by_one, at_once = (files(course, "autograded") for course in one_by_one_and_at_once)
    assert set(one_by_one) == set(at_once) and len(at_once) == 15
    assert {path.name for path in at_once} == {FILE, "timestamp.txt", "submission_secret.txt"}
    for name, path in at_once.items():
        other = one_by_one[name]
        assert path.stat().st_mode == other.stat().st_mode, name
        contents = [without_ids(nbformat.read(one, 4)) if name.suffix == ".ipynb" else one.read_bytes()
                    for one in (path, other)]
        assert contents[0] == contents[1] or name.name == "submission_secret.txt", name


def test_feedback_holds_a_page_and_what_nbgrader_needs_to_give_it_back(one_by_one_and_at_once):
    for course in one_by_one_and_at_once:
        assert {path.name for path in files(course, "feedback")} == {
            f"{NOTEBOOK}.html", "timestamp.txt", "submission_secret.txt"}


def without_ids(notebook):
    for cell in notebook.cells:
        cell.pop("id", None)                        # of cells that grading adds
        cell.metadata.pop("execution", None)        # when it ran
    return notebook


def test_the_feedback_is_the_same(one_by_one_and_at_once):
    one_by_one, at_once = (files(course, "feedback") for course in one_by_one_and_at_once)
    assert set(one_by_one) == set(at_once)
    pages = [name for name in at_once if name.suffix == ".html"]
    assert len(pages) == 5
    for name in pages:
        texts = [re.sub(r"cell-id=[\w-]+|id=\"cell-[^\"]+\"", "", found[name].read_text())
                 for found in (one_by_one, at_once)]
        assert texts[0] == texts[1], name
        assert "Think of the digits." in texts[0] or name.parts[1] not in ("late", "student-1")


def test_nothing_new_costs_nothing_and_says_so(one_by_one_and_at_once):
    _, course = one_by_one_and_at_once
    before = {path: path.stat().st_mtime_ns for path in files(course, "autograded").values()}
    done = grade(course)
    assert done.returncode == 0 and "0 done now, 5 as they were" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in files(course, "autograded").values()} == before


def test_what_changed_is_graded_again_by_content_and_by_time(one_by_one_and_at_once):
    _, course = one_by_one_and_at_once
    path = course / "submitted" / "student-1" / NOTEBOOK / FILE
    content, times = path.read_bytes(), path.stat()
    path.write_bytes(content + b"\n")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))          # a copied file may well be older
    (course / "submitted" / "in time" / NOTEBOOK / "timestamp.txt").write_text("2030-01-03 10:00:00 UTC")
    assert [student for student, due in Classroom(course).due(Classroom(course).students()) if due] == \
        ["in time", "student-1"]
    found = json.loads(grade(course, "--json", "student*", "in time").stdout)
    assert found["done_now"] == 2 and [row["student"] for row in found["rows"]] == ["in time", "student-1"]
    assert everything(course)["in time"]["late"] > 0
    assert not any(due for _, due in Classroom(course).due(Classroom(course).students()))


def test_marks_given_by_hand_reach_the_feedback(one_by_one_and_at_once):
    _, course = one_by_one_and_at_once
    with book(course) as gradebook:
        gradebook.find_grade("homework_2", NOTEBOOK, NOTEBOOK, "late").manual_score = 1.75
        gradebook.find_comment("homework_2", NOTEBOOK, NOTEBOOK, "late").manual_comment = "Nearly."
        gradebook.db.commit()
    done = lab6(course, "feedback", "la*")
    assert "Wrote the feedback of 1 submission." in done.stdout, done.stdout + done.stderr
    page = (course / "feedback" / "late" / NOTEBOOK / f"{NOTEBOOK}.html").read_text()
    assert "Nearly." in page and "1.75" in page


def test_feedback_of_somebody_who_is_not_graded_is_not_passed_over(make_course, submit):
    course = make_course()
    submit(course, "ada", untouched())
    done = lab6(course, "feedback", "ada")
    assert done.returncode == 1 and "ada: Not graded yet: run lab6 grade" in done.stdout
    assert lab6(course, "report").returncode == 0
    assert "could not be graded" not in (course / "report" / "index.html").read_text().casefold()


def test_two_runs_at_once_are_refused(one_by_one_and_at_once):
    with Classroom(one_by_one_and_at_once[1]).alone():
        done = lab6(one_by_one_and_at_once[1], "feedback")
    assert done.returncode == 2 and "another lab6 works in" in done.stderr


def test_a_pattern_that_matches_nobody_is_said(one_by_one_and_at_once):
    done = grade(one_by_one_and_at_once[1], "x*")
    assert done.returncode == 2 and "matches x*: work belongs in submitted/<student>/lab6_kmeans/" in done.stderr


# --- collected, graded, told: one class, the same in every place ---

def zipped(*entries):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return made.getvalue()


@pytest.fixture(scope="module")
def collected_class(make_course, solved):
    """A class from Moodle: a module beside, as files and packed; no notebooks; somebody late, somebody gone."""
    course = make_course()
    solution = corpus.read(corpus.ROOT / "tests" / "honest" / "as_in_the_solution.py")
    notebook = corpus.submission(solution, further=False)
    step = next(cell for cell in notebook.cells if corpus.grade_id_of(cell) == "step_f")
    step.source = f"from tools import SEED\n\n{step.source}".replace("random_state=0", "random_state=SEED")
    work, tools = nbformat.writes(notebook).encode(), b"SEED = 0\n"
    nothing = nbformat.writes(untouched()).encode()
    place = "A B_{}_assignsubmission_file/{}"
    (course / "all.zip").write_bytes(zipped(
        (place.format(401, "lab6_kmeans.ipynb.json"), work), (place.format(401, "tools.py"), tools),
        (place.format(402, "w.zip"), zipped(("w\\lab6_kmeans.ipynb", work), ("w\\tools.py", tools))),
        (place.format(403, "work.rar"), b"Rar!\x1a\7"), (place.format(404, "lab6_kmeans.ipynb"), nothing),
        ("A B_405_assignsubmission_onlinetext/onlinetext.html", b"https://colab.research.google.com/drive/1")))
    done = lab6(course, "collect", "all.zip", "--from", "moodle")
    assert done.returncode == 1, done.stderr
    (course / "submitted" / "404" / NOTEBOOK / "timestamp.txt").write_text("2030-01-01 03:00:00 UTC")
    with book(course) as gradebook:
        gradebook.update_or_create_assignment(NOTEBOOK, duedate="2030-01-01 00:00:00 UTC")
        gradebook.add_student("gone away")
        gradebook.add_submission(NOTEBOOK, "gone away")
    first = grade(course, "--json", "--workers", "2")
    assert first.returncode == 1, first.stderr
    return course, json.loads(first.stdout), grade(course)


def test_a_module_beside_the_notebook_is_found_however_it_was_handed_in(collected_class):
    rows = {row["student"]: row for row in collected_class[1]["rows"]}
    assert [rows[student]["total"] for student in ("401", "402", "404")] == [10, 10, 0]


def test_what_is_no_notebook_is_handed_in_and_not_gradable_in_every_place(collected_class):
    course, found, done = collected_class
    assert {row["student"]: row["problem"] for row in found["rows"] if row["problem"]} == {
        "403": "there is no lab6_kmeans.ipynb in it: work.rar is a rar archive; ask for the notebook itself, "
               "lab6_kmeans.ipynb",
        "405": "there is no lab6_kmeans.ipynb in it: onlinetext.html is a link to Google Colab; ask for the notebook "
               "itself, lab6_kmeans.ipynb"}
    assert "2 handed in but not gradable" in done.stdout
    with book(course) as gradebook:
        assert gradebook.find_submission(NOTEBOOK, "403").needs_manual_grade
    page = (course / "report" / "index.html").read_text()
    assert "<dt>Handed in, not gradable</dt><dd>2</dd>" in page and "work.rar is a rar archive" in page
    roster = ["ID number,Full name,Email address", "gone away,X,x@uni.example"]
    roster += [f"{number},A B,{number}@uni.example" for number in (401, 402, 403, 404, 405, 409)]
    (course / "roster.csv").write_text("\n".join(roster))
    exported = lab6(course, "export", "--to", "moodle", "--roster", "roster.csv", "--unmarked")
    assert exported.returncode == 0, exported.stderr
    assert "without a submission, and so left out: 409 A B." in exported.stdout
    assert "Handed in, not gradable: 403; 405." in exported.stdout


def test_who_is_gone_is_counted_alike_and_removed_by_the_command_that_is_named(collected_class):
    course, found, done = collected_class
    assert found["gone"] == ["gone away"] and found["submissions"] == 6 and "6 submissions: " in done.stdout
    assert "Submissions</dt><dd>6</dd>" in (course / "report" / "index.html").read_text()
    assert "Wrote 6 submissions" in lab6(course, "export", "--to", "csv", "--unmarked").stdout
    assert "nbgrader db student remove 'gone away' --force" in done.stdout
    copy = course.with_name(f"{course.name}-without")
    shutil.copytree(course, copy)
    nbgrader("db", "student", "remove", "gone away", "--force", course=copy)
    assert "gone away" not in grade(copy).stdout and "Wrote 5 " in lab6(
        copy, "export", "--to", "csv", "--unmarked").stdout


def test_who_is_late_stands_in_every_place(collected_class):
    course, found, done = collected_class
    assert {row["student"]: row["late"] for row in found["rows"] if row["late"]} == {"404": 10800}
    assert "Late by 3 h, no points off" in done.stdout
    assert "Late by 3 h, no points off" in (course / "report" / "index.html").read_text()
    assert "hours late" in (course / "report" / "grades.csv").read_text().splitlines()[0]


# --- configurations that cannot be used ---

@pytest.mark.parametrize(("wrong", "said"), [
    ("c.CourseDirectory.db_url = 'postgresql+nodriver://host/grades'", "the gradebook cannot be used"),
    ("c.CourseDirectory.db_url = 'postgresql+asyncpg://host/grades'", "the Python module asyncpg, which is not"),
    ("c.Nothing = = 1", "SyntaxError in line 2: invalid syntax"),
    ("\nnothing()", "NameError in line 3: name 'nothing'"),
    ("import nowhere", "ModuleNotFoundError in line 2: No module named 'nowhere'"),
    ("c.CourseDirectory.course_id = 7", "a setting in "),
    ("c.Lab.module = 'nowhere'", "names 'nowhere', which is no lab here: No module named 'nowhere'"),
    ("c.Lab.module = 'json'", "names 'json', which is no lab here"),
])
def test_a_configuration_that_cannot_be_used_is_told_in_a_line(tmp_path, wrong, said):
    (tmp_path / "nbgrader_config.py").write_text(f"c = get_config()\n{wrong}\n")
    done = lab6(tmp_path, "report")
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_each_command_has_an_example_and_the_version_is_said(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert re.fullmatch(r"lab6 \d+\.\d+\.\d+\n", capsys.readouterr().out)
    for command in ("release", "collect", "grade", "watch", "feedback", "receipt", "report", "export", "attack",
                    "doctor", "demo"):
        with pytest.raises(SystemExit):
            cli.main([command, "--help"])
        assert f"Example: lab6 {command}" in capsys.readouterr().out


# --- what cannot be graded ---

def text(content):
    return lambda folder: (folder / FILE).write_bytes(content if isinstance(content, bytes) else content.encode())


def changed(change):
    def write(folder):
        notebook = json.loads(nbformat.writes(untouched()))
        change(notebook)
        (folder / FILE).write_text(json.dumps(notebook))
    return write


def two_ids(notebook):
    for cell in notebook["cells"]:
        cell["id"] = "same"


def odd_metadata(notebook):
    notebook["metadata"] = {"kernelspec": {"name": "none", "display_name": ""}, "lab6": [], "title": "x" * 9999}
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] = {"nbgrader": [number], "collapsed": True, "points": {"a": []}}


def wrong_metadata(notebook):
    notebook["metadata"]["kernelspec"] = 7


def huge(folder):
    with (folder / FILE).open("wb") as file:
        file.truncate(10 ** 10)


def a_folder(folder):
    (folder / FILE).mkdir()


def linked(folder):
    (folder / FILE).symlink_to(folder.parent.parent / "fine" / NOTEBOOK / FILE)


def linked_folder(folder):
    folder.rmdir()
    folder.symlink_to(folder.parent.parent / "fine" / NOTEBOOK)


def empty_cells(notebook):
    """As JupyterLab's + makes them, above the first cell and anywhere."""
    for place in (0, 5, len(notebook["cells"])):
        empty = {"cell_type": "code", "id": f"empty-{place}", "metadata": {}, "source": [], "outputs": [],
                 "execution_count": None}
        notebook["cells"].insert(place, empty)


def linked_file(folder):
    changed(lambda notebook: None)(folder)
    (folder / "notes.txt").symlink_to("/etc/passwd")
    (folder / "timestamp.txt").write_text("when I had the time")
    deep = folder.joinpath(*["n" * 200] * 6)
    deep.mkdir(parents=True)
    (deep / "notes.txt").touch()


WRONG = {
    "nothing in it": (lambda folder: None, "there is no lab6_kmeans.ipynb"),
    "another name": (lambda folder: (folder / "lab6.ipynb").write_text("{}"), "there is lab6.ipynb"),
    "empty": (text(""), "is empty"), "words": (text("my lab"), "it is not JSON"),
    "half a file": (text('{"cells": [{"cell_type": "code"'), "only a part of one"),
    "another editor": (text("\ufeff" + nbformat.writes(untouched())), "byte order mark"),
    "bytes": (text(b"\x89PNG\r\n\xff\xfe\x00"), "is not in UTF-8"),
    "a list": (text("[1, 2]"), "JSON, but not a notebook"),
    "deep": (text("[" * 100_000), "nested too deep"),
    "format 99": (changed(lambda notebook: notebook.update(nbformat=99)), "format '99'"),
    "no cells": (text('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": {"a": 1}}'),
                 "not a whole notebook"),
    "huge": (huge, "9537 MiB"), "a folder": (a_folder, "there is no lab6_kmeans.ipynb"),
    "linked": (linked, "is a link"), "linked folder": (linked_folder, "its folder is a link"),
}
FINE = {
    "fine": changed(lambda notebook: None), "empty cells": changed(empty_cells), "two ids": changed(two_ids),
    "odd metadata": changed(odd_metadata), "wrong metadata": changed(wrong_metadata),
    "linked file": linked_file, "Ünï 学生 [a-z]*?": changed(lambda notebook: None),
    "<script>alert(1)</script>".replace("/", "\u2215"): changed(lambda notebook: None),
    "'; drop table grade; --": changed(lambda notebook: None), "{student_id}": changed(lambda notebook: None),
    "-rf": changed(lambda notebook: None), "x" * 200: changed(lambda notebook: None),
    "another lab": text(nbformat.writes(new_notebook(cells=[new_markdown_cell("Lab 5")]))),
}


@pytest.fixture(scope="module")
def odd(make_course):
    """A class of odd submissions, graded at once: the course, and the rows by student."""
    course = make_course()
    for student, make in {**FINE, **{name: make for name, (make, _) in WRONG.items()}}.items():
        folder = course / "submitted" / student / NOTEBOOK
        folder.mkdir(parents=True)
        make(folder)
    os.makedirs(os.fsencode(course / "submitted") + b"/not \xff utf-8/" + NOTEBOOK.encode())
    done = grade(course, "--json", "--workers", "2")
    assert done.returncode == 1, done.stderr
    return course, {row["student"]: row for row in json.loads(done.stdout)["rows"]}, done


def later(course, student):
    """Return the row of a student as a report has it that is made another day."""
    return next(row for row in Classroom(course).rows() if row.student == student)


def test_nobody_is_left_out(odd):
    _, rows, done = odd
    assert len(rows) == len(WRONG) + len(FINE) + 1
    assert f"{len(rows)}/{len(rows)} " in done.stderr and "a minute" in done.stderr


@pytest.mark.parametrize("student", WRONG)
def test_what_cannot_be_graded_scores_nothing_says_why_and_waits_for_a_person(odd, student):
    course, rows, _ = odd
    row = rows[student]
    assert WRONG[student][1] in row["problem"], row
    assert row["total"] == 0 and len(row["points"]) == len(lab.steps) and row["waits"]
    assert "could not be graded" in (course / "autograded" / student / NOTEBOOK / FILE).read_text()
    shown = (course / "feedback" / student / NOTEBOOK / f"{NOTEBOOK}.html").read_text()
    assert "could not be graded" in shown and "ask for" not in shown        # the remedy is for the instructor
    assert later(course, student).problem == row["problem"]


@pytest.mark.parametrize("student", FINE)
def test_what_is_only_odd_is_graded(odd, student):
    course, rows, _ = odd
    assert not rows[student]["problem"], rows[student]
    assert (course / "feedback" / student / NOTEBOOK / f"{NOTEBOOK}.html").exists()


def test_what_is_left_out_of_a_submission_is_named(odd):
    course, rows, _ = odd
    assert [re.match("'([^']+)' was left out", flag)[1] for flag in rows["linked file"]["flags"]] == \
        ["n" * 80, "notes.txt", "timestamp.txt"]
    assert not (course / "autograded" / "linked file" / NOTEBOOK / "notes.txt").exists()
    assert [flag.said for flag in later(course, "linked file").flags] == rows["linked file"]["flags"]


def test_the_notebook_is_found_among_any_number_of_files_and_the_rest_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(received, "NAMED", 20)
    folder = tmp_path / "ada" / NOTEBOOK
    folder.joinpath(*["n"] * 22).mkdir(parents=True)
    for number in range(40):
        (folder / f"a{number}.txt").touch()
    (folder / FILE).write_text("{}")
    found = received.read("ada", folder)
    assert FILE in found.files and not found.problem and "all files but some thousand" in found.left_out
    monkeypatch.setattr(received, "NAMED", 100)
    assert received.read("ada", folder).left_out == ("/".join(["n"] * 21),)


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path):
    (tmp_path / NOTEBOOK).write_text("{}")
    assert "is a file and not a folder" in received.read("ada", tmp_path / NOTEBOOK).problem


def test_another_notebook_is_pointed_out(odd):
    assert odd[1]["another lab"]["total"] == 0 and "No cell of the lab" in odd[1]["another lab"]["flags"][0]
    assert not odd[1]["fine"]["flags"] and not odd[1]["empty"]["flags"]


def test_a_folder_that_may_not_be_entered_is_not_left_out():
    with TemporaryDirectory() as name:
        course = Path(name)
        course.chmod(0o755)
        (course / "nbgrader_config.py").write_text("c = get_config()\n")
        (course / "submitted" / "ada" / NOTEBOOK).mkdir(parents=True)
        (course / "submitted" / "ada").chmod(0)
        room, root = Classroom(course), os.getuid() == 0
        try:
            if root:
                os.seteuid(65534)
            assert room.students() == ["ada"] and "cannot be read" in room.submission("ada").problem
        finally:
            if root:
                os.seteuid(0)
            (course / "submitted" / "ada").chmod(0o700)


def test_what_nbgrader_calls_is_found_whatever_the_configuration_says(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin:/bin")             # an environment that is not activated
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    rooms = [(Classroom(tmp_path).students(), os.environ["PATH"]) for _ in range(2)]
    assert rooms == [([], f"{Path(sys.executable).parent}:/usr/bin:/bin")] * 2


def test_a_name_that_no_gradebook_can_hold_is_named_and_stops_nobody(odd):
    name, = (name for name in odd[1] if name.startswith("not "))
    assert "cannot be saved" in odd[1][name]["problem"]
    assert (odd[0] / "report" / "index.html").exists()


def test_a_notebook_that_lies_in_another_place_is_named(make_course, submit):
    course = make_course()
    submit(course, "ada", untouched())
    for place in ("lab6_kmeans-1.ipynb", "erin/lab6_kmeans.ipynb", "frank/Lab6_kmeans/lab6_kmeans.ipynb",
                  "ada/lab5/lab5.ipynb", "ada/lab5/lab6_kmeans\x1b[2J\u202e.ipynb",
                  "ada/notes.ipynb", "gus/My lab.ipynb", "hal/lab6_kmeans.ipynb.txt", "all.zip", "ida/work.zip"):
        (course / "submitted" / place).parent.mkdir(parents=True, exist_ok=True)
        (course / "submitted" / place).write_text("{}")
    done = grade(course)
    assert done.returncode == 1
    assert re.findall(r"Not graded: submitted/(.*?)\. (?:Put|Unpack)", done.stdout) == [
        "ada/lab5/lab6_kmeans [2J\ufffd.ipynb", "all.zip", "erin/lab6_kmeans.ipynb",
        "frank/Lab6_kmeans/lab6_kmeans.ipynb", "gus/My lab.ipynb", "hal/lab6_kmeans.ipynb.txt", "ida/work.zip",
        "lab6_kmeans-1.ipynb"]


def test_an_assignment_that_is_released_again_meanwhile_is_said_and_its_submission_graded_again(
        make_course, submit, monkeypatch):
    course, graded = make_course(), coordinator.task.grade
    submit(course, "ada", untouched())

    def and_released_again(*arguments):
        with book(course) as gradebook:
            gradebook.update_or_create_grade_cell("check_k", NOTEBOOK, NOTEBOOK, max_score=1, cell_type="code")
        return graded(*arguments)

    monkeypatch.setattr(coordinator.task, "grade", and_released_again)
    room = Classroom(course)
    assert "released again" in grade_one(room, "ada").problem
    assert room.rows()[0].flags and [*room.due(["ada"])] == [("ada", True)] and not room.records.scores()


def test_what_cannot_be_graded_is_not_tried_again(odd):
    room = Classroom(odd[0])
    assert [student for student, due in room.due(room.students()) if due] == \
        [student for student in room.students() if student.startswith("not ")]


def test_feedback_that_is_made_with_the_grading_is_what_is_made_afterwards(odd):
    course = odd[0]
    before = {path: path.read_bytes() for path in (course / "feedback").rglob("*.html")}
    assert len(before) == sum(bool(row["points"]) for row in odd[1].values())
    lab6(course, "feedback", "--force")
    assert {path: path.read_bytes() for path in before} == before
