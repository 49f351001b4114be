"""Marks from a program: a table of student, question, points and comment, whose rows are all right or not saved."""

from pathlib import Path

from grading.course.roster import key_of, table
from grading.marking.store import LONGEST
from grading.submission.kinds import LISTED

COLUMNS = ("student", "question", "points", "comment")


class ImportRefused(ValueError):
    """Nothing was saved. The message says which rows are wrong, and why."""


def read(path, points, answers, replaces=False):
    """Read marks, and check every row against the gradebook.

    Parameters
    ----------
    path : path-like
        A CSV file in UTF-8, separated by commas, semicolons or tabs, with a header.
    points : dict of str to float
        The most points of each question, by its name.
    answers : dict of str to dict of str to grading.marking.store.Answer
        By question and id.
    replaces : bool
        Whether a mark may take the place of another.

    Returns
    -------
    dict of str to dict of str to (str, dict)
        By question and id of the answer, the token and the change; see `grading.marking.store.Store.mark`.

    Raises
    ------
    ValueError
        The file cannot be read, or a row is wrong.
    """
    lines, _ = table(Path(path))
    header = [cell.strip().casefold() for cell in lines[0]] if lines else []
    if not {*COLUMNS[:3]} <= {*header}:
        raise ImportRefused(f"{path} needs the columns {', '.join(COLUMNS[:3])} and, if there are any, comment; it has "
                            f"{', '.join(map(repr, header[:6])) or 'nothing'}.")
    whose = {name: {key_of(one.student): one for one in its.values()} for name, its in answers.items()}
    changes, trouble = {name: {} for name in points}, []
    for number, cells in enumerate(lines[1:], 2):
        if any(map(str.strip, cells)):
            row = {"comment": "", **dict(zip(header, cells + [""] * len(header)))}
            try:
                name, answer, change = _change(row, points, whose, replaces)
                if answer.id in changes[name]:
                    raise ValueError("this answer stands in the file twice")
                changes[name][answer.id] = answer.token, change
            except ValueError as error:
                trouble.append(f"  line {number}: {error}")
    if trouble:
        more = [f"  and {len(trouble) - LISTED} more"] if len(trouble) > LISTED else []
        raise ImportRefused("\n".join([f"nothing was saved, because not every row of {path} is right:",
                                       *trouble[:LISTED], *more]))
    return {name: its for name, its in changes.items() if its}


def _change(row, points, whose, replaces):
    name = "_".join(row["question"].split()).casefold()
    if name not in points:
        raise ValueError(f"there is no question {row['question'][:40]!r}, only {', '.join(points)}")
    answer = whose[name].get(key_of(row["student"]))
    if answer is None:
        raise ValueError(f"no graded submission of {row['student'][:40]!r}")
    try:
        given = float(row["points"].strip().replace(",", "."))
    except ValueError:
        raise ValueError(f"points {row['points'][:20]!r} are no number") from None
    if not 0 <= given <= points[name]:
        raise ValueError(f"{given:g} points of {points[name]:g}")
    if len(row["comment"]) > LONGEST:
        raise ValueError(f"a comment of {len(row['comment']):,} characters; {LONGEST:,} at most")
    there, comment = answer.state, row["comment"].strip() or answer.state["comment"]
    if not replaces and there["points"] is not None and (there["points"], there["comment"]) != (given, comment):
        raise ValueError(f"{row['student'][:40]!r} has {there['points']:g} already; --replace takes the place of it")
    return name, answer, {"items": [], "correction": given, "comment": comment, "flag": there["flag"], "gives": True}
