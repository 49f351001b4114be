"""How fast a class of honest submissions is graded: by stock nbgrader, and here with one worker and with two."""

import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import corpus
import nbformat
from corpus import FILE, NOTEBOOK
from nbformat.v4 import new_code_cell

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
        self.clients = {workers: self.opened.enter_context(executors.connect(workers=workers)) for workers in (1, 2)}
        for workers in self.clients:
            self.with_workers(workers)
        return self

    def __exit__(self, *error):
        self.opened.close()

    @contextmanager
    def fresh(self):
        """Yield the folder of a copy of the course, in which nobody was graded yet."""
        with tempfile.TemporaryDirectory() as name:
            yield shutil.copytree(self.ours, Path(name) / "course")

    def until_the_first_cell(self):
        """Return the seconds from the command to the first cell of a student's that is run."""
        with self.fresh() as course:
            for submission in (course / "submitted").iterdir():
                notebook = nbformat.read(submission / NOTEBOOK / FILE, as_version=4)
                notebook.cells.insert(0, new_code_cell("import time\nprint(f'{time.time():.3f}')"))
                nbformat.write(notebook, submission / NOTEBOOK / FILE)
            start = time.time()
            subprocess.run([sys.executable, "-m", "grading", "grade"], cwd=course, check=True, capture_output=True)
            return min(float(cell.outputs[0].text) for path in course.glob(f"autograded/*/{NOTEBOOK}/{FILE}")
                       for cell in nbformat.read(path, as_version=4).cells[:1]) - start

    def with_stock(self, course, command="autograde", makes="autograded"):
        """Return the seconds that a command of nbgrader takes for a submission, to make a folder anew."""
        shutil.rmtree(course / makes, ignore_errors=True)
        start = time.perf_counter()
        nbgrader(command, NOTEBOOK, course=course)
        return (time.perf_counter() - start) / SIZE

    def with_workers(self, workers):
        """Return the seconds that a submission takes here, feedback included."""
        students = [f"s{number}" for number in range(SIZE)]
        with self.fresh() as course:
            room, start = Classroom(course), time.perf_counter()
            rows = [row for row, _ in coordinator.grade_all(room, self.clients[workers], students)]
            took = time.perf_counter() - start
        if [row.total for row in rows] != [10.0] * SIZE:
            raise RuntimeError(f"honest submissions lost points, so their time means nothing: {rows}")
        return took / SIZE


def honest(further=False):
    """Return a finished notebook, with or without its ungraded end."""
    return corpus.submission(corpus.SOLVED, further=further)
