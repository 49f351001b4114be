"""The assignment as a task takes it along: what nbgrader needs to grade one submission, on any machine."""

import copy
import hashlib
import os
import zlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbgrader.api import Base
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import find_all_files
from sqlalchemy import create_engine, insert, select
from traitlets.config import Config

from grading.lab import PACKAGE, lab, packages

OF_STUDENTS = ("student", "submitted_assignment", "submitted_notebook", "grade", "comment")


@dataclass(frozen=True)
class Assignment:
    """What nbgrader needs to grade one submission.

    Parameters
    ----------
    config : traitlets.config.Config
        The course's, without its folders, hooks and late penalties, which are the coordinator's.
    gradebook : bytes
        A SQLite file that knows the assignment, and no student, compressed by zlib: each call brings it along.
    sources : dict of str to bytes
        Files that come with the assignment, and the source notebook without outputs, by path.
    version : str
        Of the code that grades.
    """

    config: Config
    gradebook: bytes = field(repr=False)
    sources: dict = field(repr=False)
    version: str


def pack(api, gradebook):
    """Pack the assignment of a course.

    Parameters
    ----------
    api : nbgrader.apps.NbGraderAPI
    gradebook : nbgrader.api.Gradebook
    """
    with TemporaryDirectory(prefix="lab6-") as folder:
        path = Path(folder, "gradebook.db")
        blank = create_engine(f"sqlite:///{path}")
        Base.metadata.create_all(blank)
        with blank.begin() as connection:
            for table in Base.metadata.sorted_tables:
                rows = gradebook.db.execute(select(table)).mappings().all()
                if rows and table.name not in OF_STUDENTS:
                    connection.execute(insert(table), [dict(row) for row in rows])
        blank.dispose()
        return Assignment(_config(api), zlib.compress(path.read_bytes()), sources(api.coursedir), version())


@cache
def version():
    """Return a hash of the code that grades: two machines with the same grade alike."""
    return hash_of(*packages(), PACKAGE)


def hash_of(*packages):
    """Return a hash of the code in some folders."""
    found = hashlib.sha256()
    for package in packages:
        for path in sorted((*package.rglob("*.py"), *package.rglob("*.j2"))):
            if ".ipynb_checkpoints" in path.parts:
                continue
            found.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _config(api):
    config, coursedir = copy.deepcopy(api.config), api.coursedir
    config.CourseDirectory = Config(course_id=coursedir.course_id, groupshared=coursedir.groupshared,
                                    ignore=list(coursedir.ignore))
    for hook in ("pre_convert_hook", "post_convert_hook"):
        config.Autograde.pop(hook, None)
        config.GenerateFeedback.pop(hook, None)
    config.Autograde.autograde_preprocessors = [one for one in config.Autograde.autograde_preprocessors
                                                if one is not AssignLatePenalties]
    return config


def sources(coursedir):
    """Return the files that nbgrader copies to each submission, and the source notebook, which it does not."""
    folder = coursedir.format_path(coursedir.source_directory, ".", lab().name)
    found = {os.path.relpath(path, folder): Path(path).read_bytes()
             for path in find_all_files(folder, [*coursedir.ignore, "*.ipynb"])}
    notebook = Path(folder, lab().file)
    return {**found, lab().file: _without_outputs(notebook)} if notebook.exists() else found


def _without_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    return nbformat.writes(notebook).encode()
