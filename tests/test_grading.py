"""What a submission may bring along, graded with nbgrader's own command: none of it moves a point."""

import re
import subprocess
import sys

import corpus
import nbformat
import pytest
import tiers
from corpus import NOTEBOOK, Case
from grade_one import grade_one, lab6

from grading.course.classroom import Classroom
from grading.course.commands import nbgrader
from helpers import lab
from helpers.kit.verdict import Verdict

FULL = dict.fromkeys(lab.steps, 1.0)
UNTOUCHED = {name: "# Your code here" for name in (
    "step_a", "step_b", "step_c", "step_d", "step_e", "step_f_function", "step_f", "step_g", "step_h", "step_i",
    "step_j")}


def changed(case, change):
    """Fill in the lab, then change the notebook as somebody's editor or hand did."""
    notebook = corpus.submission(case, further=False)
    change({cell.metadata.get("nbgrader", {}).get("grade_id", cell.id): cell for cell in notebook.cells}, notebook)
    return notebook


def deleted_checks(cells, notebook):
    gone = [cells[name] for name in ("start", "check_b", "check_j", "step_b", "homework_2")]
    notebook.cells = [cell for cell in notebook.cells if cell not in gone]
    cells["step_a"].source += "\n(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()"


def no_metadata(cells, notebook):
    for cell in notebook.cells:
        cell.metadata.clear()
    notebook.metadata.clear()


def other_metadata(cells, notebook):
    for step in lab.steps:
        cells[f"check_{step}"].metadata.nbgrader.update(grade=False, locked=False, points=100, solution=True)
        cells[f"check_{step}"].metadata.tags = ["skip-execution"]
    notebook.metadata.kernelspec = {"name": "no-such-kernel", "display_name": "None", "language": "klingon"}


def warnings(cells, notebook):
    cells["step_c"].source = "import warnings\nwarnings.warn('a warning')\n" + cells["step_c"].source
    cells["step_g"].source += "\nimport sys\nprint('to stderr', file=sys.stderr)"
    cells["step_a"].source += "\n\n\ndef loud(*a): print('loud', file=sys.stderr)\nimport sys\n" \
                              "get_ipython().events.register('pre_run_cell', loud)"


def edited_checks(cells, notebook):
    for step in lab.steps:
        cells[f"check_{step}"].source = "print('all is well')"


def printed(cells, notebook):
    cells["step_h"].source += "\nprint('my own words')"
    cells["step_g"].source += "\nfrom IPython.display import HTML\nHTML('<script>attack()</script><b>bold</b>')"
    cells["homework_1"].source = "<script>attack()</script><img src=x onerror=attack()> My answer."


def markdown_checks(cells, notebook):
    for step in lab.steps:
        cell = cells[f"check_{step}"]
        cell.cell_type = "markdown"
        del cell["outputs"], cell["execution_count"]


def duplicated(cells, notebook):
    notebook.cells.insert(3, nbformat.from_dict({**cells["check_h"], "id": "twin"}))


def dies(cells, notebook):
    cells["step_g"].source += "\nimport os\nos._exit(0)"


def dies_in_a_check(cells, notebook):
    cells["step_f_function"].source = "def retrieve_info(labels, y):\n    import os\n    os._exit(0)"


SUBMISSIONS = {
    "dies_in_a_check": (dies_in_a_check, {**FULL, **dict.fromkeys("fghij", 0.0)}),
    "dies": (dies, {**FULL, **dict.fromkeys("ghij", 0.0)}),
    "deleted_checks": (deleted_checks, FULL), "other_metadata": (other_metadata, FULL), "warnings": (warnings, FULL),
    "edited_checks": (edited_checks, FULL), "printed": (printed, FULL), "markdown_checks": (markdown_checks, FULL),
}


@pytest.fixture(scope="module")
def course(make_course, submit, solved):
    folder = make_course()
    untouched = Case("untouched", "", frozenset(), "", UNTOUCHED)
    for student, (change, _) in SUBMISSIONS.items():
        submit(folder, student, changed(solved, change))
    submit(folder, "stripped", changed(solved, no_metadata))
    submit(folder, "duplicated", changed(solved, duplicated))
    submit(folder, "untouched", changed(untouched, edited_checks))
    own = submit(folder, "own_helpers", untouched) / "helpers"
    own.mkdir()
    (own / "__init__.py").write_text("def start(names): pass\n")
    for name in ("checks", "plots", "results"):
        (own / f"{name}.py").write_text("def __getattr__(name): return lambda *a: None\n")
    (own.parent / "helpers.py").write_text("raise SystemExit\n")
    if tiers.ALL:                           # one after the other
        nbgrader("autograde", NOTEBOOK, course=folder)
        nbgrader("generate_feedback", NOTEBOOK, course=folder)
    else:
        subprocess.run([sys.executable, "-m", "grading", "grade"], cwd=folder, capture_output=True)
    return folder


@pytest.mark.parametrize(("student", "earned"), [(name, points) for name, (_, points) in SUBMISSIONS.items()])
def test_work_keeps_its_points(course, points, graded_cells, text_of, student, earned):
    found = points(course, student)
    assert found == earned, {step: text_of(graded_cells(course, student)[f"check_{step}"]) for step in lab.steps
                             if found[step] < 1}


def test_a_run_that_ended_early_says_so_in_the_notebook_and_in_the_table(course, graded_cells, text_of):
    cells = graded_cells(course, "dies")
    assert "The run ended in this cell: its kernel died." in text_of(cells["step_g"])
    assert "there is no evidence" in text_of(cells["check_j"]) and "its kernel died" in text_of(cells["check_j"])
    for student in ("dies", "dies_in_a_check"):
        row = next(row for row in Classroom(course).rows() if row.student == student)
        assert "its kernel died" in dict(row.reasons)["h"] and "its kernel died" in row.flags[0].said


@pytest.mark.parametrize("student", ["untouched", "own_helpers"])
def test_no_work_earns_nothing(course, points, student):
    assert points(course, student) == dict.fromkeys(lab.steps, 0.0)


def test_a_notebook_without_any_metadata_is_recognised_by_ids_and_texts(course, points):
    assert points(course, "stripped") == FULL


def test_of_two_cells_with_one_id_the_one_that_stands_in_its_place_counts(course, points):
    assert points(course, "duplicated") == FULL


def test_ids_points_and_kernel_are_those_of_the_source(course):
    source = nbformat.read(corpus.RELEASE, as_version=4)
    wanted = {cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.get("points") for cell in source.cells
              if cell.metadata.get("nbgrader", {}).get("grade")}
    for student in ("deleted_checks", "other_metadata"):
        notebook = nbformat.read(course / "autograded" / student / NOTEBOOK / f"{NOTEBOOK}.ipynb", as_version=4)
        assert wanted == {cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.get("points")
                          for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")}


def test_what_a_student_printed_stays_and_the_evidence_goes(course, graded_cells, text_of):
    path = course / "autograded" / "printed" / NOTEBOOK / f"{NOTEBOOK}.ipynb"
    assert "my own words" in text_of(graded_cells(course, "printed")["step_h"])
    assert "lab6.evidence" not in path.read_text()
    cells = nbformat.read(path, as_version=4).cells
    pictures = [output.data for cell in cells for output in cell.get("outputs", [])
                if "image/png" in output.get("data", {})]
    pictures += [cell.attachments for cell in cells if "attachments" in cell]
    assert path.stat().st_size < sum(len(str(data)) for data in pictures) + 100_000


def test_what_is_only_for_looking_at_is_not_run_when_grading(course, graded_cells):
    outputs = {name: cell.get("outputs", []) for name, cell in graded_cells(course, "printed").items()}
    assert [name for name in ("see_near", "watch", "see_cards", "measure", "progress") if outputs[name]] == []
    assert outputs["table_b"] and outputs["table_g"] and outputs["summary"]


def test_the_fact_sheet_stands_right_above_the_first_answer(course):
    notebook = nbformat.read(course / "autograded" / "printed" / NOTEBOOK / f"{NOTEBOOK}.ipynb", as_version=4)
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    sheet = notebook.cells[ids.index("homework_1") - 1].source
    assert sheet.startswith("**Fact sheet, made by the grader**")
    for fact in ("- **Accuracy with 10 clusters:** 0.5515", "- **Accuracy with 50 clusters:** 0.7907",
                 "- **Improvement:** +23.92 percentage points", "- **Digits without a cluster, with 10:** 5, 8"):
        assert fact in sheet


def test_feedback_shows_the_words_of_each_check(course):
    page = (course / "feedback" / "printed" / NOTEBOOK / f"{NOTEBOOK}.html").read_text()
    assert "accuracy_50 is 0.7907" in page
    assert '<th scope="col">Clusters</th>' in page          # the small tables stay tables
    assert "<b>bold</b>" in page and "My answer." in page
    assert "<script>attack()" not in page and "<img src=x" not in page
    page = (course / "feedback" / "untouched" / NOTEBOOK / f"{NOTEBOOK}.html").read_text()
    assert "Step d is not done yet" in page


def test_grades_can_be_exported(course):
    nbgrader("export", "--to", "grades.csv", course=course)
    lines = (course / "grades.csv").read_text().split("\n")
    assert len([line for line in lines if line]) == 1 + len(SUBMISSIONS) + 4


def test_validate_tells_a_student_the_same_words(tmp_path):
    wrong = Case("wrong", "", frozenset(), "", {"step_d": 'x_train = x_train.astype("float32") / 255'})
    nbformat.write(corpus.submission(wrong, further=False), tmp_path / "wrong.ipynb")
    said = nbgrader("validate", "wrong.ipynb", course=tmp_path).stdout
    assert "VALIDATION FAILED ON 1 CELL(S)" in said
    assert "Expected: x_test from 0 to 1" in said


@pytest.mark.long("nbval runs a finished notebook in every run")
def test_validate_finds_nothing_in_a_finished_notebook(tmp_path, solved):
    nbformat.write(corpus.submission(solved, further=False), tmp_path / "right.ipynb")
    assert "Success! Your notebook passes all the tests." in nbgrader("validate", "right.ipynb", course=tmp_path).stdout


@pytest.mark.long("its class is of tests/honest and tests/mutants, which test_recorded judges")
def test_the_demo_grades_a_class_of_a_dozen(tmp_path):
    run = subprocess.run([sys.executable, "-m", "grading", "demo", str(tmp_path / "class")],
                         capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    said = re.sub(r"[\s│]+", " ", run.stdout)       # the table breaks lines
    assert "12 submissions: 12 done now, 0 as they were; 1 handed in but not gradable" in said
    assert "lab6_kmeans.ipynb is not a notebook" in said
    assert "f g h i j: not done yet" in said
    assert "Where to look next" in said
    assert len(list((tmp_path / "class" / "feedback").rglob("*.html"))) == 12
    written = (tmp_path / "class" / "report" / "index.html").read_text()
    assert "reads_the_global_model" in written and "is not a notebook" in written
    assert len((tmp_path / "class" / "report" / "grades.csv").read_text().split()) >= 13


def test_the_demo_overwrites_nothing_that_it_did_not_make(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    # A real course has the very same configuration.
    (tmp_path / "nbgrader_config.py").write_text((corpus.ROOT / "nbgrader_config.py").read_text())
    run = lab6(tmp_path.parent, "demo", str(tmp_path))
    assert run.returncode == 2 and "holds something that no demo made" in run.stderr
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_grading_needs_a_course_and_a_release(tmp_path):
    assert "has no nbgrader_config.py" in lab6(tmp_path, "grade").stderr
    (tmp_path / "nbgrader_config.py").write_text((corpus.ROOT / "nbgrader_config.py").read_text())
    assert "nbgrader generate_assignment" in lab6(tmp_path, "grade").stderr


@pytest.mark.long("what is new or changed is told by digests, which other classes show")
def test_a_submission_handed_in_again_is_graded_again_and_an_unchanged_one_is_not(make_course, submit, solved):
    course = make_course()
    wrong = Case("wrong", "", frozenset(), "", UNTOUCHED)
    path = submit(course, "ada", wrong) / f"{NOTEBOOK}.ipynb"
    room = Classroom(course)
    assert list(room.due(["ada"])) == [("ada", True)]
    assert grade_one(room, "ada").total == 0 and list(room.due(["ada"])) == [("ada", False)]
    nbformat.write(corpus.submission(solved, further=False), path)
    assert list(room.due(["ada"])) == [("ada", True)]
    assert grade_one(room, "ada").total == 10


def test_a_reason_is_what_was_found_and_the_likely_cause():
    verdict = Verdict("d", (), "x_test from 0 to 1", "x_test runs from 0 to 255", "a cause " * 20, "divide")
    assert verdict.reason == "x_test runs from 0 to 255: " + ("a cause " * 20).strip()
    assert Verdict("f", unproven="there is no evidence.").reason == "there is no evidence."
    assert Verdict("f", not_done="…").reason == "not done yet" and Verdict("f", ("all",)).reason == ""
