"""nbgrader's exchange: what is collected from it.

Everybody may write into its inbound folder, in their own name or in another, and nbgrader's own collector follows the
links that lie there, with the rights of whoever grades; one name or file that it cannot read ends it for the class.
"""

import fcntl
import fnmatch
import os
import pwd
import shutil
import stat
import time
from collections import namedtuple
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from itertools import islice
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import check_mode

from grading.lab import lab, use
from grading.shown.text import printable
from grading.submission import received, timestamp
from grading.submission.kinds import listed

KB, CHUNK = 1000, 2 ** 20      # bytes, as nbgrader counts its limits, and as files are copied
HANDED_IN, SETTLED = 0o777, 60  # the rights that nbgrader gives a submission at the end, and seconds to wait for that
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_NONBLOCK
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
HandedIn = namedtuple("HandedIn", "student path time owner")


class Collect(ExchangeCollect):
    """Collect what was handed in, each by itself: links stay links, and what cannot be read costs nobody else anything.

    Of several of a student's, one that the student owns on this machine goes before one that somebody else laid there.

    Attributes
    ----------
    again : bool
        Whether something is to be tried again: it was still being handed in, or could not be copied.
    """

    again = False

    def init_src(self):
        """Find what is to be collected of each student; called by nbgrader."""
        if not self.coursedir.course_id:
            self.fail("No course id specified. Re-run with --course flag.")
        self.inbound_path = os.path.join(self.root, self.coursedir.course_id, "inbound")
        if not os.path.isdir(self.inbound_path):
            self.fail(f"Course not found: {self.inbound_path}. nbgrader release_assignment makes it.")
        if not check_mode(self.inbound_path, read=True, execute=True):
            self.fail(f"You don't have read permissions for the directory: {self.inbound_path}")
        due = self._due()
        self.src_records = [self._chosen(student, found, due) for student, found in sorted(self._found().items())]

    def copy_files(self):
        """Copy each to submitted/; called by nbgrader."""
        name, course = self.coursedir.assignment_id, self.coursedir.course_id
        if not self.src_records:
            self.log.warning("No submissions of '%s' for course '%s' to collect", name, course)
            return
        self.log.info("Processing %d submissions of '%s' for course '%s'", len(self.src_records), name, course)
        with _alone(Path(self.coursedir.format_path(self.coursedir.submitted_directory, ".", "."))):
            for one in self.src_records:
                target = Path(self.coursedir.format_path(self.coursedir.submitted_directory, one.student, name))
                try:
                    self._collect(one, target)
                except OSError as error:
                    self.again = True
                    self.log.error("The submission of %s could not be collected (%s). What was collected of it before "
                                   "is still there; collect again, or copy %s to %s", printable(one.student),
                                   error.strerror or error, printable(one.path), printable(str(target)))

    def _due(self):
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook, suppress(MissingEntry):
            return gradebook.find_assignment(self.coursedir.assignment_id).duedate

    def _found(self):
        """Return what lies in the inbound folder, by student."""
        begins, found, passed_over = f"+{self.coursedir.assignment_id}+", {}, []
        with os.scandir(self.inbound_path) as entries:
            for entry in entries:
                student, within, rest = entry.name.rpartition(begins)
                if not within or not fnmatch.fnmatchcase(student, self.coursedir.student_id or "*"):
                    continue
                try:
                    status = entry.stat(follow_symlinks=False)
                except OSError:
                    status = None
                if status is None or not stat.S_ISDIR(status.st_mode) or not student or student.startswith("."):
                    passed_over.append(printable(entry.name))
                elif status.st_mode & HANDED_IN != HANDED_IN and abs(time.time() - status.st_mtime) < SETTLED:
                    self.again = True
                    self.log.warning("%s is still being handed in: collect again in a minute", printable(entry.name))
                else:
                    found.setdefault(student, []).append(
                        HandedIn(student, entry.path, self._when(rest, status), owner(status)))
        if passed_over:
            self.log.warning("Nothing that nbgrader handed in, and passed over in %s: %s", self.inbound_path,
                             listed(sorted(passed_over)))
        return found

    def _when(self, said, status):
        """Return when something was handed in, from the end of its folder's name; else from the folder itself.

        The name ends with the time, or with that and a random part.
        """
        for text in (said, said.rpartition("+")[0]):
            found = self._local(text) or timestamp.when(os.fsencode(text))
            if found:
                return found
        self.log.warning("%s is no time that can be read: that of its folder was taken", printable(said))
        return datetime.fromtimestamp(status.st_mtime, timezone.utc).replace(tzinfo=None)

    def _local(self, text):
        """Return the time that a text says in the course's own format and zone, or None."""
        text, naive = text[:timestamp.LONGEST].strip(), self.timestamp_format.replace("%Z", "").strip()
        words, _, name = text.rpartition(" ")
        for said, zone in ((text, None), (words, name)):
            with suppress(ValueError, OverflowError):
                at = datetime.strptime(said, naive)
                at = at if at.tzinfo else at.replace(tzinfo=timestamp.zone(self.timezone))
                if zone in (None, at.tzname()):
                    return at.astimezone(timezone.utc).replace(tzinfo=None)
        return None

    def _chosen(self, student, found, due):
        """Return which of a student's counts: the newest, in time where nbgrader is asked for that."""
        own = [one for one in found if self._is_own(one)]
        for one in found:
            if not self._is_own(one):
                self.log.warning("%s claims to be submitted by %s but is owned by %s; cheating attempt? %s",
                                 printable(one.path), printable(student), printable(one.owner),
                                 "It was passed over: there is one that they own." if own else
                                 "It is taken until there is one that they own: ask them. Where the exchange makes all "
                                 "files one user's, c.ExchangeCollect.check_owner = False leaves this out.")
        candidates = own or found
        in_time = [one for one in candidates if self.before_duedate and due and one.time <= due]
        return max(in_time or candidates, key=lambda one: one.time)

    def _is_own(self, one):
        """Whether a student handed it in, or whoever collects did for them."""
        return not self.check_owner or one.owner in (one.student, _name(os.getuid()))

    def _collect(self, one, target):
        foreign = target.with_name(f".{target.name}.by-somebody-else")      # what is there was
        if os.path.lexists(target):
            there = received.read("", target).timestamp
            newer = self.update and (there is None or one.time > there or foreign.exists() and self._is_own(one))
            if not newer and not (self.before_duedate and there != one.time):
                self.log.info("%s: %s %s", "No newer submission to collect" if self.update else
                              "Submission already exists, use --update to update", printable(one.student),
                              self.coursedir.assignment_id)
                return
        self.log.info("Collecting submission: %s %s", printable(one.student), self.coursedir.assignment_id)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not self._is_own(one):
            foreign.touch()
        self.do_copy(one.path, target, one.time)
        if self._is_own(one):                           # and not before: a copy can fail
            foreign.unlink(missing_ok=True)

    def do_copy(self, src, dest, when):
        """Copy what was handed in; it is in place whole, or what was there before is."""
        aside, before = (Path(dest).with_name(f".{Path(dest).name}.{what}") for what in ("collecting", "before"))
        for path in (aside, before):
            shutil.rmtree(path, ignore_errors=True)
        use(self.config)
        left_out = copy(src, aside, self.coursedir, links=self.coursedir.assignment_id == lab().name)
        time_file = aside / timestamp.NAME          # as the name has it: what stands there may be anything
        with suppress(FileNotFoundError):
            shutil.rmtree(time_file) if time_file.is_dir() and not time_file.is_symlink() else time_file.unlink()
        time_file.write_bytes(timestamp.written(when))
        with suppress(FileNotFoundError):
            os.rename(dest, before)
        os.rename(aside, dest)
        if before.is_symlink() or before.is_file():
            before.unlink()
        shutil.rmtree(before, ignore_errors=True)
        if left_out:
            self.log.warning("Not collected of %s: %s", printable(str(src)), printable(listed(sorted(left_out))))


def copy(source, target, limits, links=True):
    """Copy a folder in which nothing can be trusted; return the paths of what could not be copied.

    Devices are not copied, nor files of another owner than the folder's.

    Parameters
    ----------
    source, target : path-like
        The second does not exist yet.
    limits : nbgrader.coursedir.CourseDirectory
        Has the names to ignore and to take, the bytes of a file and of all, and whether a group shares the course.
    links : bool
        Whether links are copied, as links: grading names them then. nbgrader, which grades other assignments, follows
        them.

    Raises
    ------
    OSError
        The folder is none, or could not be written.
    """
    opened = os.open(source, FOLDER)
    copied = _Copied(limits, os.fstat(opened).st_uid, links)
    copied.folder(opened, Path(target), "")
    return copied.left_out


class _Copied:
    """How much of a submission is copied."""

    def __init__(self, limits, owner, links):
        self.limits, self.links, self.owners, self.left_out = limits, links, (owner, os.getuid()), []
        self.left, self.entries = KB * limits.max_dir_size, received.NAMED
        self.largest = KB * limits.max_file_size or self.left
        self.shared = 0o2770 if limits.groupshared else 0

    def folder(self, opened, target, inside):
        """Copy an open folder, and close it."""
        try:
            target.mkdir()
            if self.shared:
                target.chmod(target.stat().st_mode | self.shared)
            with os.scandir(opened) as found:
                names = sorted(entry.name for entry in islice(found, self.entries + 1))
            for name in names:
                if self.entries == 0:
                    self.left_out.append(f"{inside}…, of too many files")
                    return
                self.entries -= 1
                if not _matches(name, self.limits.ignore) and not self._entry(opened, name, target, inside):
                    self.left_out.append(inside + name)
        finally:
            os.close(opened)

    def _entry(self, folder, name, target, inside):
        """Copy what has a name in an open folder; return whether it could be read."""
        try:
            status = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if stat.S_ISLNK(status.st_mode) and self.links:
                leads = os.readlink(name, dir_fd=folder)
            elif stat.S_ISDIR(status.st_mode) and inside.count("/") < received.DEEPEST:
                opened = os.open(name, FOLDER, dir_fd=folder)
            elif stat.S_ISREG(status.st_mode) and _matches(name, self.limits.include):
                opened = os.open(name, FILE, dir_fd=folder)
                status = os.fstat(opened)
            else:
                return False
        except OSError:
            return False
        if stat.S_ISLNK(status.st_mode):
            os.symlink(leads, target / name)
        elif stat.S_ISDIR(status.st_mode):
            self.folder(opened, target / name, f"{inside}{name}/")
        else:
            with open(opened, "rb") as file:
                return self._file(file, status, target / name)
        return True

    def _file(self, file, status, target):
        """Copy an open file, as far as it was long when it was looked at; return whether it may be."""
        size = status.st_size
        if not stat.S_ISREG(status.st_mode) or status.st_uid not in self.owners or size > min(self.left, self.largest):
            return False
        self.left -= size
        with open(target, "xb") as written:
            while size and (some := file.read(min(size, CHUNK))):
                written.write(some)
                size -= len(some)
            if self.shared:
                os.fchmod(written.fileno(), os.fstat(written.fileno()).st_mode | self.shared & 0o660)
        return True


@contextmanager
def _alone(folder):
    """Let nobody else collect into a folder meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    opened = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):                     # some network file systems know no locks
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def _matches(name, patterns):
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def owner(status):
    """Return the name of whoever owns a file, by its status."""
    return _name(status.st_uid)


def _name(user):
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"
