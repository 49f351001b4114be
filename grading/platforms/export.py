"""Grades for a learning platform, as nbgrader's export plugins: Canvas, Moodle and plain CSV.

Nothing is written unless all is certain: each submission has its row, found by `roster`, and each answer a mark.
"""

import re
from pathlib import Path

from nbgrader.api import MissingEntry
from nbgrader.plugins import ExportPlugin
from traitlets import Any, Bool, Unicode, default

from grading.course.classroom import Classroom
from grading.course.commands import NOT_RELEASED
from grading.lab import lab
from grading.pages.csv_file import Style, harmless, number, write
from grading.platforms.roster import OURS, ExportRefused, Roster, in_words
from grading.shown.text import plain
from grading.submission.kinds import listed
from grading.submission.outcome import GONE, NOT_GRADABLE, Row
from helpers.kit.verdict import how_many

NAME = "Lab 6"
TOTAL = f"{NAME}: total"


class Csv(ExportPlugin):
    """A table of the class: a row for each submission; a column for each step, each answer, the total and lateness.

    ``to`` is the file to write, as in nbgrader's own exporter.
    """

    target, empty = "grades.csv", ""
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
        submissions, highest = self._find(gradebook)
        rows = {row.student: row for row in self.room.rows()}
        rows = {one.student.id: rows.get(one.student.id) or Row(one.student.id) for one in submissions}
        marks = {submission.student.id: self._cells(submission, highest) for submission in submissions}
        table, style, said = self.table([submission.student for submission in submissions], marks, _highest(highest),
                                        rows)
        write(self.to or self.target, table, style)
        told = [f"Wrote {how_many(len(marks), 'submission')} to {self.to or self.target}.", said]
        for what, who in (
                (NOT_GRADABLE, [student for student, row in rows.items() if row.problem]),
                ("Late", [f"{student} ({row.lateness.removeprefix('Late ')})" for student, row in rows.items()
                          if row.late]),
                (GONE, [student for student, row in rows.items() if GONE in row.flags])):
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
                                f"would count as 0, or were graded again since: {', '.join(waiting)}. Mark them in the "
                                "formgrader (Resolve keeps a mark), or leave them and totals empty with --unmarked.")

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
        table = list(self.lay_out(roster, theirs, marks, highest, way[0]))
        return table, roster.style, f"Matched {in_words(way)}." + (
            f" In {roster.path} but without a submission, and so left out: {'; '.join(absent)}." if absent else "")


class Canvas(Platform):
    """For Canvas, Grades > Import: the columns of its own export, and one for each step, answer and the total.

    Canvas finds people by "ID", and creates an assignment for each column that it does not know. A column that is
    in the roster already keeps its name, with Canvas's number in it.
    """

    target = "grades-canvas.csv"
    keys, must, skip = ["SIS User ID", "SIS Login ID", "ID"], "ID", ("", "Points Possible")
    own = ["Student", "LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account",
           "Section"]

    def lay_out(self, roster, rows, marks, highest, key):
        """Yield the header, the points possible, and a row for each student."""
        own = [column for column in roster.columns if column in self.own]
        if own[-1] != "Section":
            raise ExportRefused(f"{roster.path} has no column 'Section', which Canvas asks for. Export it again.")
        yield own + [_known(title, roster.columns) for title in highest]
        yield ["    Points Possible", *[""] * (len(own) - 1), *highest.values()]
        for student, row in rows.items():
            if not re.fullmatch("[0-9]+", row["ID"].strip()):
                why = " A spreadsheet has rounded it: export the file again, and do not save it in one." \
                    if re.fullmatch(r"[0-9.,]+E\+?[0-9]+", row["ID"].strip(), re.IGNORECASE) else ""
                raise ExportRefused(f"{student}: the ID in {roster.path} is {row['ID'][:40]!r}, no number of Canvas."
                                    f"{why}")
            # Canvas reads a row of that name as the points possible; it finds people by ID.
            cells = [harmless(row[column].replace("Points Possible", "Points-Possible")) for column in own]
            yield [*cells, *marks[student].values()]


class Moodle(Platform):
    """For Moodle, Grades > Import > CSV file: what says who a row is, and one column for each grade.

    The roster is a grading worksheet, an exported gradebook or a list of participants.
    """

    target = "grades-moodle.csv"
    empty = "-"         # Moodle's own sign for no grade
    keys, must = ["ID number", "Username", "Email address", "Identifier"], "Email address"
    own = ["Identifier", "Full name", "First name", "Last name", "Surname", "ID number", "Username", "Email address"]

    def lay_out(self, roster, rows, marks, highest, key):
        """Yield the header and a row for each student."""
        own = [column for column in roster.columns if column in self.own]
        yield [*own, *highest]
        for student, row in rows.items():
            if harmless(row[key]) != row[key]:
                raise ExportRefused(f"{student}: {key!r} in {roster.path} is {row[key][:40]!r}, which a spreadsheet "
                                    "would run as a formula and Moodle would not find if it were changed. Correct it "
                                    "in Moodle, or go by another column with --by.")
            yield [*(harmless(row[column]) for column in own), *marks[student].values()]


def _title(name):
    return f"{NAME}: {name.replace('check_', 'step ').replace('_', ' ')}"


def _highest(names):
    return {_title(name): number(score) for name, score in names.items()} | {TOTAL: number(sum(names.values()))}


def _known(title, columns):
    """Return a title as the platform has it, with its number behind it, or as it is."""
    return next((column for column in columns if re.fullmatch(re.escape(title) + r"( \(\d+\))?", column)), title)
