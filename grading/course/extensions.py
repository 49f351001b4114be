"""Extensions: rosters/extensions.csv says who may hand in until when, and the gradebook obeys it.

While the file is there, it alone says who has an extension: whoever is not in it has none. Without it, what nbgrader's
gradebook has stays as it is.
"""

from grading.course import roster
from grading.shown.text import printable
from grading.submission import timestamp
from grading.submission.kinds import listed

ROSTERS = "rosters"         # the folder of what names people
NAME = "extensions.csv"
COLUMNS = ("student", "until")
EXAMPLE = "2030-12-01 23:59 Europe/Berlin"


def apply(room):
    """Let the gradebook have the extensions of the file, with the penalties that follow; return what to tell.

    Parameters
    ----------
    room : grading.course.classroom.Classroom

    Returns
    -------
    str
        Who is in the file and nowhere else, or that there is nothing to extend; mostly nothing.

    Raises
    ------
    ValueError
        The file cannot be used; the message names the line. Nothing was changed.
    """
    path = room.folder / ROSTERS / NAME
    if not path.exists():
        return ""
    until = read(path)
    if not room.records.extend(until):
        return f"{path} changes nothing yet, because the assignment has no due date: give it one in the formgrader."
    unknown = sorted({*until} - {*room.students()} - {*room.records.people()})
    return f"{path} names who has handed nothing in and is not in the gradebook: {printable(listed(unknown))}. Look " \
        "whether the id is right." if unknown else ""


def read(path):
    """Return until when each student may hand in: a datetime in UTC, without a zone, by id.

    Raises
    ------
    ValueError
    """
    table, _ = roster.table(path)
    columns = [cell.strip().casefold() for cell in table[0]] if table else []
    if any(columns.count(name) != 1 for name in COLUMNS):
        raise ValueError(f"{path} needs the columns {' and '.join(COLUMNS)}, such as: ada,{EXAMPLE}")
    student, until = map(columns.index, COLUMNS)
    found = {}
    for number, row in enumerate(table[1:], 2):
        if not any(map(str.strip, row)):
            continue
        name, said = (row[place].strip() if place < len(row) else "" for place in (student, until))
        time = timestamp.when(said.encode()) if timestamp.has_zone(said) else None
        if not name or time is None or name in found:
            why = "names nobody" if not name else "names somebody for the second time" if name in found else \
                f"says {said[:40]!r}, which is no time with its zone"
            raise ValueError(f"row {number} of {path} {why}. Write for example: ada,{EXAMPLE}")
        found[name] = time
    return found
