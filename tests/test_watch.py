"""What comes in is graded as it comes, with a receipt that only this course can have signed."""

import copy
import hashlib
import html
import os
import re
import signal
import subprocess
import sys
import time

import corpus
import nbformat
import pytest
from corpus import NOTEBOOK

from grading import cli
from grading.course import receipts
from grading.course.classroom import Busy, Classroom
from grading.course.watch import Watcher

FILE, PAGE = f"{NOTEBOOK}.ipynb", f"{NOTEBOOK}.html"
# What is tried here is the watcher: the tasks run no cell.
NO_CELLS = "\nc.ExecuteSubmission.wall = False\nc.ExecuteSubmission.refused = 'nothing is run in this test'\n"


@pytest.fixture(scope="module")
def blank():
    return nbformat.read(corpus.RELEASE, as_version=4)


@pytest.fixture
def course(make_course):
    """A course in which nothing is run."""
    folder = make_course()
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(NO_CELLS)
    return folder


def answered(notebook):
    """Return a notebook with an answer to homework 2."""
    notebook = copy.deepcopy(notebook)
    next(cell for cell in notebook.cells if corpus.grade_id_of(cell) == "homework_2").source = "It grows with k."
    return notebook


def page_of(course, student):
    return course / "feedback" / student / NOTEBOOK / PAGE


def receipt_in(course, student):
    """Return the receipt that stands in a page of feedback, as its reader copies it."""
    return html.unescape(re.search(r"<pre[^>]*>(Receipt for .*?)</pre>", page_of(course, student).read_text(),
                                   re.DOTALL)[1])


def test_what_comes_in_is_graded_once_it_has_stopped_changing(course, submit, blank, capsys):
    watcher = Watcher(Classroom(course), workers=1)
    watcher._begin()
    path = submit(course, "ada", blank) / FILE
    watcher.look()
    path.write_bytes(path.read_bytes() + b"\n")           # it is still being copied
    watcher.look()
    assert not page_of(course, "ada").exists()
    watcher.look()
    assert page_of(course, "ada").exists() and "Graded 1 submission: ada." in capsys.readouterr().out
    graded = page_of(course, "ada").stat().st_mtime_ns
    watcher.look()
    assert page_of(course, "ada").stat().st_mtime_ns == graded
    path.write_text("not a notebook")
    watcher.look()
    watcher.look()
    assert "ada: Handed in, not gradable" in capsys.readouterr().out
    assert (course / "report" / "index.html").exists()


def test_a_receipt_says_what_was_handed_in_and_stays_when_it_is_graded_again(course, submit, blank, capsys):
    place = submit(course, "ada", answered(blank))
    (place / "timestamp.txt").write_text("2030-01-01 10:00:00 UTC")
    assert cli.main(["watch", "--once", "--course", str(course), "--workers", "1"]) == 0
    receipt = receipt_in(course, "ada")
    digest = hashlib.sha256((place / FILE).read_bytes()).hexdigest()
    assert receipt.startswith("Receipt for lab6_kmeans\nCourse: lab6\nStudent: ada\n"
                              "Handed in: 2030-01-01 10:00:00 UTC, as its timestamp.txt says\nReceived: ")
    assert f"SHA-256 of lab6_kmeans.ipynb: {digest}\n" in receipt and "Automatic points: 0 of 10 (a 0, " in receipt
    assert "To be marked by a person: homework 2\n" in receipt
    assert cli.main(["grade", "--force", "--course", str(course), "--workers", "1"]) == 0
    assert receipt_in(course, "ada") == receipt
    assert cli.main(["feedback", "--force", "--course", str(course), "--workers", "1"]) == 0
    assert receipt_in(course, "ada") == receipt
    (place / FILE).write_bytes((place / FILE).read_bytes() + b"\n")
    assert cli.main(["grade", "--course", str(course), "--workers", "1"]) == 0
    assert receipt_in(course, "ada") != receipt and len(list((course / "receipts").rglob("*.txt"))) == 2
    capsys.readouterr()
    (course / "shown.txt").write_bytes(receipt.replace("\n", "\r\n").encode())
    assert cli.main(["receipt", str(course / "shown.txt"), str(page_of(course, "ada")), "--course", str(course)]) == 0
    assert capsys.readouterr().out.count("signed by this course\n  Receipt for lab6_kmeans") == 2


@pytest.mark.parametrize("change", [
    lambda text: text.replace("points: 0", "points: 9"), lambda text: text.replace("Student: ada", "Student: eve"),
    lambda text: text.replace("Course: lab6", "Course: lab7"), lambda text: text[:-3] + "00\n", lambda text: "",
    lambda text: text.replace("\nSignature", "\nAnd more: yes\nSignature")])
def test_a_receipt_that_was_changed_is_not_this_courses(tmp_path, change):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    room = Classroom(tmp_path)
    receipts.make_key(room)
    text = receipts._signed(receipts._key(room), "Receipt for lab6_kmeans\nCourse: lab6\nStudent: ada\n"
                            "Automatic points: 0 of 10\n")
    (tmp_path / "right.txt").write_text(f"Receipt for what a student wrote above\n{text}and below")
    assert receipts.check(room, tmp_path / "right.txt") == [text.partition("Signature")[0]]
    (tmp_path / "wrong.txt").write_text(change(text))
    assert receipts.check(room, tmp_path / "wrong.txt") == []


def test_the_key_is_made_once_and_for_its_owner(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    room = Classroom(tmp_path)
    with pytest.raises(ValueError, match="has no receipts.key"):
        receipts.check(room, tmp_path / "nbgrader_config.py")
    receipts.make_key(room)
    key = (tmp_path / receipts.KEY).read_text()
    receipts.make_key(room)
    assert (tmp_path / receipts.KEY).read_text() == key and len(key) == 64
    assert (tmp_path / receipts.KEY).stat().st_mode & 0o077 == 0
    (tmp_path / receipts.KEY).write_text("no key")
    with pytest.raises(ValueError, match="is no key"):
        receipts.check(room, tmp_path / "nbgrader_config.py")


def test_without_a_key_feedback_is_nbgraders_own(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    files = {PAGE: b"<body></body>"}
    assert receipts.with_receipt(Classroom(tmp_path), "ada", files) is files


def test_a_watcher_and_lab6_grade_do_not_meet(course, submit, blank, capsys):
    submit(course, "ada", blank)
    watcher = Watcher(Classroom(course), workers=1)
    watcher._begin()
    with Classroom(course).alone():
        watcher.look()
        watcher.look()
        assert not page_of(course, "ada").exists()
        with pytest.raises(Busy):
            watcher._work(settled=True)
        assert cli.main(["watch", "--once", "--course", str(course)]) == 2
    assert capsys.readouterr().out.count("Waiting: another lab6 works in") == 1
    watcher.look()
    watcher.look()
    assert page_of(course, "ada").exists()


def test_what_its_files_are_called_or_lead_to_does_not_stop_a_watcher(course, submit, blank):
    (course / "submitted" / "eve").mkdir(parents=True)
    (course / "submitted" / "eve" / NOTEBOOK).symlink_to("/")
    os.makedirs(os.fsencode(course / "submitted") + b"/\xff/" + NOTEBOOK.encode())
    submit(course, "ada", blank)
    watcher = Watcher(Classroom(course), workers=1)
    assert watcher.once() == 1 and page_of(course, "ada").exists()
    assert "its folder is a link" in page_of(course, "eve").read_text()


@pytest.mark.long("it notes nothing of its own, and runs that are killed are tried in test_killed")
def test_killed_and_started_again_it_goes_on(course, submit, blank):
    for student in ("ada", "bob", "eve"):
        submit(course, student, blank)
    command = [sys.executable, "-m", "grading", "watch", "--every", "1", "--workers", "1"]
    run = subprocess.Popen(command, cwd=course, start_new_session=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while not list((course / "autograded").glob("*/*/*.ipynb")) and time.monotonic() < until:
        time.sleep(0.1)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    assert cli.main(["watch", "--once", "--course", str(course), "--workers", "1"]) == 0
    for student in ("ada", "bob", "eve"):
        assert f"Student: {student}\n" in receipt_in(course, student)


@pytest.mark.long("nbgrader's own collect and release around what is tested above")
def test_from_the_exchange_and_back_into_it(course, blank, tmp_path):
    inbound = tmp_path / "lab6" / "inbound" / f"ada+{NOTEBOOK}+2030-01-01 10:00:00.000000 UTC+0123456789"
    inbound.mkdir(parents=True)
    nbformat.write(blank, inbound / FILE)
    (inbound / "timestamp.txt").write_text("2030-01-01 10:00:00.000000 UTC")
    (inbound / "submission_secret.txt").write_text("a secret")
    inbound.chmod(0o777)            # as nbgrader does once all is there
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.Exchange.root = {str(tmp_path)!r}\n")
    done = subprocess.run([sys.executable, "-m", "grading", "watch", "--once", "--release", "--workers", "1"],
                          cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    page, = (tmp_path / "lab6" / "feedback").glob("*.html")
    assert page.read_bytes() == page_of(course, "ada").read_bytes() and "Receipt for lab6_kmeans" in page.read_text()
