"""A term on one machine, with nbgrader's own commands: out to a student, back, graded, and the feedback out again."""

import functools
import getpass
import io
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import corpus
import nbformat
import pytest
from corpus import NOTEBOOK

from grading.course.classroom import Classroom
from grading.course.commands import nbgrader
from grading.course.watch import Watcher
from grading.platforms import exchange as ours
from grading.platforms import rights as modes
from grading.submission import received


@pytest.fixture(scope="module")
def term(make_course, solved, tmp_path_factory):
    """Run the whole term; return the course's folder, the student's and the exchange, and who the student is."""
    course, student, exchange = make_course(), tmp_path_factory.mktemp("student"), tmp_path_factory.mktemp("exchange")
    exchange.chmod(0o777)
    places = (f"--Exchange.root={exchange}", f"--Exchange.cache={student / 'cache'}", "--course=lab6")
    nbgrader("release_assignment", NOTEBOOK, *places, course=course)
    nbgrader("fetch_assignment", NOTEBOOK, *places, course=student)
    fetched = student / NOTEBOOK / f"{NOTEBOOK}.ipynb"
    released = fetched.read_bytes()
    nbformat.write(corpus.submission(solved, release=fetched, further=False), fetched)
    nbgrader("submit", NOTEBOOK, *places, course=student)
    nbgrader("collect", NOTEBOOK, *places, course=course)
    graded = subprocess.run([sys.executable, "-m", "grading", "grade"], cwd=course, capture_output=True, text=True)
    assert graded.returncode == 0, graded.stdout + graded.stderr
    nbgrader("generate_feedback", NOTEBOOK, "--force", course=course)
    nbgrader("release_feedback", NOTEBOOK, *places, course=course)
    nbgrader("fetch_feedback", NOTEBOOK, *places, course=student)
    return course, student, exchange, released


def test_the_student_gets_what_was_released_and_the_helpers(term):
    course, student, _, released = term
    assert released == (course / "release" / NOTEBOOK / f"{NOTEBOOK}.ipynb").read_bytes()
    assert (student / NOTEBOOK / "helpers" / "checks.py").exists()
    assert not list((student / NOTEBOOK).rglob("*.npz"))


def test_what_was_handed_in_is_graded_once_with_its_time(term, points):
    course, *_ = term
    name, = (path.name for path in (course / "submitted").iterdir())
    assert sum(points(course, name).values()) == 10
    assert (course / "submitted" / name / NOTEBOOK / "timestamp.txt").read_text()


def test_the_student_reads_feedback_on_that_very_submission(term):
    course, student, exchange, _ = term
    page, = (student / NOTEBOOK / "feedback").rglob("*.html")
    assert page.name == f"{NOTEBOOK}.html" and "accuracy_50 is 0.7907" in page.read_text()
    assert page.parent.name == Path(next((course / "submitted").rglob("timestamp.txt"))).read_text()


def test_nothing_of_the_solutions_or_the_gradebook_is_in_the_exchange(term):
    *_, exchange, _ = term
    assert not list(exchange.rglob("*.db"))
    outbound = "".join(path.read_text() for path in (exchange / "lab6" / "outbound").rglob("*.ipynb"))
    assert outbound and "BEGIN SOLUTION" not in outbound


ME, EARLY, LATE = getpass.getuser(), "2026-03-01 10:00:00.000000 UTC", "2026-03-02 10:00:00.000000 UTC"
SOLUTIONS = "the instructor's solutions"


@pytest.fixture(scope="module")
def course(make_course):
    """A course with solutions that no student may read."""
    folder = make_course()
    (folder / "solutions").mkdir()
    (folder / "solutions" / f"{NOTEBOOK}.ipynb").write_text(SOLUTIONS)
    return folder


@pytest.fixture
def inbound(course, tmp_path):
    """Return the course, the inbound folder of an exchange, and a function that collects and returns what is said."""
    folder = tmp_path / "exchange" / "lab6" / "inbound"
    folder.mkdir(parents=True)
    (tmp_path / "exchange").chmod(0o777)
    shutil.rmtree(course / "submitted", ignore_errors=True)

    def collect(meanwhile=lambda: None, **settings):
        room, said = Classroom(course), logging.Logger("collect")
        said.addHandler(logging.StreamHandler(words := io.StringIO()))
        room.api.coursedir.assignment_id = NOTEBOOK
        collecting = ours.Collect(coursedir=room.api.coursedir, parent=room.api, log=said, update=True,
                                  root=str(tmp_path / "exchange"), **settings)
        collecting.init_src()
        meanwhile()
        collecting.copy_files()
        return words.getvalue()
    return course, folder, collect


def hand_in(inbound, student, time=EARLY, text="a notebook"):
    """Lay out what nbgrader submit does."""
    folder = inbound / f"{student}+{NOTEBOOK}+{time}+Yk3pQ_-aX1c0"
    folder.mkdir()
    (folder / f"{NOTEBOOK}.ipynb").write_text(text)
    (folder / "timestamp.txt").write_text(time)
    folder.chmod(0o777)
    return folder


def collected(course, student):
    """Return the text of the notebook that was collected, or nothing where none was."""
    path = course / "submitted" / student / NOTEBOOK / f"{NOTEBOOK}.ipynb"
    return path.read_text() if path.is_file() and not path.is_symlink() else ""


def a_link_to_the_solutions(inbound, course):
    (hand_in(inbound, "ada") / "aside.py").symlink_to(course / "solutions" / f"{NOTEBOOK}.ipynb")


def a_link_in_place_of_the_notebook(inbound, course):
    path = hand_in(inbound, "ada") / f"{NOTEBOOK}.ipynb"
    path.unlink()
    path.symlink_to(course / "solutions" / f"{NOTEBOOK}.ipynb")


def a_link_to_a_folder(inbound, course):
    (hand_in(inbound, "ada") / "aside").symlink_to(course / "solutions")


def a_link_in_place_of_the_submission(inbound, course):
    (inbound / f"ada+{NOTEBOOK}+{EARLY}+x").symlink_to(course / "solutions")


def a_pipe(inbound, course):
    os.mkfifo(hand_in(inbound, "ada") / "pipe")


def a_name_without_a_student(inbound, course):
    (inbound / f"+{NOTEBOOK}+{EARLY}+x").mkdir()


def a_name_without_a_time(inbound, course):
    hand_in(inbound, "ada", "whenever")


def a_time_that_is_a_path(inbound, course):
    (inbound / f"ada+{NOTEBOOK}+2026-03-01 10:00 ..-..-etc-passwd+x").mkdir()


def a_name_that_leads_out(inbound, course):
    hand_in(inbound, "..")


def a_file_in_place_of_the_submission(inbound, course):
    (inbound / f"ada+{NOTEBOOK}+{EARLY}+x").write_text("not a folder")


def more_than_a_submission_may_be(inbound, course):
    with open(hand_in(inbound, "ada") / "large", "wb") as file:
        file.truncate(2 ** 31)


def a_hundred_folders_deep(inbound, course):
    folder = os.open(hand_in(inbound, "ada"), os.O_RDONLY)
    for _ in range(100):             # more are too deep for whoever tidies up
        os.mkdir("d", dir_fd=folder)
        below = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(folder)


@pytest.mark.parametrize("attack", [
    a_link_to_the_solutions, a_link_in_place_of_the_notebook, a_link_to_a_folder, a_link_in_place_of_the_submission,
    a_pipe, a_name_without_a_student, a_name_without_a_time, a_time_that_is_a_path, a_name_that_leads_out,
    a_file_in_place_of_the_submission, more_than_a_submission_may_be, a_hundred_folders_deep])
def test_what_lies_in_the_exchange_reads_nothing_and_stops_nobody(inbound, attack):
    course, folder, collect = inbound
    before = {path for path in course.rglob("*") if "submitted" not in path.parts}
    hand_in(folder, "bob")
    attack(folder, course)
    collect()
    assert collected(course, "bob") == "a notebook"
    for path in (course / "submitted").rglob("*"):
        assert path.is_symlink() or not path.is_file() or SOLUTIONS not in path.read_text(), path
    changed = {path for path in course.rglob("*") if "submitted" not in path.parts} - before
    assert not [path for path in changed if NOTEBOOK in str(path)], changed
    read = received.read("ada", course / "submitted" / "ada" / NOTEBOOK)
    assert SOLUTIONS.encode() not in b"".join(read.files.values())


def test_nbgraders_own_command_collects_so_and_names_what_was_not_collected(inbound):
    course, folder, _ = inbound
    a_pipe(folder, course)
    a_name_without_a_student(folder, course)
    command = [sys.executable, "-m", "nbgrader", "collect", NOTEBOOK, f"--Exchange.root={folder.parents[1]}"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    said = done.stderr
    assert done.returncode == 0 and collected(course, "ada") == "a notebook"
    assert f"{ours.PASSED_OVER} (in {folder}): +lab6_kmeans+{EARLY}+x" in said
    assert f"{ours.LEFT_OUT} (in {folder}): ada+{NOTEBOOK}+{EARLY}+Yk3pQ_-aX1c0 without pipe\n" in said


def test_who_hands_in_for_another_replaces_nothing_of_theirs(inbound, monkeypatch):
    course, folder, collect = inbound
    hand_in(folder, "ada", EARLY, "their own")
    hand_in(folder, "bob", EARLY, "laid there by another")
    forged = [hand_in(folder, "ada", LATE, "laid there by another").stat().st_ino,
              *(path.stat().st_ino for path in folder.glob("bob+*"))]
    monkeypatch.setattr(ours, "owner", lambda status: "eve" if status.st_ino in forged else "ada")
    said = collect()
    assert collected(course, "ada") == "their own" and collected(course, "bob") == "laid there by another"
    for what, name in ((ours.FOREIGN, f"ada+{NOTEBOOK}+{LATE}"), (ours.FOREIGN_ALONE, f"bob+{NOTEBOOK}+{EARLY}")):
        line, = (line for line in said.splitlines() if line.startswith(f"{what} (in {folder}): {name}"))
        assert line.endswith("(owned by eve)") and "more" not in line
    collect(check_owner=False)
    assert collected(course, "ada") == "laid there by another"


def no_space(*arguments):
    raise OSError(28, "No space left on device")


def test_what_somebody_else_laid_there_with_a_later_time_gives_way(inbound, monkeypatch):
    course, folder, collect = inbound
    forged = hand_in(folder, "ada", LATE, "laid there by another").stat().st_ino
    monkeypatch.setattr(ours, "owner", lambda status: "eve" if status.st_ino == forged else "ada")
    collect()
    assert collected(course, "ada") == "laid there by another"
    hand_in(folder, "ada", EARLY, "their own")
    with monkeypatch.context() as full:
        full.setattr(ours._Copied, "_file", no_space)
        collect()
    assert collected(course, "ada") == "laid there by another"
    collect()
    assert collected(course, "ada") == "their own"
    assert f"{ours.FOREIGN} (in {folder}): ada+" in collect()
    assert collected(course, "ada") == "their own"


def test_lab6_watch_says_what_collecting_warns_of_and_looks_again_at_what_was_not_whole(inbound, monkeypatch, capsys):
    course, folder, _ = inbound
    a_name_without_a_student(folder, course)
    hand_in(folder, "ada").chmod(0o755)
    room = Classroom(course)
    monkeypatch.setattr(room.api.exchange, "Collect", functools.partial(ours.Collect, root=str(folder.parents[1])))
    watcher = Watcher(room)
    for _ in range(2):
        watcher._collect()
    said = capsys.readouterr().out
    assert said.count(ours.PASSED_OVER) == 1 and f"{ours.NOT_WHOLE} (in {folder}): ada+" in said
    assert not collected(course, "ada")
    next(folder.glob("ada+*")).chmod(0o777)
    watcher._collect()
    assert collected(course, "ada") == "a notebook"


def test_what_is_exchanged_for_a_pipe_or_a_link_meanwhile_keeps_nobody_waiting(inbound):
    course, folder, collect = inbound
    hand_in(folder, "zoe")
    for student in ("ada", "bob"):
        hand_in(folder, student)

    def meanwhile():
        for path, make in ((next(folder.glob("ada+*")), os.mkfifo),
                           (next(folder.glob("bob+*")), lambda path: path.symlink_to(course / "solutions"))):
            path.rename(folder / f"away-{path.name[:3]}")
            make(path)
    said = collect(meanwhile)
    assert collected(course, "zoe") == "a notebook" and not collected(course, "ada") and not collected(course, "bob")
    assert f"{ours.NOT_COLLECTED} (in {folder}): ada+" in said and ", bob+" in said.split(ours.NOT_COLLECTED)[1]


def test_a_disk_that_is_full_leaves_what_was_collected_before(inbound, monkeypatch):
    course, folder, collect = inbound
    hand_in(folder, ME, EARLY, "the first")
    collect()
    hand_in(folder, ME, LATE, "the second")
    with monkeypatch.context() as full:
        full.setattr(ours._Copied, "_file", no_space)
        said = collect()
    assert collected(course, ME) == "the first" and "No space left on device" in said
    collect()
    assert collected(course, ME) == "the second"


def test_a_thousand_invented_names_are_a_line_for_each_reason(inbound, monkeypatch):
    course, folder, collect = inbound
    monkeypatch.setattr(ours, "owner", lambda status: "eve")
    for number in range(1000):
        (folder / f"+{NOTEBOOK}+{EARLY}+{number}").mkdir()
        (folder / f"nobody-{number}+{NOTEBOOK}+whenever").mkdir(mode=0o700)
    for number in range(20):
        hand_in(folder, f"nobody-{number}", "whenever")
    said = collect().splitlines()
    for what, number in ((ours.PASSED_OVER, 1000), (ours.NOT_WHOLE, 1000), (ours.NO_TIME, 20),
                         (ours.FOREIGN_ALONE, 20)):
        line, = (line for line in said if line.startswith(what))
        names, more = line.removeprefix(f"{what} (in {folder}): ").rsplit(" and ", 1)
        assert len(names.split(", ")) + int(more.removesuffix(" more")) == number and len(line) < 2000
    assert len(said) == 4 + 1 + 20 and len(list((course / "submitted").iterdir())) == 20


def test_what_changed_after_the_time_that_its_name_says_is_named(inbound):
    course, folder, collect = inbound
    now = datetime.now(timezone.utc)
    hand_in(folder, "ada", f"{now:%Y-%m-%d %H:%M:%S.%f} UTC")
    hand_in(folder, "bob", f"{now - timedelta(seconds=ours.LATER - 120):%Y-%m-%d %H:%M:%S.%f} UTC")
    hand_in(folder, "eve", f"{now - timedelta(seconds=ours.LATER + 120):%Y-%m-%d %H:%M:%S.%f} UTC")
    line, = (line for line in collect().splitlines() if line.startswith(ours.CHANGED_LATER))
    assert " eve+" in line and f"changed at {now:%Y-%m-%d}" in line and "ada+" not in line and "bob+" not in line
    assert all(collected(course, student) for student in ("ada", "bob", "eve"))


@pytest.mark.parametrize("said, settings, hour", [
    ("2026-03-01 10:00:00.000000 UTC", {}, 10), ("2026-03-01 10:00:00 UTC", {}, 10),
    ("2026-03-01 15:30:00.000000 IST", {"timezone": "Asia/Kolkata"}, 10),
    ("2026-03-01 18:00:00.000000 CST", {"timezone": "Asia/Shanghai"}, 10),
    ("2026-03-01 14:00:00.000000 +04", {"timezone": "Asia/Dubai"}, 10),
    ("20260301T100000", {"timestamp_format": "%Y%m%dT%H%M%S"}, 10),
    ("2026-03-01 12:00:00 +0200", {"timestamp_format": "%Y-%m-%d %H:%M:%S %z"}, 10)])
@pytest.mark.parametrize("random", ["", "+Yk3pQ_-aX1c0"])
def test_times_are_read_in_the_courses_own_format_and_zone(inbound, said, settings, hour, random):
    course, folder, collect = inbound
    hand_in(folder, ME, EARLY).rename(folder / f"{ME}+{NOTEBOOK}+{said}{random}")
    assert "no time that can be read" not in collect(**settings)
    text = (course / "submitted" / ME / NOTEBOOK / "timestamp.txt").read_text()
    assert text == f"2026-03-01 {hour}:00:00.000000 UTC"


def test_a_folder_from_the_future_is_not_waited_for(inbound):
    course, folder, collect = inbound
    handed_in = hand_in(folder, ME)
    handed_in.chmod(0o755)
    os.utime(handed_in, (2 ** 32, 2 ** 32))
    assert ours.NOT_WHOLE not in collect() and collected(course, ME) == "a notebook"


def test_a_time_that_cannot_be_read_is_that_of_the_folder(inbound):
    course, folder, collect = inbound
    os.utime(hand_in(folder, ME, "whenever"), (1772359200, 1772359200))
    assert f"{ours.NO_TIME} (in {folder}): {ME}+{NOTEBOOK}+whenever+Yk3pQ_-aX1c0\n" in collect()
    assert (course / "submitted" / ME / NOTEBOOK / "timestamp.txt").read_text() == "2026-03-01 10:00:00.000000 UTC"


def test_names_with_a_plus_and_of_other_assignments_are_told_apart(inbound):
    course, folder, collect = inbound
    hand_in(folder, "ada+1")
    hand_in(folder, "bob").rename(folder / f"bob+another+{EARLY}+x")
    collect()
    assert [path.name for path in (course / "submitted").iterdir()] == ["ada+1"]


def test_the_newest_counts_and_what_was_collected_is_replaced_whole(inbound):
    course, folder, collect = inbound
    (hand_in(folder, ME, EARLY, "the first") / "module.py").write_text("")
    collect()
    assert collected(course, ME) == "the first" and (course / "submitted" / ME / NOTEBOOK / "module.py").exists()
    hand_in(folder, ME, LATE, "the second")
    collect()
    assert collected(course, ME) == "the second"
    assert sorted(path.name for path in (course / "submitted" / ME).rglob("*")) == [
        NOTEBOOK, f"{NOTEBOOK}.ipynb", "timestamp.txt"]
    assert "No newer submission to collect" in collect()


def test_limits_names_to_ignore_and_a_shared_course_are_nbgraders(tmp_path):
    limits = type("Limits", (), {"ignore": ["feedback"], "include": ["*"], "max_file_size": 1, "max_dir_size": 2,
                                 "groupshared": True})
    source = tmp_path / "source"
    source.mkdir()
    for number in range(4):
        (source / f"file{number}").write_bytes(b"x" * 900)
    (source / "large").write_bytes(b"x" * 1001)
    (source / "feedback").mkdir()
    left_out, _ = ours.copy(source, tmp_path / "target", limits)
    taken = sorted(path.name for path in (tmp_path / "target").iterdir())
    assert len(taken) == 2 and sorted([*left_out, *taken]) == ["file0", "file1", "file2", "file3", "large"]
    assert "large" in left_out
    assert (tmp_path / "target").stat().st_mode & 0o2770 == 0o2770
    assert all((tmp_path / "target" / name).stat().st_mode & 0o660 == 0o660 for name in taken)
    limits.max_file_size, limits.max_dir_size, limits.include = 0, 9, ["file*"]
    assert ours.copy(source, tmp_path / "second", limits)[0] == ["large"]


def test_too_many_files_are_not_copied_and_files_of_others_neither(tmp_path, monkeypatch):
    limits = type("Limits", (), {"ignore": [], "include": ["*"], "max_file_size": 9, "max_dir_size": 9,
                                 "groupshared": False})
    source = tmp_path / "source"
    source.mkdir()
    for number in range(9):
        (source / f"link{number}").symlink_to("nowhere")
    monkeypatch.setattr(received, "NAMED", 4)
    assert ours.copy(source, tmp_path / "target", limits)[0] == ["…, of too many files"]
    assert len(list((tmp_path / "target").iterdir())) == 4
    assert len(ours.copy(source, tmp_path / "of_another_assignment", limits, links=False)[0]) == 5
    assert not list((tmp_path / "of_another_assignment").iterdir())
    (source / "theirs").write_text("")
    monkeypatch.setattr(received, "NAMED", 40)
    real = ours._Copied._file
    monkeypatch.setattr(ours._Copied, "_file", lambda self, file, status, target: real(
        self, file, os.stat_result([*status[:4], status.st_uid + 1, *status[5:]]), target))
    assert ours.copy(source, tmp_path / "second", limits)[0] == ["theirs"]


@pytest.fixture
def rights(make_course, tmp_path):
    """Return a course's folder, the root of its exchange, with the rights that they need, and what is said of them."""
    course, root = make_course(), tmp_path / "exchange"
    course.chmod(0o700)
    for name, mode in {"": 0o1777, "lab6": 0o755, "lab6/inbound": 0o3733, "lab6/outbound": 0o755,
                       "lab6/feedback": 0o711}.items():
        (root / name).mkdir()
        (root / name).chmod(mode)
    with open(course / "nbgrader_config.py", "a") as config:
        config.write(f"\nc.Exchange.root = {str(root)!r}\n")
    return course, root, lambda: list(modes.examine(course))


def test_the_rights_that_an_exchange_needs_are_found_good(rights):
    course, root, examine = rights
    (good, said), = examine()
    assert good and said.startswith(f"nbgrader's exchange is {root}, with the rights that it needs")
    root.parent.chmod(0o750)
    assert examine()[0][1].endswith(f"for those who get into {root.parent}")


@pytest.mark.parametrize("name, mode, meaning, right", [
    ("", 0o777, "whoever can write into it could put a course of their own in the place of yours", "1777"),
    ("", 0o1770, "whoever can write", "1777"), ("lab6", 0o777, "others could put something else", "755"),
    ("lab6/inbound", 0o2733, "students could find what others handed in, or move it away", "3733"),
    ("lab6/inbound", 0o1777, "students could find", "1733"), ("lab6/outbound", 0o775, "others could change", "755"),
    ("lab6/feedback", 0o755, "students could find the feedback of others", "711")])
def test_wrong_rights_are_said_with_what_sets_them_right(rights, name, mode, meaning, right):
    course, root, examine = rights
    (root / name).chmod(mode)
    (good, said), = examine()
    assert not good and f"{root / name} are {mode:o}" in said and meaning in said
    assert said.endswith(f"chmod {right} {root / name}")
    (root / name).chmod(int(right, 8))
    assert examine()[0][0]


def test_an_exchange_that_is_not_there_yet_and_a_course_that_others_can_look_into_are_said(rights, tmp_path):
    course, root, examine = rights
    for name in ("lab6/inbound", "lab6/outbound", "lab6/feedback", "lab6"):
        (root / name).rmdir()
    assert examine() == [(False, f"{root / 'lab6'} is missing, and until it is there anybody can make it: "
                                 f"mkdir -m 755 {root / 'lab6'}")]
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.Exchange.root = '/nowhere'\n")
    assert examine() == [(False, "nbgrader's exchange is missing: mkdir -p /nowhere && chmod 1777 /nowhere")]
    (course / "nbgrader_config.py").write_text("c = get_config()\n")
    assert examine() == []
    with tempfile.TemporaryDirectory() as folder:           # in no folder that is ours alone
        Path(folder).chmod(0o755)
        Path(folder, "nbgrader_config.py").write_text(f"c = get_config()\nc.Exchange.root = {str(root)!r}\n"
                                                      "c.CourseDirectory.course_id = 'lab6'\n")
        (root / "lab6").mkdir(mode=0o755)
        (good, said), = modes.examine(folder)
        assert not good and said == f"students can look into {folder}, with the solutions and the gradebook: " \
                                    f"chmod 700 {folder}"
        Path(folder, "nbgrader_config.py").unlink()
        assert list(modes.examine(folder)) == []
