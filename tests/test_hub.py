"""A term on a JupyterHub, as docs/shared-machine.md sets it up: two students and an instructor, in their browsers."""

import re
import sys
from types import SimpleNamespace

import browser
import formgrader
import hub as hubs
import nbformat
import pytest
from at_desk import AtDesk
from corpus import NOTEBOOK

from grading.lab import ROOT

EXCHANGE = "/srv/lab6/exchange/lab6"
INSIDE = f"{NOTEBOOK}/{NOTEBOOK}"

pytestmark = pytest.mark.skipif(bool(hubs.missing()), reason=hubs.missing())


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """The hub, with the course laid out and released by its instructor."""
    running = hubs.Hub(tmp_path_factory.mktemp("hub"))
    try:
        running.wait()
        as_prof(running, "-c", f"from grading.course.commands import new_course; new_course({hubs.COURSE!r})", cwd=None)
        config = running.files / f"{hubs.COURSE[1:]}/nbgrader_config.py"
        config.write_text(config.read_text() + hubs.block(0, "python").splitlines()[-1] + "\n")
        running.run("prof", "chmod", "700", hubs.COURSE)
        as_prof(running, "-m", "nbgrader", "release_assignment", NOTEBOOK)
        yield running
    finally:
        running.close()


def as_prof(hub, *command, cwd=hubs.COURSE):
    """Run Python in the course's environment, as its instructor does in a terminal; return what it says."""
    done = hub.run("prof", sys.executable, *command, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def assignments(page):
    """Open the list of assignments from the menu."""
    for entry in ("Nbgrader", "Assignment List"):
        page.get_by_role("menuitem", name=entry, exact=True).click()
    return page


@pytest.fixture(scope="module")
def term(hub, solved):
    """Go through the term, and return what everybody saw."""
    seen, work = SimpleNamespace(validated={}, feedback={}), {"ada": formgrader.answered(solved), "grace": None}
    with browser.chromium() as context:
        own = {user: context.browser.new_context(viewport={"width": 1280, "height": 900}) for user in hub.passwords}
        pages = {user: hub.log_in(own[user], user) for user in hub.passwords}
        for user, notebook in work.items():
            assignments(pages[user]).get_by_role("button", name="Fetch", exact=True).click()
            pages[user].get_by_role("button", name="Submit", exact=True).wait_for()
            home = hub.files / "home" / user
            own[user].wanted = []
            opened = browser.Page(own[user], f"{hub.address}/user/{user}/lab?", home, notebook or nbformat.read(
                home / f"{INSIDE}.ipynb", as_version=4), INSIDE)
            seen.validated[user] = opened.validate()
            pages[user].get_by_role("button", name="Submit", exact=True).click()
            pages[user].get_by_role("button", name="Fetch Feedback").wait_for()
        seen.collected = formgrader.Formgrader(own["prof"], f"{hub.address}/user/prof/lab?", framed=False).press(
            NOTEBOOK, "collect")
        seen.graded = as_prof(hub, "-m", "grading", "grade")
        seen.marked = mark(own["prof"], hub)
        as_prof(hub, "-m", "grading", "feedback")
        as_prof(hub, "-m", "nbgrader", "release_feedback", NOTEBOOK)
        for user in work:
            page = pages[user]
            page.get_by_role("button", name="Fetch Feedback").click()
            page.get_by_text("(view feedback)").wait_for()
            found, = (hub.files / "home" / user / NOTEBOOK / "feedback").rglob("*.html")
            seen.feedback[user] = found.read_text()
        seen.of_others = {user: pages["grace"].request.get(f"{hub.address}/user/{user}/api/contents").status
                          for user in hub.passwords}
    return seen


def mark(context, hub):
    """Mark an answer in the browser; return what the page then shows as its mark."""
    desk = AtDesk(context, f"{hub.address}/user/prof/lab?")
    desk.give("f")
    return desk.mark()


def test_the_exchange_has_the_rights_that_the_doctor_asks_for(hub):
    said = as_prof(hub, "-m", "grading", "doctor")
    assert "nbgrader's exchange is /srv/lab6/exchange, with the rights that it needs, for those who get into " \
        "/srv/lab6." in said and "✗" not in said


def test_students_validate_hand_in_and_read_their_feedback_in_the_browser(term):
    assert "Success" in term.validated["ada"] and "step_b" not in term.validated["ada"]
    assert "Success" not in term.validated["grace"]
    assert "accuracy_50 is 0.79" in term.feedback["ada"] and "not done yet" in term.feedback["grace"]
    assert "not done yet" not in term.feedback["ada"]


def test_the_instructor_collects_grades_and_marks_there(term):
    assert f"Successfully collected submissions of '{NOTEBOOK}'" in term.collected
    assert "2 submissions: 2 done now" in term.graded, term.graded
    assert term.marked.startswith("1 of 1"), term.marked
    scores = [float(re.search(rf"{NOTEBOOK}: ([\d.]+) / 15", page)[1]) for page in term.feedback.values()]
    assert scores[0] >= 10 and sum(scores) == 11        # a marker begins with anybody's answer


@pytest.mark.parametrize("command", [
    "cat /home/ada/lab6_kmeans/lab6_kmeans.ipynb", "ls /home/ada", "ls /home/prof/lab6", "ls /home/prof",
    "cat /home/prof/lab6/gradebook.db", "cat /home/prof/lab6/source/lab6_kmeans/lab6_kmeans.ipynb",
    f"ls {ROOT}/source", f"ls {ROOT}", f"ls {EXCHANGE}/inbound", f"ls {EXCHANGE}/feedback",
    f"mv {EXCHANGE} {EXCHANGE}-away", f"touch {EXCHANGE}/outbound/x", f"touch {EXCHANGE}/outbound/lab6_kmeans/x",
    f"touch {EXCHANGE}/feedback/x"])
def test_a_student_gets_at_nothing_of_others(hub, term, command):
    done = hub.run("grace", "sh", "-c", command)
    assert done.returncode != 0 and not done.stdout, done.stdout
    assert "ermission denied" in done.stderr or "not permitted" in done.stderr, done.stderr


def test_who_knows_the_name_of_a_submission_can_still_not_take_it_away(hub, term):
    inbound = hub.files / f"{EXCHANGE[1:]}/inbound"
    name, = (path.name for path in inbound.glob("ada+*"))
    assert hub.run("grace", "mv", f"{EXCHANGE}/inbound/{name}", f"{EXCHANGE}/inbound/x").returncode != 0
    assert [path.name for path in inbound.glob("ada+*")] == [name]


def test_who_is_not_in_the_course_does_not_get_in(hub):
    done = hub.run("nobody", "ls", "/srv/lab6/exchange", cwd="/")
    assert done.returncode != 0 and "ermission denied" in done.stderr


def test_a_student_gets_at_nobody_elses_server(term):
    assert term.of_others["grace"] == 200 and {term.of_others["ada"], term.of_others["prof"]} == {403}
