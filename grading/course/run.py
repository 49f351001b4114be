"""One run over a class: progress while it works, then the table, the page, and an exit status."""

import json
import shlex
import sys
from dataclasses import asdict
from datetime import datetime

from grading.course import coordinator, executors, extensions, people
from grading.lab import lab
from grading.pages import class_page, csv_file, terminal
from grading.pages.csv_file import harmless
from grading.shown.text import printable
from grading.submission.kinds import ARCHIVES, LISTED, listed
from grading.submission.outcome import GONE, NOT_GRADED, Row
from grading.wall import bubblewrap
from helpers.kit.verdict import how_many

NO_WALL = "GRADING WITHOUT A WALL: every student's code can read, change and send away all that you can, " \
    "the gradebook included."


def grade(room, patterns=(), force=False, workers=None, scheduler=None, as_json=False):
    """Grade what is new or changed, or all that is asked for by force.

    Parameters
    ----------
    room : grading.course.classroom.Classroom
    patterns : sequence of str
        Ids of students, or patterns of ids; all students if there are none.
    force : bool
        Whether to grade again what has not changed.
    workers, scheduler
        See `grading.course.executors.connect`.
    as_json : bool
        Whether to print JSON for programs in place of the table.

    Returns
    -------
    int
        The exit status: 0 all graded, 1 some submissions need a person.
    """
    with room.alone():
        return _grade(room, patterns, force, workers, scheduler, as_json)


def _grade(room, patterns, force, workers, scheduler, as_json):
    console, students = terminal.console(stderr=as_json), room.students(patterns)
    if not room.is_released():
        room.register()
        console.print(f"The gradebook did not know {lab().name} yet: it was registered from source/.", highlight=False)
    if told := extensions.apply(room):
        console.print(told, highlight=False, markup=False)
    misplaced = [] if patterns else room.misplaced()
    if not students:
        console.print(f"Nothing to grade: {room.folder / 'submitted'} holds no submission of {lab().name}.")
    warn(room, console, scheduler)
    room.records.tidy(students)
    with terminal.progress(console, len(students), "looking for what is new") as bar:
        due = [student for student, new in bar.over(room.due(students)) if new or force]
    rows = each(room, console, "grading", due, coordinator.grade_all, workers, scheduler)
    lacking = [student for student in students if room.records.lacks_feedback(student)]
    # What a run that was killed had not written yet, and what could not be made when its submission was graded.
    late = each(room, console, "writing feedback", lacking, coordinator.feedback_all, workers, scheduler)
    return _tell(room, console, rows, late, set(students) if patterns else None, misplaced, as_json)


def feedback(room, patterns=(), force=False, workers=None, scheduler=None):
    """Write the feedback again of whose marks were changed by a person since, or of all that are asked for.

    Parameters
    ----------
    room, patterns, workers, scheduler
        See `grade`.
    force : bool
        Whether to write all feedback.

    Returns
    -------
    int
        The exit status; see `grade`.
    """
    console, asked = terminal.console(), room.students(patterns)
    with room.alone():
        extensions.apply(room)
        graded, changed = room.records.scores(), room.records.changed()
        due = [student for student in asked if student in graded and (
            patterns or force or student in changed or room.records.lacks_feedback(student))]
        before = {student: room.page(student) for student in due}
        rows = each(room, console, "writing feedback", due, coordinator.feedback_all, workers, scheduler)
        new = [student for student in due if room.page(student) != before[student]]
    troubled = [Row(student, flags=[NOT_GRADED]) for student in asked if student not in graded]
    troubled += [row for row in rows if row.flags]
    said = [printable(f"{row.student}: {flag.said}") for row in troubled for flag in row.flags]
    said.append(f"Wrote the feedback of {how_many(sum(not row.flags for row in rows), 'submission')}"
                + ("." if patterns or force else ": whose marks changed since. All of it: lab6 feedback --force"))
    if new:
        said.append(printable(f"New feedback has: {listed(new)}. For the announcement: {_announce(room, new)}"))
    console.print("\n".join(said), highlight=False, markup=False, soft_wrap=True)
    return 1 if troubled else 0


def _announce(room, students):
    """Write who got new feedback, with names and e-mails; return the file's path."""
    folder, known, rows = room.folder / "report", room.records.people(), [Row(student) for student in students]
    people.everybody(room, rows)
    folder.mkdir(exist_ok=True)
    table = [["student", "name", "email"]]
    table += [[*map(harmless, (row.student, row.name, known[row.student].email))] for row in rows]
    csv_file.write(folder / "new-feedback.csv", table, room.style())
    return folder / "new-feedback.csv"


def write_report(room, fresh=(), more=()):
    """Write the page and the table of the whole class; return its rows and the page's path.

    Parameters
    ----------
    room : grading.course.classroom.Classroom
    fresh : list of grading.submission.outcome.Row
        Of what was graded just now.
    more : list of grading.submission.outcome.Row
        With further flags.
    """
    told = extensions.apply(room)
    folder, rows, possible = room.folder / "report", room.rows(fresh), room.possible()
    flags = {row.student: row.flags for row in more}
    for row in rows:
        row.flags = [*row.flags, *flags.get(row.student, ())]
    folder.mkdir(exist_ok=True)
    known, remark = people.everybody(room, rows)
    class_page.grades_csv(known, folder / "grades.csv", room.style())
    class_page.write_page(folder / "index.html", known, possible, made=f"{datetime.now():%Y-%m-%d %H:%M}",
                          remark=" ".join(filter(None, [remark, told])), items=room.records.items_given())
    return rows, folder / "index.html"


def warn(room, console, scheduler):
    """Say aloud that there is no wall, or raise NoWall where none can be built on this machine."""
    if not room.wall:
        console.print(NO_WALL, style="bold white on red")
    elif not scheduler:
        bubblewrap.check()


def each(room, console, doing, students, many, workers, scheduler):
    """Do something for each student on all workers; return the rows."""
    rows = []
    if not students:
        return rows
    with terminal.progress(console, len(students), doing) as bar:
        with executors.connect(scheduler, min(workers or executors.cores(), len(students))) as crew:
            if not crew.size():
                console.print(f"The scheduler at {scheduler} has no workers yet; waiting for them.", highlight=False,
                              markup=False)
            bar.start(students)
            for row, running in many(room, crew, students):
                rows.append(row)
                bar.finish(row, running)
    return rows


def _tell(room, console, fresh, late, asked, misplaced, as_json):
    everyone, path = write_report(room, fresh, late)
    rows = [row for row in everyone if asked is None or row.student in asked]
    gone = [row.student for row in rows if GONE in row.flags]
    troubled, flagged, waiting = (sum(bool(what(row)) for row in rows) for what in (
        lambda row: row.problem, lambda row: row.flags and not row.problem,
        lambda row: row.waits or row.confirms))
    counts = {"submissions": len(rows), "done_now": len(fresh), "not_gradable": troubled, "flagged": flagged,
              "to_mark_by_hand": waiting, "misplaced": misplaced, "gone": gone}
    if as_json:
        told = [{**asdict(row), "flags": [flag.said for flag in row.flags], "until": str(row.until or ""),
                 "total": row.total} for row in rows]
        json.dump({**counts, "rows": told}, sys.stdout, indent=1)
        print()
    else:
        shown = terminal.few(rows)
        console.print(terminal.table(shown, console.width))
        if len(shown) < len(rows):
            console.print(f"Not shown: {len(rows) - len(shown)} of {len(rows)}, "
                          f"{'of whom nobody needs you' if all(map(terminal.needs, shown)) else 'see the page'}.",
                          highlight=False, markup=False)
        console.print(f"{how_many(len(rows), 'submission')}: {len(fresh)} done now, "
                      f"{len(rows) - len(fresh)} as they were; {troubled} handed in but not gradable, "
                      f"{flagged} to look at, {waiting} with answers to mark by hand. The class on a page: {path}",
                      highlight=False, markup=False)
    for path in misplaced[:LISTED]:
        order = "Unpack it, and put the notebook" if ARCHIVES.search(path) else "Put it"
        console.print(f"Not graded: submitted/{printable(path)}. {order} where a submission lies: "
                      f"submitted/<student>/{lab().name}/{lab().file}", highlight=False, markup=False)
    if misplaced[LISTED:]:
        console.print(f"Not graded: {len(misplaced) - LISTED:,} more that lie where no submission does.")
    if gone:
        said = f"{GONE.said}, and counted all the same: {listed(gone)}. Whoever has left or was misnamed: nbgrader " \
            f"db student remove {shlex.quote(gone[0])} --force, and delete autograded/{gone[0]} and feedback/{gone[0]}."
        console.print(printable(said), highlight=False, markup=False, soft_wrap=True)     # to be copied
    return 1 if troubled or flagged or misplaced else 0
