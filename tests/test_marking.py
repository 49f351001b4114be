"""Marks are nbgrader's, saved at once with who gave what, and all that anybody did can be undone."""

import csv
import sqlite3
import subprocess
import sys

import answering
import pytest
from answering import marks, student
from corpus import NOTEBOOK
from nbgrader.api import Gradebook
from sqlalchemy.exc import OperationalError

from grading.cli import main as lab6
from grading.course.commands import search_path
from grading.marking import alike, progress
from grading.marking.answers import Answers
from grading.marking.page import Desk, in_own_order
from grading.marking.store import Conflict, Marker, Refused, Store, Unknown
from grading.pages.class_page import how_often
from grading.pages.class_page import page as class_page
from grading.shown import rubric
from grading.submission import task

ADA, BOB = Marker("ada", "Ada"), Marker("bob", "Bob")
HOSTILE = '<script>window.attacked = true</script> <img src="http://203.0.113.1/x.png"> <style>* {color: red}</style>'
SCHEME = "**Marking scheme, 2 points.**\n\n- 1: gives a reason [numbers: One; Two]\n- 0,5: says what is bad\n* 0.5: x"
ABOUT = {"names": False, "second": False, "part": (1, 1), "nonce": "n", "xsrf": "x", "base": "/lab6/marking"}


@pytest.fixture(scope="module")
def room(make_course):
    """A class of eight, graded by no one's code."""
    return answering.fill(make_course(), 8, hostile=HOSTILE)


@pytest.fixture
def desk(room, tmp_path):
    """What a server keeps for that class, with no mark in its gradebook."""
    path = room.folder / "gradebook.db"
    kept = path.read_bytes()
    desk = Desk(Store(room.api.coursedir), Answers(room.api.coursedir))
    yield desk
    desk.store.close()
    path.write_bytes(kept)


def of(desk, who, question="homework_1"):
    """Return the answer of a student by number."""
    return next(one for one in desk.store.answers(question).values() if one.student == student(who))


def give(desk, answers, *items, marker=ADA, question="homework_1", correction=0.0, comment="", gives=True):
    """Give items to answers as they are here."""
    change = {"items": [*items], "correction": correction, "comment": comment, "flag": False, "gives": gives}
    scheme = desk.questions()[question][0].items
    return desk.store.mark({question: (scheme, {one.id: (one.token, change) for one in answers})}, marker)


# --- the rubric ---

def test_a_marking_scheme_becomes_items():
    first, second, third = rubric.items_of(SCHEME)
    assert first == {"id": "1", "points": 1.0, "words": "gives a reason", "comment": "", "numbers": ["One", "Two"]}
    assert (second["points"], third["points"]) == (0.5, 0.5) and second["numbers"] == []
    assert rubric.items_of("**Marking scheme.** 0.5 for this; 0.5 for that.") == []
    assert "numbers" not in rubric.for_people(SCHEME) and "gives a reason\n" in rubric.for_people(SCHEME)


def test_the_rubric_of_the_source_adds_up_to_the_points_of_each_question(desk):
    for name, (question, most) in desk.questions().items():
        assert sum(item["points"] for item in question.items) == most, name
        assert question.title.startswith("Homework") and "<" in question.html


# --- marks ---

def test_a_mark_is_nbgraders_with_points_and_comment(room, desk):
    give(desk, [of(desk, 0)], "1", comment="Which *two*?")
    assert marks(room.folder, student(0))["homework_1"] == (0.5, "Which *two*?", False)
    assert marks(room.folder, student(1))["homework_1"] == (None, None, True)
    answer = of(desk, 0)
    assert [item["given"] for item in answer.state["items"]] == [True, False] and answer.by == "Ada"


@pytest.mark.parametrize(("items", "correction", "points"), [
    ("12", 0.0, 1.0), ("12", 0.5, 1.0), ("1", -0.25, 0.25), ("", -1.0, 0.0), ("", 0.0, 0.0), ("1", 0.1, 0.6)])
def test_points_add_up_within_nothing_and_the_most(desk, items, correction, points):
    [answer] = give(desk, [of(desk, 0)], *items, correction=correction).values()
    assert answer.state["points"] == points and not answer.state["waits"]


def test_a_comment_alone_is_no_mark(room, desk):
    give(desk, [of(desk, 0)], comment="Look at this.", gives=False)
    assert marks(room.folder, student(0))["homework_1"] == (None, "Look at this.", True)


def test_the_second_to_save_is_told_and_overwrites_nothing(room, desk):
    seen = of(desk, 0)
    give(desk, [seen], "1", "2")
    with pytest.raises(Conflict):
        give(desk, [seen, of(desk, 1)], "1", marker=BOB)
    assert [marks(room.folder, student(who))["homework_1"][0] for who in (0, 1)] == [1, None]
    give(desk, [of(desk, 0)], "1", marker=BOB)
    assert of(desk, 0).by == "Bob"


def test_a_mark_of_the_formgrader_is_one_without_items_and_is_not_overwritten_in_silence(room, desk):
    [seen] = give(desk, [of(desk, 0)], "1").values()
    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}", "lab6") as gradebook:
        gradebook.find_grade("homework_1", NOTEBOOK, NOTEBOOK, student(0)).manual_score = 0.75
        gradebook.db.commit()
    with pytest.raises(Conflict):
        give(desk, [seen], "1", "2")
    there = of(desk, 0)
    assert (there.state["points"], there.state["items"], there.state["correction"], there.by) == (0.75, [], 0.75, "")


def test_what_is_not_there_is_refused(desk):
    with pytest.raises(Unknown):
        give(desk, [of(desk, 0)], question="homework_2")
    with pytest.raises(Unknown):
        desk.store.answers("homework_9")


def test_a_locked_gradebook_is_told_and_nothing_is_half_saved(room, desk):
    there = of(desk, 0)
    other = sqlite3.connect(room.folder / "gradebook.db")
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(OperationalError):
            give(desk, [there], "1")
    finally:
        other.close()
    assert marks(room.folder, student(0))["homework_1"][0] is None
    give(desk, [there], "1")


def test_the_gradebook_stays_nbgraders(room, desk):
    give(desk, [of(desk, 0)], "1")
    for command in (["db", "student", "list"], ["db", "upgrade"]):
        run = subprocess.run([sys.executable, "-m", "nbgrader", *command], cwd=room.folder, capture_output=True,
                             text=True, env={"PATH": search_path()})
        assert run.returncode == 0, run.stderr
    assert marks(room.folder, student(0))["homework_1"][0] == 0.5


# --- undo ---

def test_undo_goes_back_through_everything_of_ones_own(desk):
    start = {one: answer.state for one, answer in desk.store.answers("homework_1").items()}
    give(desk, [of(desk, 0)], "1")
    give(desk, [of(desk, 0)], "1", "2", comment="Good.")
    give(desk, [of(desk, 1), of(desk, 2)], "2")
    give(desk, [of(desk, 3)], "1", marker=BOB)
    assert [desk.store.undo(ADA)[0] for _ in range(3)] == ["homework_1"] * 3 and desk.store.undo(ADA) is None
    assert of(desk, 3).state["points"] == 0.5
    desk.store.undo(BOB)
    assert {one: answer.state for one, answer in desk.store.answers("homework_1").items()} == start


def test_what_somebody_else_changed_since_stays_and_undo_goes_on_before_it(desk):
    give(desk, [of(desk, 1)], "1")
    give(desk, [of(desk, 0)], "1")
    give(desk, [of(desk, 0)], "2", marker=BOB)
    with pytest.raises(Conflict):
        desk.store.undo(ADA)
    assert of(desk, 0).by == "Bob"
    assert [answer.student for answer in desk.store.undo(ADA)[2].values()] == [student(1)]


# --- another rubric ---

def test_a_change_of_the_rubric_changes_all_marks_made_with_it_and_can_be_undone(room, desk):
    give(desk, [of(desk, 0), of(desk, 1)], "1")
    give(desk, [of(desk, 2)], "2")
    _, items = desk.store.rubric("homework_1", [])
    more = {"id": None, "points": 0.25, "words": "more"}
    changed = [{**items[0], "points": 0.25, "words": "new words"}, items[1], more]
    assert desk.store.change_rubric("homework_1", changed, items, BOB) == 3
    assert [of(desk, who).state["points"] for who in range(3)] == [0.25, 0.25, 0.5]
    assert of(desk, 0).state["items"][0]["words"] == "new words" and len(of(desk, 2).state["items"]) == 3
    with pytest.raises(Conflict):
        desk.store.change_rubric("homework_1", changed, items, ADA)
    desk.store.undo(BOB)
    assert [of(desk, who).state["points"] for who in range(3)] == [0.5, 0.5, 0.5]
    assert desk.store.rubric("homework_1", [])[1] == items


@pytest.mark.parametrize("item", [{"id": "1", "points": "x", "words": "w"}, {"id": "1", "points": 1, "words": " "},
                                  {"id": "1", "points": float("nan"), "words": "w"}])
def test_a_rubric_that_is_none_is_refused(desk, item):
    with pytest.raises(Refused):
        desk.store.change_rubric("homework_1", [item], [], ADA)


# --- graded again ---

def test_graded_again_what_is_the_same_stays_marked_and_what_changed_waits(room, desk):
    seen = [of(desk, who) for who in (1, 2)]
    give(desk, seen, "1")
    for who, more in ((1, ""), (2, " And more.")):
        written, beside = answering.kept(room, student(who))
        answering.grade(room, student(who), {**written, "homework_1": written["homework_1"] + more}, beside)
    assert marks(room.folder, student(1))["homework_1"] == (0.5, None, False)
    assert marks(room.folder, student(2))["homework_1"] == (0.5, None, True)
    with pytest.raises(Conflict):                       # whoever still has the old words before their eyes
        give(desk, seen[1:], "1", "2")
    with pytest.raises(Conflict):                       # marks of old words do not come back in silence
        desk.store.undo(ADA)
    [kept] = give(desk, [of(desk, 2)], "1").values()
    assert not kept.state["waits"]


# --- what others make of it ---

def test_feedback_says_which_items_were_given_and_which_not(room, desk):
    give(desk, [of(desk, 1)], "1", correction=-0.25, comment="Which two?")
    pages = task.feedback(room.records.autograded(student(1)), room.records.marks(student(1)), room.assignment())
    page = pages[f"{NOTEBOOK}.html"].decode()
    assert "✓ 0.5: chooses 50 clusters" in page and "✗ not given, 0.5: gives both accuracies" in page
    assert "-0.25 beside these" in page and "Which two?" in page and "[numbers:" not in page
    assert page.count("Not marked yet.") == 2


def test_export_and_the_class_page_know_the_items(room, desk):
    give(desk, [of(desk, 0), of(desk, 1)], "1")
    give(desk, [of(desk, 2)], "1", "2")
    items = room.records.items_given()
    (question, counted), = how_often(items)
    assert question == "homework 1" and [one[1:] for one in counted] == [(0.5, 3, 3), (0.5, 1, 3)]
    assert "chooses 50 clusters" in class_page(room.rows(), items=items)
    assert "Written answers" not in class_page(room.rows())
    assert lab6(["export", "--to", "csv", "--unmarked", "--course", str(room.folder)]) == 0
    with open(room.folder / "grades.csv", encoding="utf-8-sig") as file:
        rows = {row["Student ID"]: row for row in csv.DictReader(file)}
    column = next(name for name in rows[student(0)] if "gives both accuracies" in name)
    assert [rows[student(who)][column] for who in range(4)] == ["0", "0", "1", ""]


# --- from a file ---

def write(room, *lines):
    path = room.folder / "marks.csv"
    path.write_text("student,question,points,comment\n" + "".join(f"{line}\n" for line in lines))
    return ["mark", "--import", str(path), "--as", "Robot", "--course", str(room.folder)]


def test_marks_come_from_a_file(room, desk):
    command = write(room, f'{student(0)},homework 1,"0,5",Half', f"{student(1)},homework_2,2,")
    assert lab6(command) == 0 and lab6(command) == 0        # the same again is no other mark
    assert marks(room.folder, student(0))["homework_1"] == (0.5, "Half", False)
    assert marks(room.folder, student(1))["homework_2"] == (2, None, False)
    assert of(desk, 0).by == "Robot"


@pytest.mark.parametrize(("line", "words"), [
    ("nobody,homework 1,1,", "no graded submission"), (f"{student(1)},homework 9,1,", "no question"),
    (f"{student(1)},homework 1,1.5,", "1.5 points of 1"), (f"{student(1)},homework 1,-1,", "-1 points of 1"),
    (f"{student(1)},homework 1,much,", "no number"), (f"{student(1)},homework 1,nan,", "nan points of 1"),
    (f"{student(0)},homework 1,1,", "twice"), (f"{student(3)},homework 1,1,", "--replace")])
def test_one_row_that_is_wrong_means_that_none_is_saved(room, desk, capsys, line, words):
    give(desk, [of(desk, 3)], "1")
    assert lab6(write(room, f"{student(0)},homework 1,0.5,", line)) == 2
    assert words in capsys.readouterr().err
    assert marks(room.folder, student(0))["homework_1"][0] is None
    if words == "--replace":
        assert lab6([*write(room, line), "--replace"]) == 0 and marks(room.folder, student(3))["homework_1"][0] == 1


# --- the page ---

def test_no_name_is_in_the_page_while_it_is_anonymous(desk):
    for question in desk.questions():
        page = desk.page(question, ADA, ABOUT)
        assert "student-0" not in page and page.count("<article") == 8
        assert "student-0003" in desk.page(question, ADA, {**ABOUT, "names": True})


def test_an_answer_does_nothing_in_the_page(desk):
    page = desk.page("homework_1", ADA, ABOUT)
    assert page.count("<script") == 2 and "&lt;script&gt;window.attacked" in page and "<style>* {" not in page
    assert "src=\"http" not in page


def test_each_marker_has_an_order_of_their_own_with_the_same_neighbours():
    orders = [in_own_order([*range(12)], Marker(name, name), "homework_1") for name in ("ada", "bob", "cleo", "dan")]
    assert len({*map(tuple, orders)}) > 1
    for order in orders:
        assert {abs(one - other) % 10 for one, other in zip(order, order[1:])} == {1}


def test_a_class_is_split_without_a_gap(desk):
    halves = [desk.page("homework_1", ADA, {**ABOUT, "part": (which, 2)}) for which in (1, 2)]
    ids = [{one for one in desk.store.answers("homework_1") if f'data-id="{one}"' in half} for half in halves]
    assert len(ids[0] | ids[1]) == 8 and not ids[0] & ids[1]


def test_copies_form_a_group_and_near_copies_are_told():
    long = "With fifty clusters the upright and the slanted one have centroids of their own, and so do the round and " \
        "the narrow zero, while four and nine stay mixed because their means overlap in most pixels."
    texts = ["Same  words.", "something else", "same words", long, "", long.replace("pixels", "places"), "", "other"]
    assert alike.copies(texts) == [[0, 2]]
    order, near = alike.order(texts)
    assert sorted(order) == [*range(8)] and abs(order.index(3) - order.index(5)) == 1
    assert near[3][0] == 5 and near[5][0] == 3 and near[3][1] > 0.85 and {*near} == {3, 5}
    assert alike.order([]) == ([], {}) and alike.order([""] * 5)[0] == [*range(5)]


# --- several markers ---

def test_a_second_opinion_changes_no_mark_and_agreement_is_counted(room, desk):
    one, two = of(desk, 0), of(desk, 1)
    give(desk, [one, two], "1")
    change = {"items": ["1"], "correction": 0.0, "comment": "", "flag": False, "gives": True}
    desk.store.second("homework_1", one.id, change, BOB)
    desk.store.second("homework_1", two.id, {**change, "items": ["1", "2"]}, BOB)
    assert marks(room.folder, student(1))["homework_1"][0] == 0.5
    state = desk.state("homework_1", BOB, second=True)
    assert state["agreement"] == {"both": 2, "same": 1, "off": 0.25}
    assert state["answers"][two.id]["points"] == 1 and desk.state("homework_1", ADA)["answers"][two.id]["points"] == 0.5
    assert desk.store.undo(BOB)[1] == "second"
    assert desk.state("homework_1", BOB)["agreement"]["both"] == 1


def test_the_sample_for_two_is_the_same_for_everybody(desk):
    answers = desk.store.answers("homework_1").values()
    assert progress.sample("homework_1", answers) == progress.sample("homework_1", [*answers][::-1])


def test_progress_is_told_by_marker(desk):
    give(desk, [of(desk, 0)], "1")
    give(desk, [of(desk, 1)], "1", "2", marker=BOB)
    state = desk.state("homework_1", ADA)
    assert state["left"] == 6 and state["distribution"] == [(0.5, 1), (1.0, 1)]
    assert [(one["name"], one["marked"]) for one in state["markers"]] == [("Ada", 1), ("Bob", 1)]


def test_pace_leaves_pauses_out():
    class Did:
        def __init__(self, at, one):
            self.by, self.name, self.kind, self.at, self.grade_id = "ada", "Ada", "mark", at, one
    did = [Did(0, "a"), Did(10, "b"), Did(30, "c"), Did(5000, "d"), Did(5010, "e")]
    assert progress.markers(did)["ada"] == {"name": "Ada", "marked": 5, "pace": 8.0}
