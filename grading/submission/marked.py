"""What was graded when a person gave a mark: while it is the same, grading again leaves the mark confirmed.

nbgrader asks for each mark to be confirmed after each run, and has no place for what the mark was given to. It stands
in a table of our own in its gradebook.
"""

import hashlib
import json

from nbgrader.api import Gradebook
from nbgrader.preprocessors import SaveAutoGrades
from sqlalchemy import Column, MetaData, String, Table, Text, delete, insert, select

from grading.lab import grade_id_of, is_lab, lab
from grading.shown.given import MARKS
from grading.shown.html import OURS

# From which marks a submission's feedback was made.
TOLD = Table("lab6_told", MetaData(), Column("notebook_id", String(32), primary_key=True), Column("marks", String(64)))
GRADED = Table("lab6_graded", MetaData(), Column("notebook_id", String(32), primary_key=True), Column("contents", Text))


class SaveGrades(SaveAutoGrades):
    """Save the grades as nbgrader does, and leave marks confirmed that were given to the same."""

    def preprocess(self, nb, resources):
        """Save the grades of one notebook; see nbconvert."""
        if not is_lab(resources):
            return super().preprocess(nb, resources)
        ids = resources["nbgrader"]
        where = ids["notebook"], ids["assignment"], ids["student"]
        with Gradebook(ids["db_url"]) as gradebook:
            grades = gradebook.find_submission_notebook(*where).grades
            confirmed = {grade.name for grade in grades if grade.manual_score is not None
                         and not grade.needs_manual_grade}
        nb, resources = super().preprocess(nb, resources)
        with Gradebook(ids["db_url"]) as gradebook:
            notebook = gradebook.find_submission_notebook(*where)
            same = confirmed & unchanged(gradebook.db, notebook.id, contents(nb.cells))
            for grade in notebook.grades:
                grade.needs_manual_grade &= grade.name not in same
            gradebook.db.commit()
        return nb, resources


def contents(cells):
    """Return a hash of what is graded in each cell, by name: of an answer its text, of a check all code.

    Parameters
    ----------
    cells : list of dict
        Of a graded notebook.
    """
    code = _hash("\n\n".join(_source(cell) for cell in cells if cell["cell_type"] == "code"))
    named = {grade_id_of(cell): cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade")}
    return {name: code if name.startswith(lab().prefix) else _hash(_source(cell)) for name, cell in named.items()}


def unchanged(session, notebook, found):
    """Return the names of what is the same as when a notebook was graded last, and keep what is graded now.

    Parameters
    ----------
    session : sqlalchemy.orm.Session
        Of a gradebook.
    notebook : str
        The id of the submitted notebook.
    found : dict of str to str
        As `contents` gives it.
    """
    GRADED.create(session.connection(), checkfirst=True)
    before = json.loads(session.scalar(select(GRADED.c.contents).where(GRADED.c.notebook_id == notebook)) or "{}")
    if before != found:
        session.execute(delete(GRADED).where(GRADED.c.notebook_id == notebook))
        session.execute(insert(GRADED).values(notebook_id=notebook, contents=json.dumps(found)))
    return {name for name in found if found[name] == before.get(name)}


def by_hand(grades, comments, penalty, given=()):
    """Return a hash of what people decided of a submission: the same while nobody changes it.

    Parameters
    ----------
    grades : iterable of (str, float or None, float or None, bool)
        Of each graded cell its id, its score by hand, extra credit, and whether it waits for a person.
    comments : iterable of (str, str or None)
        Of each answer the id of its cell, and the comment by hand.
    penalty : float or None
    given : iterable of dict
        What was given for each answer that was marked on the marking page.
    """
    grades = sorted((cell, score, extra or 0.0, bool(waits)) for cell, score, extra, waits in grades)
    comments = sorted((cell, comment) for cell, comment in comments if comment)
    return _hash(repr((grades, comments, penalty or 0.0, sorted(json.dumps(one, sort_keys=True) for one in given))))


def by_rows(rows):
    """Return the id of a submitted notebook, and `by_hand`, from its rows in the gradebook by table."""
    notebook, = rows["submitted_notebook"]
    return notebook["id"], by_hand(
        [(row["cell_id"], row.get("manual_score"), row.get("extra_credit"), row.get("needs_manual_grade"))
         for row in rows.get("grade", ())],
        [(row["cell_id"], row.get("manual_comment")) for row in rows.get("comment", ())],
        notebook.get("late_submission_penalty"),
        [json.loads(row["after"]) for row in rows.get(MARKS.name, ())])


def tell(session, notebook, marks):
    """Note from which marks feedback is made; see `by_hand`."""
    TOLD.create(session.connection(), checkfirst=True)
    session.execute(delete(TOLD).where(TOLD.c.notebook_id == notebook))
    session.execute(insert(TOLD).values(notebook_id=notebook, marks=marks))


def told(session):
    """Return from which marks the feedback of each submitted notebook was made, by the notebook's id."""
    TOLD.create(session.connection(), checkfirst=True)
    return dict(session.execute(select(TOLD.c.notebook_id, TOLD.c.marks)).all())


def _source(cell):
    """Return what was typed into a cell; a file holds it as a list of lines."""
    return "".join(cell["metadata"].get(OURS, {}).get("source", cell["source"]))


def _hash(text):
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]
