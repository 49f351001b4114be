"""Marks in nbgrader's gradebook, each saved at once with what was given, by whom, and what was there before.

Whoever marks says which state of an answer the mark is made upon; where it is another by now, nothing is saved. All
that one action changes is one transaction. Nothing of ours is ever changed or removed, so all of it can be undone.
"""

import hashlib
import json
import time
from dataclasses import dataclass
from typing import NamedTuple

from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    MissingEntry,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import insert, select

from grading.course import gradebook_sql
from grading.shown.given import ACTIONS, MARKS, TABLES, is_of, latest
from grading.submission.marked import GRADED

MARKER = "LAB6_MARKER"  # who marks on a server that knows no names: lab6 mark sets it
WAIT = 1_500            # milliseconds for another program to let go of the gradebook
LONGEST = 5_000         # characters of a comment
GONE = "This answer is not in the gradebook any more: load the page again."
ITEMS, WORDS = 20, 500  # of a rubric: items, and characters of one
UNDONE = select(ACTIONS.c.undoes).where(ACTIONS.c.undoes.is_not(None))


class Marker(NamedTuple):
    """Who marks: an id, and the name that people read."""

    id: str
    name: str


class _Question(NamedTuple):
    """A question in nbgrader's tables: the cells that its grades and its comments belong to, and its points."""

    grades: str
    comments: str
    points: float


class Refused(ValueError):
    """Something that was asked for cannot be done; the message says why."""


class Conflict(Refused):
    """An answer is no longer as whoever marks it has seen it."""


class Unknown(Refused):
    """There is no such question or answer."""


@dataclass(frozen=True)
class Answer:
    """What the gradebook knows of a written answer.

    ``state`` is what of it can be changed: points (None before there are any), comment, items (each with ``given``),
    correction, flag, waits (whether somebody has to mark it or look again), auto (whether nbgrader gave the points, as
    it does where nothing was answered) and text (a hash of what was graded).
    """

    id: str
    student: str
    person: str
    state: dict
    by: str
    at: float

    @property
    def token(self):
        """Names the state: who wants to change it has to know it."""
        return hashlib.sha256(json.dumps(self.state, sort_keys=True).encode()).hexdigest()[:16]


class Store:
    """The marks of a course.

    Parameters
    ----------
    coursedir : nbgrader.coursedir.CourseDirectory
    """

    def __init__(self, coursedir):
        self.gradebook = Gradebook(coursedir.db_url, coursedir.course_id)
        with self._transaction(writes=True) as gradebook:
            for tables in (TABLES, GRADED.metadata):
                tables.create_all(gradebook.db.connection())

    def close(self):
        """Let go of the gradebook."""
        self.gradebook.close()

    def _transaction(self, writes=False):
        return gradebook_sql.transaction(self.gradebook, writes, WAIT)

    # --- what is there ---

    def questions(self):
        """Return the points of each written answer, by its name.

        Raises
        ------
        Unknown
            The gradebook does not know the assignment yet.
        """
        with self._transaction() as gradebook:
            return {name: question.points for name, question in self._questions(gradebook).items()}

    @staticmethod
    def _questions(gradebook):
        try:
            assignment = gradebook_sql.known(gradebook)
        except MissingEntry as error:
            raise Unknown(str(error)) from None
        asked = select(GradeCell.name, GradeCell.id, GradeCell.max_score).where(
            GradeCell.notebook_id == assignment.notebook, GradeCell.cell_type == "markdown")
        comments = {name: cell for cell, name in assignment.cells.items()
                    if assignment.kinds[cell] == SolutionCell.__name__}
        return {name: _Question(cell, comments.get(name), points)
                for name, cell, points in gradebook.db.execute(asked.order_by(GradeCell.name))}

    def answers(self, question):
        """Return all answers to a question, as a dict of `Answer` by id."""
        with self._transaction() as gradebook:
            return self._answers(gradebook, question)

    def _answers(self, gradebook, question, only=None, lock=False):
        cells = self._question(gradebook, question)
        asked = select(Grade, Comment.manual_comment, Student, GRADED.c.contents).join(
            SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id).join(
            SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id).join(
            Student, Student.id == SubmittedAssignment.student_id).outerjoin(
            Comment, (Comment.notebook_id == Grade.notebook_id) & (Comment.cell_id == cells.comments)).outerjoin(
            GRADED, GRADED.c.notebook_id == Grade.notebook_id).where(Grade.cell_id == cells.grades)
        if only is not None:
            asked = asked.where(Grade.id.in_(only))
        if lock:                # which SQLite does not know: there the whole transaction is alone
            asked = asked.with_for_update(of=Grade)
        last = latest(gradebook.db, only)
        return {row[0].id: _answer(question, *row, last.get(row[0].id)) for row in gradebook.db.execute(asked)}

    def _question(self, gradebook, question):
        known = self._questions(gradebook)
        if question not in known:
            raise Unknown(f"there is no question {question[:80]!r} in this assignment.")
        return known[question]

    def rubric(self, question, scheme):
        """Return (version, items): the rubric as it was changed last, or the one of the marking scheme."""
        with self._transaction() as gradebook:
            return self._rubric(gradebook, question, scheme)

    @staticmethod
    def _rubric(gradebook, question, scheme):
        asked = select(ACTIONS.c.id, ACTIONS.c.rubric).where(
            ACTIONS.c.question == question, ACTIONS.c.rubric.is_not(None)).order_by(ACTIONS.c.id.desc()).limit(1)
        found = gradebook.db.execute(asked).first()
        return (found.id, json.loads(found.rubric)) if found else (0, scheme)

    def actions(self):
        """Return what was done, in order: rows with ``by``, ``name``, ``at``, ``kind``, ``question``, ``grade_id``."""
        with self._transaction() as gradebook:
            asked = select(ACTIONS.c.by, ACTIONS.c.name, ACTIONS.c.at, ACTIONS.c.kind, ACTIONS.c.question,
                           MARKS.c.grade_id, MARKS.c.second).join(MARKS, MARKS.c.action == ACTIONS.c.id)
            return gradebook.db.execute(asked.order_by(MARKS.c.id)).all()

    # --- what is changed ---

    def mark(self, changes, marker, kind="mark"):
        """Give marks, all of them or none.

        Parameters
        ----------
        changes : dict of str to (list of dict, dict of str to (str, dict))
            By question: its rubric while nobody has changed it (see `grading.shown.rubric.items_of`), and by the id of
            an answer the token of the state it was seen in and the change. A change has ``items`` (ids of those
            given), ``correction``, ``comment``, ``flag``, and ``gives``: whether points are given, or the rest is only
            noted.
        marker : Marker
        kind : str

        Returns
        -------
        dict of str to Answer

        Raises
        ------
        Conflict
            One of them is in another state by now, and nothing was saved.
        """
        marked = {}
        with self._transaction(writes=True) as gradebook:
            for question, (scheme, wanted) in changes.items():
                most = self._question(gradebook, question).points
                version, items = self._rubric(gradebook, question, scheme)
                there = self._answers(gradebook, question, [*wanted], lock=True)
                if {*wanted} - {*there}:
                    raise Unknown(GONE)
                if any(there[one].token != token for one, (token, _) in wanted.items()):
                    raise Conflict("somebody else has changed it meanwhile, or it was graded again")
                after = {one: _changed(answer.state, wanted[one][1], items, most) for one, answer in there.items()}
                self._do(gradebook, question, marker, kind, there, after, rubric=None if version else items)
                marked |= self._answers(gradebook, question, [*wanted])
        return marked

    def change_rubric(self, question, items, seen, marker, scheme=()):
        """Change a rubric, and with it all marks that were made with its items; return how many these are.

        Raises
        ------
        Conflict
            Somebody else has changed it since it was seen so.
        """
        with self._transaction(writes=True) as gradebook:
            most = self._question(gradebook, question).points
            _, before = self._rubric(gradebook, question, list(scheme))
            if before != seen:
                raise Conflict("somebody else has changed the rubric meanwhile")
            items = _checked(items, before)
            return self._use_rubric(gradebook, question, items, marker, most)

    def _use_rubric(self, gradebook, question, items, marker, most):
        answers = self._answers(gradebook, question, lock=True)
        there = {one: answer for one, answer in answers.items() if answer.state["items"]}
        after = {}
        for one, answer in there.items():
            given = [item["id"] for item in answer.state["items"] if item["given"]]
            change = {**answer.state, "items": given, "gives": answer.state["points"] is not None}
            after[one] = {**_changed(answer.state, change, items, most), "waits": answer.state["waits"]}
        changed = {one: state for one, state in after.items() if state != there[one].state}
        self._do(gradebook, question, marker, "rubric", there, changed, rubric=items)
        return len(changed)

    def undo(self, marker):
        """Undo what a marker did last; return (question, kind, answers by id), or None where nothing is left.

        Raises
        ------
        Conflict
            Somebody else has changed it since.
        """
        with self._transaction(writes=True) as gradebook:
            asked = select(ACTIONS).where(ACTIONS.c.by == marker.id, ACTIONS.c.kind != "undo",
                                          ACTIONS.c.id.not_in(UNDONE)).order_by(ACTIONS.c.id.desc()).limit(1)
            if not (last := gradebook.db.execute(asked).first()):
                return None
            rows = gradebook.db.execute(select(MARKS).where(MARKS.c.action == last.id)).all()
            there = self._answers(gradebook, last.question, [row.grade_id for row in rows], lock=True)
            is_second = last.kind == "second"
            stays = not is_second and any(
                row.grade_id not in there or there[row.grade_id].state != json.loads(row.after) for row in rows)
            before = {} if stays else {row.grade_id: json.loads(row.before) for row in rows}
            rubric = self._rubric_before(gradebook, last) if last.kind == "rubric" and not stays else None
            self._do(gradebook, last.question, marker, "undo", there, before, last.id, rubric, is_second)
            answers = self._answers(gradebook, last.question, [*before])
        if stays:           # the next undo goes on with what was done before it
            raise Conflict("What you did there was changed since, by somebody else or by a new grading, so it stays.")
        return last.question, last.kind, answers

    @staticmethod
    def _rubric_before(gradebook, action):
        asked = select(ACTIONS.c.rubric).where(ACTIONS.c.question == action.question, ACTIONS.c.rubric.is_not(None),
                                               ACTIONS.c.id < action.id).order_by(ACTIONS.c.id.desc()).limit(1)
        found = gradebook.db.scalar(asked)
        return found and json.loads(found)

    def _do(self, gradebook, question, marker, kind, there, after, undoes=None, rubric=None, second=False):
        """Note an action, and write what it changes to nbgrader's tables, unless it is a second opinion."""
        action = gradebook.db.execute(insert(ACTIONS).values(
            by=marker.id[:128], name=marker.name[:128], at=time.time(), kind=kind, question=question, undoes=undoes,
            rubric=None if rubric is None else json.dumps(rubric))).inserted_primary_key[0]
        for one, state in after.items():
            gradebook.db.execute(insert(MARKS).values(action=action, grade_id=one, second=second,
                                                      before=json.dumps(there[one].state), after=json.dumps(state)))
            if not second:
                _write(gradebook, one, state, self._question(gradebook, question).comments)
        gradebook.db.flush()
        gradebook.db.expire_all()

    # --- two opinions ---

    def second(self, question, one, change, marker, scheme=()):
        """Note a second opinion of an answer, which changes no mark."""
        with self._transaction(writes=True) as gradebook:
            most = self._question(gradebook, question).points
            _, items = self._rubric(gradebook, question, list(scheme))
            there = self._answers(gradebook, question, [one])
            if one not in there:
                raise Unknown(GONE)
            blank = {**there[one].state, "points": None, "items": [], "comment": "", "correction": 0.0, "waits": True}
            self._do(gradebook, question, marker, "second", there, {one: _changed(blank, change, items, most)},
                     second=True)

    def seconds(self, question):
        """Return second opinions, states by (the marker's id, the answer's id); what was undone is none."""
        with self._transaction() as gradebook:
            asked = select(ACTIONS.c.by, MARKS.c.grade_id, MARKS.c.after).join(
                ACTIONS, ACTIONS.c.id == MARKS.c.action).where(
                MARKS.c.second.is_(True), ACTIONS.c.question == question, ACTIONS.c.kind == "second",
                ACTIONS.c.id.not_in(UNDONE)).order_by(MARKS.c.id)
            return {(by, one): json.loads(after) for by, one, after in gradebook.db.execute(asked)}


def _answer(question, grade, comment, student, contents, last):
    state = last and last["after"]
    if not state or not is_of(state, grade, comment):
        state = {"items": [], "correction": grade.manual_score or 0.0, "flag": bool(state and state["flag"])}
        last = None
    state = {"points": grade.manual_score, "comment": comment or "", "items": state["items"],
             "correction": state["correction"], "flag": state["flag"], "waits": bool(grade.needs_manual_grade),
             "auto": grade.auto_score is not None, "text": json.loads(contents or "{}").get(question, "")}
    name = ", ".join(filter(None, (student.last_name, student.first_name)))
    return Answer(grade.id, student.id, name, state, last and last["name"] or "", last and last["at"] or 0.0)


def _changed(state, change, items, most):
    """Return the state after a change; points are those of the items and the correction, within 0 and the most."""
    given, gives = {*change["items"]}, change["gives"]
    marked = [{"id": item["id"], "points": item["points"], "words": item["words"], "given": item["id"] in given}
              for item in items]
    points = sum(item["points"] for item in marked if item["given"]) + change["correction"]
    return {**state, "comment": change["comment"][:LONGEST], "flag": bool(change["flag"]),
            "items": marked if gives else [], "correction": change["correction"] if gives else 0.0,
            "points": round(min(max(points, 0.0), most), 4) if gives else None,
            "waits": not gives and (state["waits"] or not state["auto"])}


def _write(gradebook, one, state, cell):
    """Write a state to nbgrader's own tables."""
    grade = gradebook.find_grade_by_id(one)
    grade.manual_score, grade.needs_manual_grade = state["points"], state["waits"]
    asked = select(Comment).where(Comment.notebook_id == grade.notebook_id, Comment.cell_id == cell)
    if comment := gradebook.db.scalar(asked):
        comment.manual_comment = state["comment"] or None


def _checked(items, before):
    """Return a changed rubric, whole and with an id for each item."""
    if len(items) > ITEMS:
        raise Refused(f"a rubric has {ITEMS} items at most.")
    numbers = {item["id"]: item["numbers"] for item in before}
    free = 1 + max([0, *(int(item["id"]) for item in before)])
    made = []
    for item in items:
        words, points = " ".join(str(item["words"]).split())[:WORDS], item["points"]
        if not words or not isinstance(points, (int, float)) or not abs(points) <= 100:
            raise Refused("an item needs words and a number of points.")
        known = item.get("id") in numbers
        made.append({"id": item["id"] if known else str(free), "points": float(points), "words": words,
                     "numbers": numbers.get(item.get("id"), []), "comment": str(item.get("comment", ""))[:LONGEST]})
        free += not known
    return made
