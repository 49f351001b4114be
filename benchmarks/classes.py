"""How fast a class of honest submissions is graded: by stock nbgrader, and here with one worker and with two."""

import shutil
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import corpus
import nbformat
from corpus import FILE, NOTEBOOK

from grading.course import coordinator, executors
from grading.course.classroom import Classroom
from grading.course.commands import PATIENT, STOCK, nbgrader, new_course

SIZE = 12           # submissions of a class: in a small one, workers that wait for the last one count


class Classes:
    """The same class for lab6 and for stock nbgrader, and for the latter without the notebooks' ungraded end too.

    Used as a context. The clusters are started, and have graded once, before anything is measured: a class of hundreds
    pays for that once.
    """

    def __enter__(self):
        self.opened = ExitStack()
        folder = Path(self.opened.enter_context(tempfile.TemporaryDirectory()))
        self.stock, self.steps, self.ours = folder / "stock", folder / "steps", folder / "ours"
        for course in (self.stock, self.steps, self.ours):
            new_course(course)
            for number in range(SIZE):
                place = course / "submitted" / f"s{number}" / NOTEBOOK
                place.mkdir(parents=True)
                nbformat.write(honest(further=course != self.steps), place / FILE)
        for course in (self.stock, self.steps):
            (course / "nbgrader_config.py").write_text(STOCK + PATIENT)
        self.room = Classroom(self.ours)
        self.clients = {workers: self.opened.enter_context(executors.connect(workers=workers)) for workers in (1, 2)}
        for workers in self.clients:
            self.with_workers(workers)
        return self

    def __exit__(self, *error):
        self.opened.close()

    def with_stock(self, course, command="autograde", makes="autograded"):
        """Return the seconds that a command of nbgrader takes for a submission, to make a folder anew."""
        shutil.rmtree(course / makes, ignore_errors=True)
        start = time.perf_counter()
        nbgrader(command, NOTEBOOK, course=course)
        return (time.perf_counter() - start) / SIZE

    def with_workers(self, workers):
        """Return the seconds that a submission takes here, feedback included."""
        students = [f"s{number}" for number in range(SIZE)]
        start = time.perf_counter()
        rows = [row for row, _ in coordinator.grade_all(self.room, self.clients[workers], students)]
        took = time.perf_counter() - start
        if [row.total for row in rows] != [10.0] * SIZE:
            raise RuntimeError(f"honest submissions lost points, so their time means nothing: {rows}")
        return took / SIZE


def honest(further=False):
    """Return a finished notebook, with or without its ungraded end."""
    return corpus.submission(corpus.SOLVED, further=further)
