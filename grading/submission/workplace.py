"""A course for one submission: laid out on any machine, used once, and thrown away."""

import copy
import warnings
import zlib
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from nbgrader.api import Base
from nbgrader.apps import NbGraderAPI
from sqlalchemy import insert
from sqlalchemy.exc import SAWarning

from grading.lab import lab
from grading.shown import given
from grading.shown.html import TEMPLATES

warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")    # SQLAlchemy's advice to its authors


@contextmanager
def course_for_one(assignment):
    """Yield the folder of a new course that knows the assignment, and nbgrader in it."""
    with TemporaryDirectory(prefix="lab6-") as name:
        folder = Path(name).resolve()
        (folder / "gradebook.db").write_bytes(zlib.decompress(assignment.gradebook))
        lay_out(folder / "source" / lab().name, assignment.sources)
        config = copy.deepcopy(assignment.config)
        config.CourseDirectory.root = str(folder)
        config.NbGraderAPI.log_level = "ERROR"
        config.HTMLExporter.extra_template_basedirs = TEMPLATES     # of this machine
        yield folder, NbGraderAPI(config=config)


def add(gradebook, rows):
    """Add rows to the gradebook: the values by column, by table."""
    if given.MARKS.name in rows:
        given.TABLES.create_all(gradebook.db.connection())
    for table in (*Base.metadata.sorted_tables, given.MARKS):
        if rows.get(table.name):
            gradebook.db.execute(insert(table), rows[table.name])


def last_line(result):
    """Return the last line of what nbgrader said when it failed."""
    lines = [line for line in (result.get("log", "") + result.get("error", "")).split("\n") if line.strip()]
    return lines[-1].strip()[:200] if lines else "without a word"


def lay_out(folder, files):
    """Write files, by path, to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def files_in(folder):
    """Return the files of the only submission in a folder, by path."""
    place, = folder.glob(f"*/{lab().name}")
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in sorted(place.rglob("*"))
            if path.is_file()}
