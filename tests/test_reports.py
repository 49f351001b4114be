"""What people met with in notebooks of courses, each rebuilt as a submission: nobody's work vanishes.

A case is a file of tests/reports/notebooks, as `attacking.attack` reads it. "Waits" names the answers that must
wait for a person, and "Flags" words of what an instructor must be told.
"""

import json
import re
import shutil

import corpus
import nbformat
import pytest
from attacking import attack
from corpus import NOTEBOOK
from grade_one import lab6
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from test_class import grade
from tiers import selected, some

from grading.course.commands import nbgrader
from grading.lab import ROOT
from grading.pages.class_page import waits
from grading.submission.outcome import Row
from helpers import whole

FILES = sorted((ROOT / "tests" / "reports" / "notebooks").glob("*.py"))
# Those that tests below look into, and so are graded in every run.
LOOKED_INTO = ("answer_above_the_next_question", "answer_below_its_question", "answer_below_its_question_and_no_cell",
               "answer_deleted", "answer_over_its_question", "answers_without_metadata", "backend_widget",
               "file_in_latin_1", "lines_of_colab", "one_absent_package", "pandas_second_line")
FEW = some(sorted(FILES, key=lambda path: path.stem not in LOOKED_INTO), len(LOOKED_INTO),
           "the others show the same rules in other notebooks")
BY_NBGRADER = ("answers_without_metadata", "answer_deleted", "check_copied_above", "pandas_second_line",
               "backend_widget", "only_texts_survive", "answer_below_its_question", "answer_over_its_question",
               "answer_below_its_question_and_no_cell")
LIMITS = "\nc.ExecuteSubmission.timeout = 30\n"


def field(path, name):
    """Return what the first line of a case says of a field, or nothing."""
    found = re.search(rf" {name}: (.*?)(?=\.?(?: (?:{'|'.join(attack.FIELDS)}): |$))", path.read_text().split("\n")[0])
    return found[1] if found else ""


def grades(course, student):
    """Return what the gradebook says of each graded cell: the score, and whether it waits for a person."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
        found = gradebook.find_submission_notebook(NOTEBOOK, NOTEBOOK, student).grades
        return {grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade) for grade in found}


@pytest.fixture(scope="module")
def course(make_course, request):
    folder = make_course()
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(LIMITS)
    asked = {path.stem for path in selected(request, "path")} | {*LOOKED_INTO}
    for path in FILES:
        if path.stem in asked:
            attack.hand_in(attack.read(path), folder)
    return folder


@pytest.fixture(scope="module")
def rows(course):
    """The rows of all cases, graded at once."""
    done = grade(course, "--json", "--workers", "2")
    assert done.returncode == 1, done.stdout + done.stderr
    return {row["student"]: row for row in json.loads(done.stdout)["rows"]}


@pytest.mark.parametrize("path", FEW, ids=lambda path: path.stem)
def test_work_gets_what_it_is_worth_and_people_are_told_the_rest(course, rows, path):
    case, row = attack.read(path), rows[path.stem]
    said = " ".join(f"{step}: {why}" for step, why in row["reasons"]) + row["problem"]
    assert {step for step, score in row["points"].items() if score} == case.keeps | case.earns, said
    assert case.says in said and all(len(why) <= 400 and "\n" not in why for _, why in row["reasons"])
    waiting = [f"homework {number}" for number in field(path, "Waits").split()]
    assert row["waits"] == waiting
    flags = field(path, "Flags")
    assert flags in " ".join(row["flags"]) if flags else row["flags"] == []
    saved = grades(course, path.stem)
    assert {name for name, (_, _, needed) in saved.items() if needed} == {name.replace(" ", "_") for name in waiting}
    assert {name: saved[f"check_{name}"][0] for name in row["points"]} == row["points"]


@pytest.mark.parametrize(("student", "status"), [("answer_deleted", 1), ("answers_without_metadata", 0),
                                                 ("answer_over_its_question", 1), ("answer_below_its_question", 0),
                                                 ("file_in_latin_1", 1), ("one_absent_package", 1)])
def test_the_exit_status_says_whether_somebody_should_look(course, rows, student, status):
    assert lab6(course, "grade", student).returncode == status


def test_an_error_comes_first_in_the_verdict_and_leaves_no_wrong_cause(course, rows, graded_cells):
    error = graded_cells(course, "pandas_second_line")["check_a"].outputs[-1]
    assert error.evalue.split("\n")[1].split(maxsplit=1) == [
        "Error:", "its cell ended with ModuleNotFoundError: No module named 'pandas'"]
    assert "the line is missing" not in error.evalue and "leave out that import" in " ".join(error.evalue.split())


def test_what_was_passed_over_is_said_in_its_cell(course, rows, graded_cells, text_of):
    assert "%matplotlib widget is for your own screen" in text_of(graded_cells(course, "backend_widget")["step_a"])
    said = text_of(graded_cells(course, "lines_of_colab")["step_a"])
    assert "google.colab.drive.mount(…) does nothing here." in said and "%conda is not run here" in said


def test_a_missing_answer_says_so_where_it_is_marked(course, rows, graded_cells):
    assert "There was no cell for this answer" in graded_cells(course, "answer_deleted")["homework_2"].source


@pytest.mark.parametrize(("student", "name", "words", "kept"), [
    ("answer_below_its_question", "homework_2", "and counts:*\n\nMore ways of writing,\n\nmore clusters.", False),
    ("answer_below_its_question", "homework_3", "and counts:*\n\nIt does ones well.", False),
    ("answer_below_its_question", "homework_3", "A 4 is like a 9!", False),
    ("answer_below_its_question_and_no_cell", "homework_2", "\n\nMore ways of writing, more clusters.", False),
    ("answer_over_its_question", "homework_2", "in it?*\n\n### Homework 2\n\nMore ways of writing", True),
    ("answer_above_the_next_question", "homework_1", "in it?*\n\nFifty are better", True)])
def test_what_was_typed_into_a_question_stands_in_its_answer(course, rows, graded_cells, student, name, words, kept):
    said = graded_cells(course, student)[name].source
    assert words in said and ("###" in said) == kept


# --- the same by nbgrader's own command, with another assignment in the course ---

TINY = [("code", "solution", "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION", 0),
        ("code", "test_double", "from helpers import tenfold\nassert tenfold(double(2)) == 40", 2),
        ("code", "check_here", "import os\nassert os.environ['HOME'] == '/scratch/home'", 1),
        ("markdown", "essay", "*Your answer here.*", 3)]


def tiny():
    cells = []
    for kind, name, source, points in TINY:
        graded = {"points": points} if points else {}
        about = {"grade_id": name, "grade": bool(points), "locked": points in (1, 2), "schema_version": 3,
                 "task": False, "solution": name in ("solution", "essay"), "cell_type": kind, **graded}
        new = new_code_cell if kind == "code" else new_markdown_cell
        cells.append(new(source, metadata={"nbgrader": about}))
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": spec})


def hand_in_tiny(folder, student, change):
    notebook = nbformat.read(folder / "release" / "tiny" / "tiny.ipynb", as_version=4)
    change({cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells}, notebook)
    place = folder / "submitted" / student / "tiny"
    place.mkdir(parents=True)
    nbformat.write(notebook, place / "tiny.ipynb")
    (place / "helpers.py").write_text("def tenfold(x): return 10 * x\n")


def right(cells, notebook):
    cells["solution"].source = "def double(x):\n    return x + x"
    cells["essay"].source = "Twice is enough."


def dies(cells, notebook):
    right(cells, notebook)
    cells["solution"].source += "\nimport os\nos._exit(1)"


def deletes_a_test(cells, notebook):
    notebook.cells.remove(cells["test_double"])


@pytest.fixture(scope="module")
def with_another(course, rows, make_course):
    folder = make_course()
    for name in BY_NBGRADER:
        shutil.copytree(course / "submitted" / name, folder / "submitted" / name)
    (folder / "source" / "tiny").mkdir()
    nbformat.write(tiny(), folder / "source" / "tiny" / "tiny.ipynb")
    nbgrader("generate_assignment", "tiny", course=folder)
    for student, change in (("right", right), ("dies", dies), ("wrong", lambda *_: None), ("less", deletes_a_test)):
        hand_in_tiny(folder, student, change)
    nbgrader("autograde", "tiny", course=folder)
    nbgrader("autograde", NOTEBOOK, course=folder)
    return folder


@pytest.mark.parametrize("student", BY_NBGRADER)
def test_nbgrader_gives_the_same(course, rows, with_another, student):
    assert grades(with_another, student) == grades(course, student)


def test_another_assignment_is_graded_as_nbgrader_does_and_behind_the_wall(with_another):
    assert not (with_another / "release" / "tiny" / "helpers").exists()
    with Gradebook(f"sqlite:///{with_another / 'gradebook.db'}", "lab6") as gradebook:
        found = {one.student.id: {grade.name: (grade.auto_score, grade.needs_manual_grade)
                                  for grade in one.notebooks[0].grades}
                 for one in gradebook.assignment_submissions("tiny")}
    assert found["right"] == {"test_double": (2, False), "check_here": (1, False), "essay": (None, True)}
    assert found["wrong"] == {"test_double": (0, False), "check_here": (1, False), "essay": (0, False)}
    assert found["dies"] == {"test_double": (0, False), "check_here": (0, False), "essay": (None, True)}
    assert found["less"]["test_double"] == (None, True)             # nbgrader leaves out what it does not find
    notebook = nbformat.read(with_another / "autograded" / "right" / "tiny" / "tiny.ipynb", as_version=4)
    assert len(notebook.cells) == len(TINY) and "lab6" not in notebook.metadata


# --- what a student is told ---

@pytest.mark.long("through the real commands once more, several times each")
def test_validate_tells_which_cells_are_missing_and_names_an_error_first(tmp_path, solved):
    notebook = corpus.submission(solved, further=False)
    notebook.cells = [cell for cell in notebook.cells if cell.id not in ("homework-2", "check-b")]
    cells = {cell.id: cell for cell in notebook.cells}
    cells["check-c"].metadata = nbformat.from_dict({})              # its id is enough
    cells["step-h"].source = "accuracy_10 = {}[7]"
    cells["step-i"].source += "\nraise KeyError(50)"
    nbformat.write(notebook, tmp_path / f"{NOTEBOOK}.ipynb")
    said = nbgrader("validate", f"{NOTEBOOK}.ipynb", course=tmp_path).stdout
    assert "This notebook lacks the check of step b and the cell of homework 2." in said
    assert "Error:    its cell ended with KeyError: 7" in said
    assert "KeyError: 50" not in said                               # its step holds: nothing was lost to it


@pytest.mark.long("through the real commands once more, several times each")
@pytest.mark.parametrize("gone", ["check-a", "check-a check-b check-c"])
def test_validate_tells_what_is_missing_where_the_first_checks_are(tmp_path, solved, gone):
    notebook = corpus.submission(solved, further=False)
    notebook.cells = [cell for cell in notebook.cells if cell.id not in gone.split()]
    last = [cell.id for cell in notebook.cells].index("check-e")            # the rest takes its time
    notebook.cells = [cell for i, cell in enumerate(notebook.cells) if i <= last or cell.cell_type == "markdown"]
    cells = {cell.id: cell for cell in notebook.cells}
    cells["homework-2"].source = whole.STUB.format("homework 2") + "\n\n"
    cells["homework-2-text"].source += "\nMore ways of writing, more clusters."
    cells["homework-3-text"].source += "\n(done)"
    nbformat.write(notebook, tmp_path / f"{NOTEBOOK}.ipynb")
    said = nbgrader("validate", f"{NOTEBOOK}.ipynb", course=tmp_path).stdout
    assert said.count("This notebook lacks the check of step a") == 1
    assert "No answer, but a changed question: homework 2.\n" in said


def test_validate_knows_the_questions_as_they_are_handed_out():
    texts = {cell.id: cell.source for cell in nbformat.read(corpus.RELEASE, as_version=4).cells}
    assert {name: (question, whole._sum(texts[question])) for name, (question, _) in whole.ANSWERS.items()} == \
        whole.ANSWERS
    for name in whole.ANSWERS:
        assert texts[name.replace("_", "-")].strip() == whole.STUB.format(name.replace("_", " "))


# --- marks, and a fresh clone ---

def marked(course, student, name, score):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
        grade = gradebook.find_grade(name, NOTEBOOK, NOTEBOOK, student)
        grade.manual_score, grade.needs_manual_grade = score, False             # as the formgrader does
        gradebook.db.commit()


@pytest.mark.long("through the real commands once more, several times each")
@pytest.mark.parametrize("again", [("lab6", "grade", "--force"), ("nbgrader", "autograde", NOTEBOOK, "--force")])
def test_a_mark_stays_confirmed_while_the_answer_is_the_same(make_course, again):
    course, student = make_course(), "answers_without_metadata"
    attack.hand_in(attack.read(ROOT / "tests" / "reports" / "notebooks" / f"{student}.py"), course)
    run = {"lab6": lambda *words: lab6(course, *words), "nbgrader": lambda *words: nbgrader(*words, course=course)}
    run["lab6"]("grade")
    marked(course, student, "homework_1", 1)
    marked(course, student, "homework_2", 0.5)
    run[again[0]](*again[1:])
    assert grades(course, student)["homework_1"] == (None, 1, False)
    assert grades(course, student)["homework_3"] == (None, None, True)
    path = course / "submitted" / student / NOTEBOOK / f"{NOTEBOOK}.ipynb"
    path.write_text(path.read_text().replace("Each way of writing", "Every way of writing"))
    for _ in "12":                          # and it waits until a person has looked
        run[again[0]](*again[1:])
        assert grades(course, student)["homework_1"] == (None, 1, False)
        assert grades(course, student)["homework_2"] == (None, 0.5, True)
    row, = json.loads(lab6(course, "grade", "--json").stdout)["rows"]
    assert (row["waits"], row["confirms"]) == (["homework 3"], ["homework 2"])
    assert waits(Row("ada", waits=["homework 1", "homework 3"], confirms=["homework 2"])) == \
        "homework 1 3; to confirm: homework 2"


@pytest.mark.long("through the real commands once more, several times each")
def test_a_fresh_clone_with_submissions_grades_at_once(make_course, submit):
    course = make_course()
    (course / "gradebook.db").unlink()
    shutil.rmtree(course / "release")
    submit(course, "ada", nbformat.read(corpus.RELEASE, as_version=4))
    done = lab6(course, "grade")
    assert "it was registered from source/" in done.stdout and "1 done now" in done.stdout, done.stdout + done.stderr
    assert not (course / "release").exists()
    shutil.rmtree(course / "source")
    (course / "gradebook.db").unlink()
    done = lab6(course, "grade")
    assert done.returncode == 2 and "the gradebook does not know the assignment yet" in done.stderr
