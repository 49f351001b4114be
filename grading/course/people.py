"""Who belongs to the class beside those who handed something in: whom the gradebook knows, and the newest roster."""

import os
from types import SimpleNamespace
from urllib.parse import quote

from grading.course import extensions
from grading.course.extensions import ROSTERS
from grading.course.roster import ExportRefused, Roster, plain_id
from grading.lab import lab
from grading.submission.outcome import Row


def everybody(room, rows):
    """Give rows the names and links that are known, and return them with a row for each who handed nothing in.

    Parameters
    ----------
    room : grading.course.classroom.Classroom
    rows : list of grading.submission.outcome.Row

    Returns
    -------
    rows : list of grading.submission.outcome.Row
        Sorted by id.
    remark : str
        Why the roster says nothing, or nothing.
    """
    left = room.api.coursedir.student_id_exclude.split(",")
    known = {student: person for student, person in room.records.people().items() if student not in left}
    there = {row.student: row for row in rows}
    for student in there:
        known.setdefault(student, SimpleNamespace(id=student, email="", name=""))
    names, others, remark = _roster(room.folder / ROSTERS, [*known.values()])
    for row in rows:
        row.name = known[row.student].name or names.get(row.student, "")
        row.links = _links(room, row.student)
    absent = {student: person.name or names.get(student, "") for student, person in known.items()
              if student not in there}
    absent |= {student: name for student, name in others.items() if student not in [*known, *left]}
    everybody = sorted([*rows, *(Row(student, name=name, absent=True) for student, name in absent.items())],
                       key=lambda row: row.student)
    for row in everybody:
        row.until = (room.records.until or {}).get(row.student)
    return everybody, remark


def newest(folder):
    """Return the newest roster in a folder, or None."""
    paths = [path for path in folder.glob("*.csv") if path.name != extensions.NAME and path.is_file()]
    return max(paths, key=lambda path: (path.stat().st_mtime, path.name), default=None)


def _roster(folder, people):
    """Return the names of people by id, those of a roster's rows that are nobody's, and why it says nothing."""
    path = newest(folder)
    if path is None:
        return {}, {}, ""
    try:
        roster = Roster.read(path)
        found, (column, _) = roster.whose(people, roster.columns)
    except ExportRefused as error:
        return {}, {}, f"The roster was not used: {error}"
    if people and not any(found.values()):
        return {}, {}, f"The roster {path.name} was not used: no column of it has ids or e-mails that are known here."
    taken = {id(row) for rows in found.values() for row in rows}
    others = {plain_id(row[column], column): roster.name_of(row) for row in roster.rows if id(row) not in taken}
    return {student: roster.name_of(rows[0]) for student, rows in found.items() if rows}, others, ""


def _links(room, student):
    """Return where a student's feedback and notebook lie, seen from report/."""
    found = {}
    for kind, folder, name in (("feedback", "feedback", f"{lab().name}.html"), ("notebook", "autograded", lab().file)):
        coursedir = room.api.coursedir
        path = os.path.join(coursedir.format_path(getattr(coursedir, f"{folder}_directory"), student, lab().name), name)
        if os.path.exists(path):
            found[kind] = quote(os.fsencode(os.path.relpath(path, room.folder / "report")))
    return found
