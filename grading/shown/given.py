"""What was given for each answer, by whom and when: tables of our own in nbgrader's gradebook, only ever added to.

nbgrader has the points and the comment, and no place for what else a person did. A mark that was changed elsewhere
since, as in the formgrader, is one without items.
"""

import json

from sqlalchemy import Boolean, Column, Float, Integer, MetaData, String, Table, Text, func, select

TABLES = MetaData()
# What a person did at once: kind is "mark", "rubric", "import" or "undo".
ACTIONS = Table("lab6_action", TABLES, Column("id", Integer, primary_key=True), Column("by", String(128)),
                Column("name", String(128)), Column("at", Float), Column("kind", String(16)),
                Column("question", String(128)), Column("undoes", Integer), Column("rubric", Text))
# What became of each answer by it. A second opinion is of no account for the mark.
MARKS = Table("lab6_mark", TABLES, Column("id", Integer, primary_key=True), Column("action", Integer, index=True),
              Column("grade_id", String(32), index=True), Column("second", Boolean), Column("before", Text),
              Column("after", Text))


def latest(session, grades=None):
    """Return the last row of `MARKS` for each grade, by the grade's id; its ``after`` is an object.

    Parameters
    ----------
    session : sqlalchemy.orm.Session
        Of a gradebook; where it has no such table yet, there are none.
    grades : list of str, optional
        Only of these.
    """
    if not _is_there(session):
        return {}
    last = select(func.max(MARKS.c.id)).where(MARKS.c.second.is_(False)).group_by(MARKS.c.grade_id)
    asked = select(MARKS, ACTIONS.c.name, ACTIONS.c.at).outerjoin(ACTIONS, ACTIONS.c.id == MARKS.c.action)
    if grades is not None:
        last = last.where(MARKS.c.grade_id.in_(grades))
    rows = session.execute(asked.where(MARKS.c.id.in_(last))).mappings()
    return {row["grade_id"]: {**row, "after": json.loads(row["after"])} for row in rows}


def rows(session, grades):
    """Return what `latest` finds as rows by table, to be taken to another gradebook."""
    found = [{"id": row["id"], "action": row["action"], "grade_id": row["grade_id"], "second": False, "before": "",
              "after": json.dumps(row["after"])} for row in latest(session, grades).values()]
    return {MARKS.name: found} if found else {}


def is_of(state, grade, comment):
    """Whether what was given is what nbgrader's gradebook still says."""
    return state["points"] == grade.manual_score and state["comment"] == (comment or "")


def _is_there(session):
    connection = session.connection()
    return connection.dialect.has_table(connection, MARKS.name)
