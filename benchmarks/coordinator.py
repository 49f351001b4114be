"""What the coordinator does for a submission, with execution replaced by a stub: its share of a large class."""

import pickle
import resource
import shutil
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import nbformat
import psutil
from corpus import FILE, NOTEBOOK

from benchmarks.classes import honest
from grading.course import coordinator, executors
from grading.course.classroom import Classroom
from grading.course.commands import new_course
from grading.submission import task


class Stub:
    """Tasks that give what was made once, from a file, for whoever it is."""

    def __init__(self, path):
        self.path = path

    def grade(self, submission, assignment, is_fresh):
        """Return the same for every submission."""
        return pickle.loads(self.path.read_bytes())


def measure(submissions, finished=lambda: None):
    """Grade a class with a stub on two workers.

    Parameters
    ----------
    submissions : int
        At least 100.
    finished : callable
        Called after each.

    Returns
    -------
    dict
        ``per_second``; ``cpu``, seconds of this process for a submission; ``notebook``, bytes saved for each; and
        ``memory``, MiB of this process after a tenth of the class and at its end.
    """
    with tempfile.TemporaryDirectory() as name:
        course = Path(name)
        new_course(course)
        first = course / "submitted" / "s00000" / NOTEBOOK
        first.mkdir(parents=True)
        nbformat.write(honest(), first / FILE)
        room = Classroom(course)
        handed_in, assignment = room.submission("s00000"), room.assignment()
        graded = task.grade(handed_in, assignment, True)
        for number in range(1, submissions):
            shutil.copytree(first, course / "submitted" / f"s{number:05}" / NOTEBOOK)
        (course / "made").write_bytes(pickle.dumps(graded))
        return {**_time(room, Stub(course / "made"), finished), "notebook": len(graded.files[FILE])}


def _time(room, stub, finished):
    students, memory, done = room.students(), [], 0
    tasks = SimpleNamespace(grade=stub.grade)
    with executors.connect(workers=2) as client:
        began, cpu = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
        for _ in coordinator.grade_all(room, client, students, tasks):
            finished()
            done += 1
            if done in (len(students) // 10, len(students)):
                memory.append(round(psutil.Process().memory_info().rss / 2 ** 20))
        took, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime - cpu.ru_utime - cpu.ru_stime
    return {"per_second": round(len(students) / took, 1), "cpu": round(spent / len(students), 4), "memory": memory}
