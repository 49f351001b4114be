"""Feedback as an archive that Moodle or Canvas takes back: each file is named as the download was.

`lab6 collect` notes what the platform called everybody's work, and this what was given back of it.
"""

import hashlib
import io
import json
import re
import zipfile
from datetime import datetime
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from grading.lab import grade_id_of, lab
from grading.pages.csv_file import number, replace
from grading.shown.text import printable, visible
from grading.submission.kinds import is_notebook, listed
from helpers.kit.verdict import how_many

NOTED = "collected.json"
LARGEST = 20_000_000        # bytes of what is noted
ALWAYS = (1980, 1, 1, 0, 0, 0)      # the time of all files: what is the same has the same bytes
PLATFORMS = ("moodle", "canvas")


def note(room, platform, names):
    """Note what a platform called the work of students.

    Parameters
    ----------
    room : grading.course.classroom.Classroom
    platform : str
    names : dict of str to (str, str)
        See `grading.platforms.collect.Handed`.
    """
    noted = _noted(room)
    for student, name in names.items():
        noted.setdefault(platform, {}).setdefault(student, {})["named"] = [*name]
    _write(room, noted)


def write(room, platform, students, target=None, force=False):
    """Write an archive of the feedback that is new since the last one, or of all by force; return what to tell.

    Parameters
    ----------
    room : grading.course.classroom.Classroom
    platform : str
        "moodle" or "canvas".
    students : list of str
    target : path-like, optional
        By default a new name in the course's folder.
    force : bool

    Returns
    -------
    (said, troubled) : (str, bool)

    Raises
    ------
    ValueError
        There is a file of that name, or what was noted cannot be read. Nothing was written.
    """
    target = Path(target or room.folder / f"feedback-{platform}-{datetime.now():%Y-%m-%d-%H%M%S}.zip")
    if target.exists():
        raise ValueError(f"{target} is there already: name another file. What is in it may not be given back yet.")
    noted = _noted(room)
    names, made, lacking, other = noted.get(platform, {}), {}, [], []
    for student in students:
        if "named" not in names.get(student, {}):
            other.append(student)
            continue
        found = _file(room, platform, student, *names[student]["named"])
        if found is None:
            lacking.append(student)
        else:
            made[student] = (*found, hashlib.sha256(found[1]).hexdigest())
    new = {student: one for student, one in made.items() if force or names[student].get("given") != one[2]}
    if new:
        replace(target, _zipped({name: content for name, content, _ in new.values()}))
        for student, (*_, digest) in new.items():
            names[student]["given"] = digest
        _write(room, noted)
    said = [f"Wrote the feedback of {how_many(len(new), 'submission')} to {target}." if new else
            "No feedback is new since the last archive. With --force all of it is written again."]
    said += [f"{what}: {printable(listed(who, len(who)))}." for what, who in (
        ("No feedback yet, or none that fits what was handed in", lacking),
        (f"Not from {platform.capitalize()}, as far as lab6 collect has noted (collect again: what lies in submitted/ "
         "stays as it is)", other)) if who]
    return "\n".join(said), bool(lacking or other)


def _file(room, platform, student, before, handed_in):
    """Return the name and the bytes of what a student gets back, or None."""
    page = room.page(student)
    if page is None:
        return None
    if platform == "moodle":
        return f"{before}/{lab().name}.html", page
    if not re.search(r"_[0-9]+_[0-9]+\Z", before):       # what was typed has no file that Canvas would know again
        return None
    # Canvas shows what comes back under the name of the file that was handed in, whatever it is.
    name, kind = f"{before}_{handed_in}", Path(handed_in).suffix.lower()
    if is_notebook(handed_in):
        return name, graded_notebook(room, student)
    return {".html": (name, page), ".zip": (name, _zipped({f"{lab().name}.html": page}))}.get(kind)


def graded_notebook(room, student):
    """Return a graded notebook with the points and comments below each graded cell, as bytes."""
    notebook, said = room.autograded(student), {}
    with Gradebook(room.api.coursedir.db_url, room.api.coursedir.course_id) as gradebook:
        try:
            handed_in = gradebook.find_submission(lab().name, student)
        except MissingEntry:
            return json.dumps(notebook).encode()
        for one in handed_in.notebooks:
            comments = {comment.name: comment.comment for comment in one.comments}
            for grade in one.grades:
                points = "not marked yet" if grade.needs_manual_grade else \
                    f"{number(grade.score)} of {number(grade.max_score)}"
                said[grade.name] = f"**Points: {points}**" + (
                    f"\n\n{visible(comments[grade.name])}" if comments.get(grade.name) else "")
        off = handed_in.late_submission_penalty
        total = f"# Points: {number(max(0.0, handed_in.score - off))} of {number(handed_in.max_score)}" + (
            f" (late: {number(off)} off)" if off else "")
    cells = [_cell(notebook, "points", total)]
    for cell in notebook["cells"]:
        cells.append(cell)
        name = grade_id_of(cell)
        if name in said:
            cells.append(_cell(notebook, name, said.pop(name)))
    return json.dumps({**notebook, "cells": cells}, indent=1, ensure_ascii=False).encode(errors="replace")


def _cell(notebook, name, text):
    ident = {"id": f"given-{name}"[:64]} if notebook.get("nbformat_minor", 0) > 4 else {}
    return {"cell_type": "markdown", **ident, "metadata": {}, "source": text}


def _zipped(files):
    """Return an archive of files, the same bytes for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, ALWAYS), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _noted(room):
    path = _path(room)
    if not path.exists():
        return {}
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("it is too large")
        noted = json.loads(path.read_bytes())
        if not all(isinstance(one, dict) for kind in noted.values() for one in kind.values()):
            raise ValueError("it is no list of names")
    except (ValueError, AttributeError, RecursionError) as error:
        raise ValueError(f"{path}, which lab6 collect writes, cannot be used: {error}. Delete it, and collect again: "
                         "what lies in submitted/ stays as it is.") from None
    return noted


def _write(room, noted):
    path = _path(room)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, json.dumps(noted, indent=1, ensure_ascii=False, sort_keys=True))


def _path(room):
    return room.folder / "downloaded" / lab().name / NOTED
