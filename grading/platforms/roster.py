"""The rows of a learning platform's CSV file, and which of them belongs to whom in the gradebook.

A grade given to the wrong person is worse than none. So one way of matching, such as the gradebook's id with the
platform's "SIS User ID", must find one row for everybody; it is never mixed with another.
"""

import codecs
import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from grading.pages.csv_file import Style

LARGEST = 20_000_000    # bytes; a course of 10,000 with 50 columns has about 5 million
LONGEST = 1000          # characters of a cell that are compared
OURS = "Student ID"     # a column of the tables that are written here for people
SEPARATOR = re.compile(r"sep=([,;\t])[^\r\n]*(?=[\r\n])", re.IGNORECASE)
ATTRIBUTES = ("id", "email")


class ExportRefused(ValueError):
    """No file was written. The message says why, whom it concerns, and what to do."""


@dataclass(frozen=True)
class Roster:
    """A CSV file of a platform.

    Parameters
    ----------
    path : pathlib.Path
    columns : list of str
        The header.
    rows : list of dict of str to str
        All of a row's cells, by column.
    style : grading.pages.csv_file.Style
        How it is written: what goes back to the platform is written alike.
    """

    path: Path
    columns: list
    rows: list
    style: Style

    @classmethod
    def read(cls, path, column, skip=()):
        """Read a CSV file in UTF-8, or the UTF-16 of spreadsheets, separated by commas, semicolons or tabs.

        Parameters
        ----------
        path : path-like
        column : str
            One that the platform always writes.
        skip : container of str
            Rows whose first cell, stripped, is in it are not people.

        Raises
        ------
        ExportRefused
            The file cannot be read as such a table.
        """
        path = Path(path)
        table, style = read_table(path)
        columns = [cell.strip() for cell in table[0]] if table else []
        if OURS in columns:
            raise ExportRefused(f"{path} is a table that lab6 export has written, and not the platform's file. "
                                "Download that, and name it with --roster.")
        if column not in columns:
            raise ExportRefused(f"{path} has no column {column!r} in its first line, only {_some(columns)}. Download "
                                "the file again, with the platform in English, and name it with --roster, unchanged.")
        if double := sorted({name for name in columns if name and columns.count(name) > 1}):
            raise ExportRefused(f"{path} has two columns named {double[0]!r}, so nobody can tell which is meant. "
                                "Rename or remove one of them.")
        rows = [dict(zip(columns, row + [""] * len(columns))) for row in table[1:] if any(map(str.strip, row))]
        return cls(path, columns, [row for row in rows if row[columns[0]].strip() not in skip], style)

    def match(self, students, columns):
        """Find the row of each student.

        Parameters
        ----------
        students : list
            With ``id`` and ``email``, as nbgrader's gradebook has them.
        columns : list of str
            Those that may say who a row is, the most reliable first.

        Returns
        -------
        found : dict of str to dict
            A row by student id.
        way : (str, str)
            Which column was compared with which of ``id`` and ``email``.

        Raises
        ------
        ExportRefused
            Somebody has no row, or more than one, or shares it, or two ways that find everybody disagree.
        """
        answers = {(column, attribute): self._by(students, column, attribute)
                   for column in columns if column in self.columns for attribute in ATTRIBUTES}
        if not answers:
            raise ExportRefused(f"{self.path} has no column that says who a row is ({', '.join(columns)}).")
        best = max(answers, key=lambda way: _certain(answers[way]))
        self._refuse_doubt(answers[best], best)
        for way, answer in answers.items():
            if _certain(answer) == len(answer):
                self._refuse_contradiction(answers[best], best, answer, way)
        return {student: rows[0] for student, rows in answers[best].items()}, best

    def _by(self, students, column, attribute):
        """Return all rows of each student by one way of matching."""
        rows = {}
        for row in self.rows:
            rows.setdefault(key_of(row[column], column), []).append(row)
        rows.pop("", None)
        return {student.id: rows.get(key_of(getattr(student, attribute)), []) for student in students}

    def _refuse_doubt(self, answer, way):
        """Raise where somebody has no row, several, or one together with somebody else."""
        owners = {}
        for student, rows in answer.items():
            for row in rows:
                owners.setdefault(id(row), []).append(student)
        trouble = [f"  {student}: no such row" for student, rows in answer.items() if not rows]
        trouble += [f"  {student}: {len(rows)} rows" for student, rows in answer.items() if len(rows) > 1]
        trouble += [f"  {' and '.join(shared)}: the same row" for shared in owners.values() if len(shared) > 1]
        if trouble:
            raise ExportRefused(
                f"nothing was written, because not everybody who handed in has one row in {self.path}. Best matched "
                f"{in_words(way)}:\n" + "\n".join(trouble) + "\nDownload the file from the platform again if it is "
                "old, or give these students in the gradebook the platform's id or e-mail "
                "(nbgrader db student add ID --email ADDRESS). Leave out somebody who has left with "
                "c.CourseDirectory.student_id_exclude = \"ID\" in nbgrader_config.py, or remove them and their grades: "
                "nbgrader db student remove ID --force")

    def _refuse_contradiction(self, one, way, other, other_way):
        """Raise where two ways that both find everybody give somebody two different rows."""
        if crossed := [student for student in one if one[student][0] is not other[student][0]]:
            raise ExportRefused(f"nothing was written, because {in_words(way)} and {in_words(other_way)} give other "
                                f"rows of {self.path} to {', '.join(crossed)}. Say which column to go by with --by.")


def key_of(value, column=""):
    """Return what is compared: without case, outer space or ways to write an accent; "Participant 7" is 7."""
    value = unicodedata.normalize("NFC", (value or "")[:LONGEST]).strip().casefold()
    return re.sub(r"^\D*(?=\d+$)", "", value) if column == "Identifier" else value


def in_words(way):
    """Say how rows were matched."""
    return f"by {way[0]!r} and the gradebook's {way[1]}"


def _certain(answer):
    """Return how many students have exactly one row."""
    return sum(len(rows) == 1 for rows in answer.values())


def read_table(path):
    """Return the lines of a CSV file, the first with something in it on top, and how it is written."""
    try:
        if path.stat().st_size > LARGEST:
            raise ExportRefused(f"{path} has more than {LARGEST:,} bytes: that is no list of a course.")
        content = path.read_bytes()
        wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = content.decode("utf-16" if wide else "utf-8-sig").lstrip("\r\n")
        said = SEPARATOR.match(text)                    # a line for Excel alone, which it may write itself
        text = text[said.end():].lstrip("\r\n") if said else text
        separator = said[1] if said else max(",;\t", key=re.split("[\r\n]", text, maxsplit=1)[0].count)
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        style = Style(separator, for_people=False, mark=content.startswith(codecs.BOM_UTF8))
        return table[next((i for i, row in enumerate(table) if any(map(str.strip, row))), 0):], style
    except OSError as error:
        raise ExportRefused(f"{path} cannot be read: {error.strerror}.") from None
    except (UnicodeDecodeError, csv.Error):
        raise ExportRefused(f"{path} is not a CSV file in UTF-8. Download it as CSV again; if a spreadsheet saved it, "
                            "save it as 'CSV UTF-8'.") from None


def _some(columns):
    return ", ".join(repr(column[:40]) for column in columns[:6]) or "nothing"
