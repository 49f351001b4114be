"""Grades for a learning platform, as nbgrader's export plugins: Canvas, Moodle and plain CSV.

Nothing is written unless all is certain: each submission has its row, found by `roster`, and each answer a mark.
"""

import re
from html import escape
from pathlib import Path

from nbgrader.api import MissingEntry
from nbgrader.plugins import ExportPlugin
from traitlets import Any, Bool, Unicode, default

from grading.course import extensions
from grading.course.classroom import Classroom
from grading.course.commands import NOT_RELEASED
from grading.course.roster import OURS, POSSIBLE, ExportRefused, Roster, in_words
from grading.lab import lab
from grading.pages.class_page import together
from grading.pages.csv_file import Style, harmless, number, write
from grading.shown.text import plain, printable, visible
from grading.submission.kinds import listed
from grading.submission.outcome import GONE, NOT_GRADABLE, Row
from helpers.kit.verdict import how_many

NAME = "Lab 6"
TOTAL = f"{NAME}: total"
LONGEST = 1000          # characters of a comment, or of what was wrong with the steps


class Csv(ExportPlugin):
    """A table of the class: a row for each submission; a column for each step, each answer, the total and lateness.

    ``to`` is the file to write, as in nbgrader's own exporter.
    """

    target, empty = "grades.csv", ""
    only_total = Bool(False, help="Write the total alone.").tag(config=True)
    unmarked = Bool(False, help="Leave unmarked answers and their totals empty, rather than refuse.").tag(config=True)
    separator = Unicode(",", help="Between the cells of tables for people, report/grades.csv too.").tag(config=True)
    decimal = Unicode(".", help="In the numbers of these.").tag(config=True)
    room = Any(help="The course, a grading.course.classroom.Classroom.")

    @default("room")
    def _where_nbgrader_runs(self):
        return Classroom(self.parent.coursedir.root)

    def export(self, gradebook):
        """Write the file, or say why not and end with exit status 1; called by nbgrader."""
        try:
            self.log.info("%s", self.write(gradebook))
        except (ValueError, OSError) as error:
            self.log.error("%s", error)
            raise SystemExit(1) from None

    def write(self, gradebook):
        """Write the file.

        Parameters
        ----------
        gradebook : nbgrader.api.Gradebook

        Returns
        -------
        str
            In words, what was written and what was left out.

        Raises
        ------
        ExportRefused, OSError
            Nothing was written.
        """
        extensions.apply(self.room)
        submissions, highest = self._find(gradebook)
        rows = {row.student: row for row in self.room.rows()}
        rows = {one.student.id: rows.get(one.student.id) or Row(one.student.id) for one in submissions}
        marks = {submission.student.id: self._cells(submission, highest) for submission in submissions}
        self.said = {one.student.id: said_of(one, rows[one.student.id]) for one in submissions}
        possible = _highest(highest)
        if self.only_total:
            marks, possible = {who: {TOTAL: cells[TOTAL]} for who, cells in marks.items()}, {TOTAL: possible[TOTAL]}
        table, style, said = self.table([submission.student for submission in submissions], marks, possible, rows)
        write(self.to or self.target, table, style)
        told = [f"Wrote {how_many(len(marks), 'submission')} to {self.to or self.target}.", said]
        for what, who in (
                (NOT_GRADABLE, [student for student, row in rows.items() if row.problem]),
                ("Late", [f"{student} ({row.lateness.removeprefix('Late ')})" for student, row in rows.items()
                          if row.late]),
                (GONE.said, [student for student, row in rows.items() if GONE in row.flags])):
            told += [f"{what}: {'; '.join(map(plain, who))}."] if who else []
        return " ".join(filter(None, told))

    def table(self, students, marks, highest, rows):
        """Return the table's rows, how it is written, and what to tell about it.

        Parameters
        ----------
        students : list of nbgrader.api.Student
        marks : dict of str to dict of str to str
            By student id, the cells by column.
        highest : dict of str to str
            The points possible, by column.
        rows : dict of str to grading.submission.outcome.Row
            What became of each submission, by student id.
        """
        style = Style(self.separator, self.decimal)
        items = self.room.records.items_given()
        named = sorted({(name, item["id"], item["words"]) for its in items.values() for name, marked in its.items()
                        for item in marked})
        table = [[OURS, "Last name", "First name", "Email", *highest, "Hours late", "Late penalty", "Note",
                  *(harmless(f"{_title(name)}: {words}") for name, _, words in named)]]
        for who in students:
            row, cells = rows[who.id], [cell.replace(".", self.decimal) for cell in marks[who.id].values()]
            late = [style.number(row.late / 3600), style.number(row.penalty)] if row.late else ["", ""]
            note = f"{NOT_GRADABLE}: {row.problem}" if row.problem else ""
            given = {(name, item["id"], item["words"]): item["given"] for name, its in items.get(who.id, {}).items()
                     for item in its}
            table.append([*map(harmless, (who.id, who.last_name, who.first_name, who.email)), *cells, *late,
                          harmless(note), *(str(int(given[one])) if one in given else "" for one in named)])
        return table, style, ""

    def _find(self, gradebook):
        """Return the submissions asked for, by student id, and the points possible by name of a cell."""
        if self.assignment and [str(name) for name in self.assignment] != [lab().name]:
            raise ExportRefused(f"this exports {lab().name} alone; for other assignments use nbgrader's own exporter.")
        try:
            cells = gradebook.find_notebook(lab().name, lab().name).grade_cells
        except MissingEntry:
            raise ExportRefused(NOT_RELEASED) from None
        wanted = {str(student) for student in self.student}
        left = self.config.CourseDirectory.get("student_id_exclude", "").split(",")
        handed_in = {one.student.id: one for one in gradebook.assignment_submissions(lab().name)}
        found = {student: one for student, one in handed_in.items() if student not in left}
        there = {*self.room.students()} - {*handed_in}
        if fresh := sorted(wanted & there if wanted else there):
            raise ExportRefused(f"not everything that was handed in is graded yet: {listed(fresh)}. Run this first: "
                                "lab6 grade")
        if missing := wanted - set(found):
            raise ExportRefused(f"no submission of {', '.join(sorted(missing))} is in the gradebook.")
        submissions = [found[student] for student in sorted(wanted or found)]
        self._refuse_unmarked(submissions)
        return submissions, {cell.name: cell.max_score for cell in sorted(cells, key=lambda cell: cell.name)}

    def _refuse_unmarked(self, submissions):
        if not submissions:
            raise ExportRefused("no submission has been graded yet. Run this first: lab6 grade")
        waiting = [submission.student.id for submission in submissions if submission.needs_manual_grade]
        if waiting and not self.unmarked:
            raise ExportRefused(f"{len(waiting)} of {len(submissions)} have answers that nobody has marked, which "
                                f"would count as 0, or were graded again since: {listed(waiting)}. Mark or confirm "
                                "them with lab6 mark, or leave them and totals empty with --unmarked.")

    def _cells(self, submission, names):
        """Return the scores of a submission as nbgrader has them; a late penalty counts in the total."""
        grades = {grade.name: grade for notebook in submission.notebooks for grade in notebook.grades}
        cells = {_title(name): self.empty if grades[name].needs_manual_grade else number(grades[name].score)
                 for name in names}
        total = number(max(0.0, submission.score - submission.late_submission_penalty))
        return {**cells, TOTAL: self.empty if submission.needs_manual_grade else total}


class Platform(Csv):
    """What Canvas and Moodle share: a file that was downloaded there says who is who."""

    roster = Unicode("", help="The CSV file downloaded from the platform.").tag(config=True)
    by = Unicode("", help="The only column of it to match people by.").tag(config=True)
    keys = []           # columns that say who a row is, the most reliable first
    must = ""           # the one that the platform always writes
    skip = ()           # first cells of rows that are not people

    def table(self, students, marks, highest, rows):
        """Return the table's rows, how the roster is written, and who of the platform handed nothing in; see Csv."""
        target = Path(self.to or self.target)
        if not self.roster:
            raise ExportRefused(f"name the file downloaded from {type(self).__name__}, which says who is who: --roster")
        roster = Roster.read(self.roster, self.must, self.skip)
        if target.exists() and target.samefile(self.roster):
            raise ExportRefused(f"{target} is the roster itself. Name another file to write.")
        theirs, way = roster.match(students, [self.by] if self.by else self.keys)
        taken = {id(row) for row in theirs.values()}
        absent = [plain(" ".join(map(row.get, roster.columns[:2]))) for row in roster.rows if id(row) not in taken]
        self.told = []
        table = list(self.lay_out(roster, theirs, marks, highest, roster.called(way[0])))
        left_out = f"In {roster.path} but without a submission, and so left out: {'; '.join(absent)}." if absent else ""
        return table, roster.style, "\n".join([" ".join(filter(None, [f"Matched {in_words(way)}.", left_out])),
                                               *map(printable, self.told)])

    def replace(self, student, row, cells):
        """Return a row with cells of the platform's own columns filled, and tell what they replace.

        A cell that is None, because an answer is not marked yet, stays as it is.
        """
        said = []
        for column, cell in cells.items():
            before = row[column].strip()
            if cell is None:
                said += [f"{column} stays {_shown(before)}, because an answer is not marked yet"]
            elif not _is_same(before, cell):
                said += [f"{column} {_shown(cell)} in place of {_shown(before)}"]
        self.told.append(f"{student}: {'; '.join(said) or 'as it was'}.")
        return {**row, **{column: cell for column, cell in cells.items() if cell is not None}}

    def warn_of_points(self, column, theirs, ours):
        """Tell where the platform gives other points than the lab."""
        if theirs and not _is_same(theirs, ours):
            self.told.append(f"Look: {column} has {theirs} points there, and the lab has {ours}. Give it {ours} there.")


class Canvas(Platform):
    """For Canvas, Grades > Import: the columns of its own export, and one for each step, answer and the total.

    Canvas finds people by "ID", and creates an assignment for each column that it does not know. A column that is
    in the roster already keeps its name, with Canvas's number in it.
    """

    target = "grades-canvas.csv"
    keys, must, skip = ["SIS User ID", "SIS Login ID", "ID"], "ID", ("", POSSIBLE)
    own = ["Student", "LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account",
           "Section"]

    column = Unicode("", help="A column that Canvas has already: the total goes there, and nothing else is written."
                     ).tag(config=True)

    def lay_out(self, roster, rows, marks, highest, key):
        """Yield the header, the points possible, and a row for each student."""
        own = [column for column in roster.columns if column in self.own]
        if own[-1] != "Section":
            raise ExportRefused(f"{roster.path} has no column 'Section', which Canvas asks for. Export it again.")
        titles = {TOTAL: self._existing(roster)} if self.column else {
            title: _known(title, roster.columns) for title in highest}
        there = {title: column for title, column in titles.items() if column in roster.columns}
        for title, column in there.items():
            self.warn_of_points(column, roster.possible.get(column, "").strip(), highest[title])
        yield own + [*titles.values()]
        # What stands in this row becomes the points of an assignment that Canvas has.
        yield [f"    {POSSIBLE}", *[""] * (len(own) - 1), *(
            roster.possible.get(column, "").strip() or highest[title] for title, column in titles.items())]
        for student, row in rows.items():
            if not re.fullmatch("[0-9]+", row["ID"].strip()):
                why = " A spreadsheet has rounded it: export the file again, and do not save it in one." \
                    if re.fullmatch(r"[0-9.,]+E\+?[0-9]+", row["ID"].strip(), re.IGNORECASE) else ""
                raise ExportRefused(f"{student}: the ID in {roster.path} is {row['ID'][:40]!r}, no number of Canvas."
                                    f"{why}")
            cells = {titles[title]: cell for title, cell in marks[student].items() if title in titles}
            if there:
                kept = self.replace(student, row, {column: cells[column] or None for column in there.values()})
                cells |= {column: harmless(kept[column]) for column in there.values()}
            # Canvas reads a row of that name as the points possible; it finds people by ID.
            yield [*(harmless(row[column].replace(POSSIBLE, "Points-Possible")) for column in own), *cells.values()]

    def _existing(self, roster):
        """Return the column that the total goes to, as Canvas has it; raise ExportRefused where there is none."""
        column = _known(self.column, roster.columns)
        if column in self.own or column not in roster.columns or "read only" in roster.possible.get(column, ""):
            theirs = [one for one in roster.columns if re.search(r" \(\d+\)$", one)]
            raise ExportRefused(f"{roster.path} has no column {self.column!r} that can be filled. Its assignments are: "
                                f"{listed(map(repr, theirs)) or 'none'}.")
        return column


class Moodle(Platform):
    """For Moodle: its grading worksheet filled, in whatever language; or, for Grades > Import, a column for each grade.

    The roster is a grading worksheet, an exported gradebook or a list of participants.
    """

    target = "grades-moodle.csv"
    empty = "-"         # Moodle's own sign for no grade
    keys, must = ["ID number", "Username", "Email address", "Identifier"], "Email address"
    own = ["Identifier", "Full name", "First name", "Last name", "Surname", "ID number", "Username", "Email address"]

    def lay_out(self, roster, rows, marks, highest, key):
        """Yield the header and a row for each student."""
        sheet = roster.worksheet
        own = roster.columns if sheet else [column for column in roster.columns if column in map(
            roster.called, self.own)]
        yield own if sheet else [*own, *highest]
        if not sheet and roster.called("Identifier") in roster.columns:
            self.told.append(f"{roster.path.name} was not recognised as a grading worksheet, so it got a column for "
                             "each grade, for Grades > Import. If it is one, download it again.")
        if sheet:
            self._check(sheet, rows, marks, highest)
        for student, row in rows.items():
            if harmless(row[key]) != row[key]:
                raise ExportRefused(f"{student}: {key!r} in {roster.path} is {row[key][:40]!r}, which a spreadsheet "
                                    "would run as a formula and Moodle would not find if it were changed. Correct it "
                                    "in Moodle, or go by another column with --by.")
            cells = self._filled(sheet, student, row, marks[student][TOTAL]) if sheet else row
            shown = [cells[column] if cells[column].strip() == self.empty else harmless(cells[column])
                     for column in own]
            yield shown if sheet else [*shown, *marks[student].values()]

    def _check(self, sheet, rows, marks, highest):
        """Refuse what Moodle would pass over in silence: a grade above the worksheet's maximum."""
        most = next(iter(rows.values()))[sheet.most].strip()
        self.warn_of_points(sheet.grade, most, highest[TOTAL])
        above = [student for student in rows if marks[student][TOTAL] != self.empty
                 and _float(marks[student][TOTAL]) > _float(most)]
        if above:
            raise ExportRefused(f"the worksheet takes {most} points at most ({sheet.most!r}), and Moodle passes over "
                                f"what is more: {listed(above)}. Give the assignment {highest[TOTAL]} points in "
                                "Moodle, and download the worksheet again.")

    def _filled(self, sheet, student, row, total):
        cells = {sheet.grade: total.replace(".", "," if "," in row[sheet.most] else "."), sheet.comments: self.said[
            student]} if total != self.empty else {sheet.grade: None, sheet.comments: None}
        cells.pop(None, None)
        return self.replace(student, row, cells)


def said_of(submission, row):
    """Return what a student reads in the platform about each part of a submission: lines of HTML, all escaped."""
    lost = "; ".join(f"{' '.join(steps)}: {why}" for steps, why in together(row))
    said = [f"Steps: {row.problem or f'{number(row.total)} points'}{f' ({lost})' if lost else ''}"]
    for notebook in submission.notebooks:
        comments = {comment.name: comment.comment or "" for comment in notebook.comments}
        said += [f"{grade.name.replace('_', ' ').capitalize()}: {number(grade.score)} of {number(grade.max_score)}"
                 + f". {comments.get(grade.name, '')}".rstrip(". ")
                 for grade in sorted(notebook.grades, key=lambda grade: grade.name)
                 if not grade.name.startswith(lab().prefix)]
    return "<br>".join(escape(visible(plain(one))[:LONGEST]) for one in filter(None, [*said, row.lateness]))


def _float(cell):
    return float(cell.replace(",", "."))


def _is_same(before, after):
    """Whether two cells are the same, or one number however it is written."""
    try:
        return _float(before) == _float(after)
    except ValueError:
        return before == after


def _shown(cell):
    return repr(cell[:40] + " …" * (len(cell) > 40)) if cell else "nothing"


def _title(name):
    return f"{NAME}: {name.replace('check_', 'step ').replace('_', ' ')}"


def _highest(names):
    return {_title(name): number(score) for name, score in names.items()} | {TOTAL: number(sum(names.values()))}


def _known(title, columns):
    """Return a title as the platform has it, with its number behind it, or as it is."""
    return next((column for column in columns if re.fullmatch(re.escape(title) + r"( \(\d+\))?", column)), title)
