"""The marking page in a real browser: a class of 300, several markers, and all that can go wrong while they mark."""

import contextlib
import json
import re
import sqlite3
import subprocess
import sys
import time

import answering
import at_desk
import browser
import jupyter
import pytest
from answering import marks, student
from at_desk import AtDesk

CLASS = 300
TRACES = "<script>window.attacked = true</script><img src=x onerror=\"window.attacked = true\">" \
    "<img src=\"http://203.0.113.1/who-marks.png\"> <a href=\"http://203.0.113.1/\">a link</a> \\(\\href{x}{y}\\)"


@pytest.fixture(scope="module")
def room(tmp_path_factory, make_course):
    """A class of 300, whose first answer is hostile."""
    folder = tmp_path_factory.mktemp("marking") / "course"
    make_course().rename(folder)
    (folder.parent / "home").mkdir()
    return answering.fill(folder, CLASS, hostile=TRACES)


@pytest.fixture(scope="module")
def served(room):
    """The address of a Jupyter server in that course."""
    with browser.jupyterlab(room.folder) as address:
        yield address


@pytest.fixture(scope="module")
def context():
    """The browser of these tests."""
    with browser.chromium() as context:
        yield context


@pytest.fixture
def clean(room):
    """The gradebook without marks, once a test is through."""
    yield
    with contextlib.closing(sqlite3.connect(room.folder / "gradebook.db")) as gradebook, gradebook:
        for change in ("DELETE FROM lab6_action", "DELETE FROM lab6_mark", "UPDATE comment SET manual_comment = NULL",
                       "UPDATE grade SET manual_score = NULL, needs_manual_grade = (auto_score IS NULL)"):
            gradebook.execute(change)


@pytest.fixture
def sit(context, served, clean):
    """Return a function that lets another person open the page."""
    with contextlib.ExitStack() as stack:
        def down(question="homework_1", query=""):
            own = context.browser.new_context(viewport={"width": 1280, "height": 900})
            own.set_default_timeout(30_000)
            stack.callback(own.close)
            return AtDesk(own, served, question, query)
        yield down


def all_marks(room, question="homework_1"):
    """Return the points that nbgrader has, of those that have any, by student."""
    found = {student(who): marks(room.folder, student(who))[question] for who in range(CLASS)}
    return {who: points for who, (points, _, _) in found.items() if points is not None}


def test_a_class_of_300_is_on_the_page_within_two_seconds(sit):
    desk, took = sit(), []
    for _ in range(4):                      # of a machine that others use too, the best counts
        began = time.monotonic()
        desk.open()
        took.append(time.monotonic() - began)
    assert desk.page.locator("article").count() == CLASS and desk.left() == CLASS
    assert min(took) < 2, took


def test_no_name_is_in_the_page_while_it_is_anonymous(sit):
    desk = sit()
    assert "student-0" not in desk.page.content()
    desk.page.get_by_role("link", name="with names").click()
    desk.is_ready()
    assert "student-0" in desk.page.content()


def test_nothing_of_an_answer_acts(sit, context):
    desk = sit()
    assert desk.page.evaluate("window.attacked") is None and context.wanted == [] and desk.errors == []
    answer = desk.page.locator("article", has_text="window.attacked = true").locator(".text")
    assert "a link (http://203.0.113.1/)" in answer.inner_text()
    assert answer.locator("a, img, script").count() == 0


@pytest.mark.parametrize("width", [1280, 1000, 600])
@pytest.mark.parametrize("question", ["homework_1", "homework_2"])
def test_nothing_is_wider_than_the_page_and_the_rubric_stays_in_sight(sit, width, question):
    desk = sit(question)
    desk.page.set_viewport_size({"width": width, "height": 800})
    desk.press("j", "j", "j")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    header, card = (desk.page.locator(what).bounding_box() for what in ("#top", "article.current"))
    assert header["y"] == 0 and header["height"] < 420 and card["y"] >= header["height"] - 1
    assert desk.page.locator("#rubric button").first.is_visible()


def test_a_whole_answer_by_keys_alone(sit, room):
    desk = sit()
    desk.press("?")
    assert "undo what you did last" in desk.page.get_by_role("dialog").inner_text()
    desk.press("Escape")
    first = desk.current
    desk.give("1")
    desk.press("x")
    desk.page.keyboard.type("-0,25")
    desk.press("Enter", "c")
    desk.page.keyboard.type("Which two?")
    desk.give("Escape")
    assert "0.25 of 1" in desk.mark() and "-0.25 beside these" in desk.mark() and "“Which two?”" in desk.mark()
    desk.press("n")
    assert desk.current != first and desk.left() == CLASS - 1
    desk.press("c")
    desk.page.keyboard.type("whi")                      # a comment that was used before
    second = desk.current
    desk.give("Tab", "Shift+F")                         # and on to the next
    assert "“Which two?”" in desk.mark(second) and "1 of 1" in desk.mark(second) and desk.current != second
    desk.give("0")
    assert "0 of 1" in desk.mark()
    assert sorted(all_marks(room).values()) == [0, 0.25, 1]
    assert desk.errors == []


def test_later_and_flag_and_the_copies(sit, room):
    desk = sit("homework_3")
    first = desk.current
    desk.press("l")
    assert desk.current != first and "for later" in desk.mark(first)
    desk.give("h")
    assert "for a colleague" in desk.mark()
    group = desk.page.locator("article", has=desk.page.locator("[data-do=group]")).first
    copies = len(json.loads(group.get_attribute("data-copies")))
    desk.go(group.get_attribute("data-number"))
    desk.give("1", "2")
    desk.give("g")
    assert [*all_marks(room, "homework_3").values()] == [1] * (1 + copies)
    desk.give("u")
    desk.is_left(CLASS - 1)
    assert sorted(all_marks(room, "homework_3").values()) == [1]


def test_both_accuracies_are_suggested_and_one_key_confirms(sit):
    desk = sit()
    numbers = desk.page.locator("article").evaluate_all(
        "cards => cards.filter(card => JSON.parse(card.dataset.named).length >= 2).map(card => card.dataset.number)")
    assert len(numbers) > 20
    desk.go(numbers[0])
    assert desk.page.locator("#rubric .suggested").inner_text().startswith("2")
    desk.give("a")
    assert "0.5 of 1" in desk.mark() and "gives both accuracies" in desk.mark()


def test_a_place_in_an_answer_is_outlined_on_the_sheet(sit):
    desk = sit("homework_2")
    wrong = desk.page.locator("article", has_text="is blurred").first
    wrong.scroll_into_view_if_needed()
    wrong.locator(".sheet img").evaluate("image => image.decode()")
    picture, outline = (wrong.locator(what).bounding_box() for what in (".sheet img", ".sheet i.off"))
    assert picture["width"] == 320 and abs(outline["width"] - 32) < 3
    row, column = map(int, re.search(r"row (\d), column (\d+)", wrong.locator(".text").inner_text()).groups())
    assert abs(outline["x"] - picture["x"] - 32 * (column - 1)) < 3
    assert abs(outline["y"] - picture["y"] - 44 * (row - 1)) < 3
    assert "? its title is" in wrong.locator(".said").inner_text()


def test_two_markers_at_once(sit, room):
    ada, bob = sit(), sit()
    bob.go(ada.current)
    ada.page.locator("article.current .open", has_text="open: ").wait_for()         # each sees where the other is
    bob.page.route("**/-/state/**", lambda route: route.abort())                    # before Bob is told
    ada.give("1")
    bob.press("f")
    dialogue = bob.page.locator("#conflict")
    dialogue.wait_for()
    assert "gave 0.5 of 1" in dialogue.inner_text() and "You gave 1" in dialogue.inner_text()
    assert [*all_marks(room).values()] == [0.5]
    bob.press("t")
    bob.saved()
    assert "0.5 of 1" in bob.mark()
    bob.give("2")                                                                   # now upon what Ada gave
    assert [*all_marks(room).values()] == [1]


def test_the_second_decides_for_their_own(sit, room):
    ada, bob = sit(), sit()
    bob.go(ada.current)
    bob.page.route("**/-/state/**", lambda route: route.abort())
    ada.give("1")
    bob.press("f")
    bob.page.locator("#conflict").wait_for()
    bob.give("m")
    assert [*all_marks(room).values()] == [1]
    ada.page.locator("article.current .mark", has_text="1 of 1").wait_for()         # and Ada is told


def test_undo_goes_on_after_the_page_was_loaded_again(sit, room):
    desk = sit()
    for _ in range(3):
        desk.give("1")
        desk.press("n")
    desk.open()
    for left in (2, 1, 0):
        desk.press("u")
        desk.is_left(CLASS - left)
    assert all_marks(room) == {}
    desk.press("u")
    desk.page.locator("#trouble", has_text="nothing left").wait_for()


def test_a_locked_gradebook_is_told_and_saved_once_it_is_free(sit, room):
    desk = sit()
    other = sqlite3.connect(room.folder / "gradebook.db")
    other.execute("BEGIN EXCLUSIVE")
    desk.press("1", "n", "1")
    desk.page.locator("#trouble", has_text="another program holds the gradebook").wait_for()
    assert desk.page.locator("#saved").inner_text() == "2 not saved"
    other.close()
    desk.saved()
    assert desk.trouble() == "" and len(all_marks(room)) == 2


def test_a_rubric_is_changed_with_its_marks_after_asking(sit, room):
    desk = sit()
    desk.give("1")
    asked = []
    desk.page.on("dialog", lambda dialogue: (asked.append(dialogue.message), dialogue.accept()))
    desk.press("r")
    editor = desk.page.locator("#editor")
    editor.locator(".points").first.fill("0,25")
    editor.get_by_role("button", name="Add an item").click()
    editor.locator(".points").last.fill("0.25")
    editor.locator(".words").last.fill("names the gain")
    with desk.page.expect_navigation():
        editor.get_by_role("button", name="Save").click()
    desk.is_ready()
    assert asked and "the 1 marks" in asked[0]
    assert [*all_marks(room).values()] == [0.25] and desk.page.locator("#rubric button").count() == 3


def test_graded_again_in_the_middle(sit, room):
    desk = sit()
    numbers = desk.page.locator("article").evaluate_all("cards => cards.slice(0, 2).map(card => card.dataset.number)")
    for number in numbers:
        desk.go(number)
        desk.give("1")
    who = sorted(all_marks(room))
    assert len(who) == 2
    about = answering.kept(room, who[0]), answering.kept(room, who[1])
    for one, (written, beside), more in zip(who, about, ("", " And more.")):
        answering.grade(room, one, {**written, "homework_1": written["homework_1"] + more}, beside)
    desk.page.locator(".mark", has_text="graded again with other words").wait_for()
    assert marks(room.folder, who[0])["homework_1"] == (0.5, None, False)
    assert marks(room.folder, who[1])["homework_1"] == (0.5, None, True)
    old = desk.page.locator("article", has_text="graded again with other words").get_attribute("data-id")
    desk.page.locator(f"article[data-id='{old}'] h2").click()
    desk.press("2")
    assert "load the page again" in desk.trouble()
    desk.open()
    assert desk.left() == CLASS - 1 and "And more." in desk.page.locator(f"article[data-id='{old}']").inner_text()
    desk.page.locator(f"article[data-id='{old}'] h2").click()
    desk.press("Enter")                                 # keeps the mark
    desk.saved()
    assert marks(room.folder, who[1])["homework_1"] == (0.5, None, False)
    answering.grade(room, who[1], *about[1])


def test_a_second_opinion_is_given_without_the_first(sit, room):
    ada, bob = sit(), sit(query="?second=1")
    assert bob.page.locator("article").count() == 10
    number = bob.current
    ada.go(number)
    ada.give("1")
    bob.open("?second=1")
    bob.go(number)
    assert "not marked" in bob.mark()
    bob.give("1", "2")
    assert "1 of 1" in bob.mark() and [*all_marks(room).values()] == [0.5]
    ada.open()
    assert "Marked by two: 1; the same points: 0; apart by 0.50" in ada.page.locator("#sofar").inner_text()


def test_what_was_shown_as_saved_outlives_the_server(context, room, clean):
    own, shown = context.browser.new_context(), 0
    with browser.jupyterlab(room.folder) as address:
        desk = AtDesk(own, address)
        for _ in range(5):
            desk.give("1")
            shown = CLASS - desk.left()
            desk.press("n")
        at_desk.kill(room.folder.parent / "home", address)
        desk.press("1")
        desk.page.locator("#trouble", has_text="the server does not answer").wait_for()
        assert desk.page.locator("#saved").inner_text() == "1 not saved"
    own.close()
    assert shown == 5 and len(all_marks(room)) == 5


def test_the_command_serves_the_page_for_who_was_named_and_below_any_address(context, room, clean, tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "jupyter_server_config.json").write_text(
        '{"ServerApp": {"base_url": "/user/ada/", "ip": "127.0.0.1", "port": 0}}')
    run = subprocess.Popen([sys.executable, "-m", "grading", "mark", "--no-browser", "--as", "Ada"], cwd=room.folder,
                           env=browser.environment(tmp_path), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    try:
        while not (found := [*tmp_path.glob("runtime/jpserver-*.json")]) and run.poll() is None:
            time.sleep(0.2)
        server = json.loads(found[0].read_text())
        page = context.new_page()
        page.goto(f"{server['url']}?token={server['token']}")
        page.locator("article.current").wait_for()
        assert page.url.endswith("/user/ada/lab6/marking/homework_1")
        page.close()
        desk = AtDesk(context, f"{server['url']}lab?token={server['token']}", "homework_2")
        desk.give("1")
        assert desk.mark().endswith("· Ada")
        assert desk.page.locator(".sheet img").first.evaluate("image => image.decode().then(() => image.naturalWidth)")
        desk.page.close()
    finally:
        run.terminate()
        run.wait()
    assert [*all_marks(room, "homework_2").values()] == [1]


def test_only_who_is_logged_in_and_asks_from_the_page_saves(served, clean):
    session, undo = jupyter.Session(served), "/lab6/marking/-/undo"
    assert session.json(undo, "POST", {"x": 1})[0] == 200
    assert session.ask(undo, "POST", {"x": 1}, **{"X-XSRFToken": "another's"})[0] == 403
    session.jar.clear()
    assert session.ask(undo, "POST", {"x": 1})[0] == 403
    assert "article" not in session.ask("/lab6/marking/homework_1")[2]


CHANGE = {"items": ["1"], "correction": 0, "comment": "", "flag": False, "gives": True}


@pytest.mark.parametrize(("body", "status"), [
    (b"", 400), (b"[]", 400), (b"\xff", 400), ({"answers": []}, 400), ({"answers": {"x": 1}}, 400),
    ({"answers": {"x": {"token": "t", "change": {**CHANGE, "correction": "1"}}}}, 400),
    ({"answers": {"x": {"token": "t", "change": {**CHANGE, "correction": True}}}}, 400),
    ({"answers": {"x": {"token": "t", "change": {**CHANGE, "correction": float("inf")}}}}, 400),
    ({"answers": {"x": {"token": "t", "change": {**CHANGE, "items": [1]}}}}, 400),
    ({"answers": {"x": {"token": "t", "change": CHANGE}}}, 404), (b"[" * 3_000_000, 413)])
def test_what_is_no_mark_is_refused(served, clean, body, status):
    assert jupyter.Session(served).ask("/lab6/marking/-/mark/homework_1", "POST", body)[0] == status


def test_the_page_runs_one_script_and_loads_nothing_from_elsewhere(served, clean):
    status, headers, text = jupyter.Session(served).ask("/lab6/marking/homework_1")
    policy = headers["Content-Security-Policy"]
    [nonce] = re.findall(r"script-src 'nonce-([\w-]{20,})'", policy)
    assert status == 200 and text.count("<script") == text.count(f'nonce="{nonce}"') == 2
    assert "default-src 'none'" in policy and "unsafe-inline" not in re.search("script-src[^;]*", policy)[0]
    assert jupyter.Session(served).ask("/lab6/marking/homework_9")[0] == 404


def test_the_formgrader_has_a_link_to_it(sit):
    page = sit().page
    page.goto(f"{page.url.partition('/lab6/')[0]}/formgrader/manage_assignments")
    page.get_by_role("link", name="Marking", exact=True).click()
    page.locator("article.current").wait_for()
    assert page.url.endswith("/lab6/marking/homework_1")
