"""Grading on submit: what comes into the exchange or submitted/ is graded as it comes, with a receipt.

It notes nothing of its own: what is due says the gradebook, so that a watcher that was killed goes on. It has the
course for itself only while it works.
"""

import logging
import os
import stat
import time
from contextlib import suppress
from itertools import islice
from pathlib import Path

from nbgrader.exchange import ExchangeError
from nbgrader.utils import temp_attrs
from sqlalchemy.exc import OperationalError

from grading.course import coordinator, extensions, receipts
from grading.course.classroom import Busy
from grading.course.run import each, warn, write_report
from grading.lab import lab
from grading.pages import terminal
from grading.shown.text import printable
from grading.submission.kinds import listed
from helpers.kit.verdict import how_many

FILES = 2_000       # files of a submission whose times are looked at: more are not graded


class Watcher:
    """What a watcher has seen.

    Parameters
    ----------
    room : grading.course.classroom.Classroom
    workers, scheduler
        See `grading.course.executors.connect`.
    release : bool
        Whether feedback is released into nbgrader's exchange at once.
    """

    def __init__(self, room, workers=None, scheduler=None, release=False):
        self.room, self.workers, self.scheduler, self.release = room, workers, scheduler, release
        self.console, self.inbound, self.seen, self.done, self.said = terminal.console(), None, {}, {}, ""
        self.log = logging.Logger("lab6 watch", logging.WARNING)
        self.log.addHandler(_Said(self._say))

    def watch(self, every):
        """Look again and again, until somebody stops it."""
        self._begin()
        self._say(f"Watching {self.room.folder}, every {every:g} s. Stop it with Ctrl-C; started again, it goes on.")
        while True:
            self.look()
            time.sleep(every)

    def once(self):
        """Grade what is there, without waiting for more; return the exit status of `lab6 grade`.

        Raises
        ------
        grading.course.classroom.Busy
            Somebody else works in the course.
        """
        self._begin()
        return 1 if self._work(settled=True) else 0

    def look(self):
        """Grade what has come and is whole: what has not changed since the last look; return as `coordinator` does.

        While somebody else works in the course, or in the gradebook, nothing is done.
        """
        try:
            return self._work()
        except Busy as error:
            self._say(f"Waiting: {error}", once=True)
        except OperationalError as error:
            self._say(f"Waiting for the gradebook: {error.orig}", once=True)
        return []

    def _work(self, settled=False):
        """Grade what is there; return the rows that need a person."""
        with self.room.alone():
            self._collect()
            extensions.apply(self.room)
            return self._grade(self._ready(settled))

    def _begin(self):
        with self.room.alone():
            if not self.room.is_released():
                self.room.register()
            warn(self.room, self.console, self.scheduler)
            receipts.make_key(self.room)
            self.room.records.tidy(self.room.students())

    def _collect(self):
        """Collect from nbgrader's exchange, where something is new in there."""
        coursedir = self.room.api.coursedir
        exchange = self.room.api.exchange.Collect(coursedir=coursedir, parent=self.room.api, log=self.log, update=True)
        inbound, begins = Path(getattr(exchange, "root", ""), coursedir.course_id, "inbound"), f"+{lab().name}+"
        try:
            names = sorted(name for name in (os.listdir(inbound) if inbound.is_dir() else ()) if begins in name)
            if not names or names == self.inbound:
                return
            with temp_attrs(coursedir, assignment_id=lab().name), suppress(ExchangeError):      # whose words are logged
                exchange.start()
                self.inbound = None if getattr(exchange, "again", False) else names
        except OSError as error:
            self._say(f"The exchange cannot be read: {error}", once=True)

    def _ready(self, settled):
        """Return the students whose work was not looked at since it changed, and is not changing now."""
        now = {student: self._state(student) for student in self.room.students()}
        ready = [student for student, state in now.items() if self.done.get(student) != state
                 and (settled or self.seen.get(student) == state)]
        self.seen = now
        return ready

    def _grade(self, ready):
        due = [student for student, new in self.room.due(ready) if new]
        rows = each(self.room, self.console, "grading", due, coordinator.grade_all, self.workers, self.scheduler)
        lacking = [student for student in ready if self.room.records.lacks_feedback(student)]
        late = each(self.room, self.console, "writing feedback", lacking, coordinator.feedback_all, self.workers,
                    self.scheduler)
        told = sorted({*due, *lacking})
        if told:
            write_report(self.room, rows, late)
            self._say(f"Graded {how_many(len(due), 'submission')}: {listed(told)}.")
        troubled = [row for row in [*rows, *late] if terminal.needs(row)]
        for row in troubled:
            self._say(f"{row.student}: {' '.join(terminal.attention(row).splitlines()[:1])}")
        for student in told if self.release else ():
            self._release(student)
        self.done |= {student: self.seen[student] for student in ready}
        return troubled

    def _release(self, student):
        result = self.room.api.release_feedback(lab().name, student)
        if not result["success"]:
            self._say(f"The feedback of {student} cannot be released: "
                      f"{(result.get('error') or 'see nbgrader release_feedback').strip().splitlines()[-1]}")

    def _state(self, student):
        """Return what changes when a submission does: names, sizes and times of its files, or where a link leads."""
        folder = self.room.place(student)
        if os.path.islink(folder):
            return os.readlink(folder)
        found = []
        for path in islice(_paths(folder), FILES):
            with suppress(OSError):
                status = os.lstat(path)
                found.append((path, status.st_size, status.st_mtime_ns, stat.S_IFMT(status.st_mode)))
        return sorted(found)

    def _say(self, words, once=False):
        """Say something, and again only what is worth it."""
        if not (once and words == self.said):
            self.console.print(printable(words), highlight=False, markup=False, soft_wrap=True)
        self.said = words


class _Said(logging.Handler):
    """Says what a library warns of, each once."""

    def __init__(self, say):
        super().__init__()
        self.say, self.said = say, set()

    def emit(self, record):
        words = record.getMessage()
        if words not in self.said:
            self.said.add(words)
            self.say(words)


def _paths(folder):
    for above, folders, names in os.walk(folder):
        yield from (os.path.join(above, name) for name in [*folders, *names])
