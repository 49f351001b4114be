"""The instructor's part as instructors meet it: nbgrader's formgrader, in JupyterLab, in a browser."""

import re
import shutil
from types import SimpleNamespace

import browser
import formgrader
import nbformat
import pytest
from corpus import NOTEBOOK, RELEASE
from nbgrader.api import Gradebook

from grading.cli import main as lab6
from grading.lab import ROOT, grade_id_of
from helpers import lab

COMMENT = "Which accuracies? Name *both*."
ANSWERS = ("homework_1", "homework_2", "homework_3")


@pytest.fixture(scope="module")
def course(tmp_path_factory, submit, solved):
    """A course before its release, with three submissions: one late and hostile, one untouched, one broken."""
    folder = tmp_path_factory.mktemp("term") / "course"
    shutil.copytree(ROOT / "source", folder / "source", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copyfile(ROOT / "nbgrader_config.py", folder / "nbgrader_config.py")
    (folder.parent / "home").mkdir()
    late = formgrader.answered(solved, hostile=formgrader.TRACES)
    step_a = next(cell for cell in late.cells if grade_id_of(cell) == "step_a")
    step_a.source += "\nimport os\nprint('The gradebook is in sight:', " \
                     f"os.path.exists({str(folder / 'gradebook.db')!r}))"
    formgrader.stamp(submit(folder, "late", late), formgrader.day(9))
    formgrader.stamp(submit(folder, "untouched", nbformat.read(RELEASE, as_version=4)), formgrader.day(7))
    broken = submit(folder, "broken", nbformat.v4.new_notebook()) / f"{NOTEBOOK}.ipynb"
    broken.write_text("This file was meant to be a notebook.\n")
    return folder


@pytest.fixture(scope="module")
def desk(course):
    """The formgrader of the one JupyterLab of these tests."""
    with browser.jupyterlab(course) as address, browser.chromium() as context:
        yield formgrader.Formgrader(context, address)


@pytest.fixture(scope="module")
def generated(desk):
    """The line of the assignment before, what the button to generate it said, and the line after."""
    before = desk.row(NOTEBOOK).inner_text()
    said = desk.press(NOTEBOOK, "assign")
    desk.is_due(formgrader.day(8))
    return SimpleNamespace(before=before, said=said, after=desk.row(NOTEBOOK).inner_text())


@pytest.fixture(scope="module")
def graded(desk, generated):
    """The submissions before and after, and what the button to grade said for each."""
    desk.submissions()
    desk.row("late").wait_for()
    students = ("late", "untouched", "broken")
    before = {student: desk.row(student).inner_text() for student in students}
    said = {student: desk.press(student, "autograde") for student in students}
    return SimpleNamespace(before=before, said=said, after={name: desk.row(name).inner_text() for name in students})


@pytest.fixture(scope="module")
def marking(desk, graded):
    """What the page shows on which the late submission is marked, before it is."""
    desk.marking_page("10 / 15")
    return seen(desk)


@pytest.fixture(scope="module")
def marked(desk, smuggled):
    """What the inputs of that page hold, loaded again after two of three answers were marked."""
    page = desk.page
    for place, text, where in (("#homework_1", "0.5", "grade"), ("#homework_1-comment", COMMENT, "comment")):
        page.locator(place).fill(text)
        with page.expect_response(f"**/api/{where}/*"):
            page.locator(place).press("Tab")
    with page.expect_response("**/api/grade/*"):
        page.locator(".nbgrader_cell", has=page.locator("#homework_2")).get_by_role("button", name="Full").click()
    page.reload()
    desk.is_ready()
    return [page.locator(place).input_value() for place in ("#homework_1", "#homework_1-comment", "#homework_2")]


@pytest.fixture(scope="module")
def feedback(desk, course, marked):
    """What the feedback of the late submission shows, made by the button."""
    desk.page.goto(f"{desk.address}/formgrader/manage_submissions/{NOTEBOOK}")
    assert "Successfully generated feedback" in desk.press("late", "generate-feedback")
    desk.feedback(course, "late")
    return seen(desk)


@pytest.fixture(scope="module")
def smuggled(desk, marking):
    """Whether anything acts that gets into the marking page all the same, and what of it is asked for elsewhere."""
    page, wanted = desk.page, len(desk.context.wanted)
    page.evaluate("""elsewhere => {
        const act = "window.attacked = true", text = document.createElement("script"), far = text.cloneNode();
        const box = document.createElement("div");
        [text.text, far.src] = [act, elsewhere + "x.js"];
        box.innerHTML = `<img src="x" onerror="${act}"><img src="${elsewhere}x.png"><svg onload="${act}"></svg>
            <iframe srcdoc="<script>parent.attacked = true</script>"></iframe>`;
        document.body.append(box, text, far);
        fetch(elsewhere).catch(() => null);
    }""", formgrader.ELSEWHERE)
    page.wait_for_timeout(1000)
    return SimpleNamespace(attacked=page.evaluate("window.attacked"), asked=desk.context.wanted[wanted:])


def seen(desk):
    """What a page with a submission shows, whether anything of the submission ran, and what was asked for."""
    cells = desk.page.locator("#notebook-container .cell").all_inner_texts()
    return SimpleNamespace(
        text=desk.page.locator("body").inner_text(), cells=[text.strip() for text in cells],
        attacked=desk.page.evaluate("window.attacked"),
        asked=[address for address in desk.context.wanted if address.startswith(formgrader.ELSEWHERE)])


def grades(course, student):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
        submission = gradebook.find_submission_notebook(NOTEBOOK, NOTEBOOK, student)
        return SimpleNamespace(points={grade.name: grade.score for grade in submission.grades},
                               waits={grade.name for grade in submission.grades if grade.needs_manual_grade},
                               comments={comment.name: comment.comment for comment in submission.comments},
                               late=submission.assignment.total_seconds_late)


def above(page, answer, places):
    """Return the text of the cell so many places above an answer."""
    index = next(i for i, text in enumerate(page.cells) if formgrader.ANSWERS[answer][:40] in text)
    return page.cells[index - places]


def test_a_fresh_course_lists_its_assignment_and_generates_it(course, generated):
    assert re.search(r"draft\s+3", generated.before), generated.before
    assert "Successfully created the student version" in generated.said
    assert (course / "release" / NOTEBOOK / f"{NOTEBOOK}.ipynb").exists()
    assert (course / "release" / NOTEBOOK / "helpers" / "checks.py").exists()
    assert "2030-01-08 12:00:00" in generated.after


def test_submissions_are_listed_and_graded_by_the_button(graded):
    assert {student for student, line in graded.before.items() if "needs autograding" in line} == {*graded.before}
    assert "2030-01-09 12:00:00" in graded.before["late"]
    for student in ("late", "untouched"):
        assert "Successfully autograded" in graded.said[student], graded.said[student]
    assert re.search(r"needs manual grading\s+10 / 15", graded.after["late"]), graded.after
    assert re.search(r"graded\s+0 / 15", graded.after["untouched"]), graded.after


def test_a_broken_submission_is_named_with_its_reason(graded):
    assert "There was an error autograding" in graded.said["broken"]
    assert re.search("not JSON|does not appear to be JSON", graded.said["broken"]), graded.said["broken"]
    assert "needs autograding" in graded.after["broken"]


def test_the_button_gives_verified_points_behind_the_wall(course, graded, graded_cells, text_of):
    late, untouched = grades(course, "late"), grades(course, "untouched")
    assert {late.points[f"check_{step}"] for step in lab.steps} == {1.0} and late.late == 24 * 3600
    assert {*untouched.points.values()} == {0.0} and untouched.late == 0
    assert late.waits == {*ANSWERS}
    assert text_of(graded_cells(course, "late")["step_a"]) == "The gradebook is in sight: False\n"


def test_a_graded_notebook_names_the_kernel_behind_the_wall(course, graded):
    notebook = nbformat.read(course / "autograded" / "late" / NOTEBOOK / f"{NOTEBOOK}.ipynb", as_version=4)
    assert notebook.metadata.kernelspec.name == "lab6-wall"


def test_the_fact_sheet_and_the_marking_scheme_stand_above_the_answer(marking):
    for answer, points in zip(ANSWERS, (1, 2, 2)):
        assert above(marking, answer, 1).startswith(f"Marking scheme, {points} point"), answer
    sheet = above(marking, "homework_1", 2)
    assert sheet.startswith("Fact sheet, made by the grader")
    for k in (10, 50):
        [accuracy] = re.findall(rf"accuracy_{k} is (0\.\d+)", marking.text)
        assert re.search(rf"Accuracy with {k} clusters:\s+{accuracy}", sheet), sheet


def test_points_and_comments_are_kept(course, marked):
    assert marked == ["0.5", COMMENT, "2"]
    late = grades(course, "late")
    assert [late.points[answer] for answer in ANSWERS] == [0.5, 2, 0] and late.waits == {"homework_3"}
    assert late.comments["homework_1"] == COMMENT


def test_feedback_shows_points_comment_and_the_scheme_of_what_is_marked(feedback):
    assert f"{NOTEBOOK}: 12.5 / 15.0" in feedback.text and "Score: 0.5 / 1.0" in feedback.text
    assert "Which accuracies? Name both." in feedback.text
    assert [above(feedback, answer, 1)[:14] for answer in ANSWERS] == ["Marking scheme"] * 2 + ["Not marked yet"]
    assert "Model answer" not in feedback.text


def test_the_command_writes_the_same_feedback(course, feedback):
    page = course / "feedback" / "late" / NOTEBOOK / f"{NOTEBOOK}.html"
    made = page.read_text()
    page.unlink()
    assert lab6(["feedback", "late", "--course", str(course)]) == 0
    assert page.read_text() == made


@pytest.mark.parametrize("name", ["marking", "feedback"])
def test_nothing_of_a_submission_runs_where_it_is_read(request, name):
    page = request.getfixturevalue(name)
    assert page.text.count("window.attacked = true") >= 3           # the source of a cell, and what is left of HTML
    assert page.attacked is None and page.asked == []


def test_what_gets_into_the_marking_page_all_the_same_does_nothing(smuggled):
    assert smuggled.attacked is None and smuggled.asked == []
