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
LATER = 600                 # seconds after its time that a submission may still change: clocks differ, and copies last
HandedIn = namedtuple("HandedIn", "student path time owner")

# What is said of what lies there, in one line for all that it holds for: anybody can lay thousands of names there.
PASSED_OVER = "Nothing that nbgrader handed in, and passed over"
NOT_WHOLE = "Still being handed in, so collect again in a minute"
NO_TIME = "No time can be read in the name, so that of the folder was taken"
FOREIGN = "Not owned by the student that it names; cheating attempt? Passed over: there is one that they own"
FOREIGN_ALONE = "Not owned by the student that it names; cheating attempt? Taken until there is one that they own: " \
    "ask them. Where the exchange makes all files one user's, c.ExchangeCollect.check_owner = False leaves this out"
CHANGED_LATER = "Changed after the time in its name, which nbgrader itself never does: that time may be invented, or " \
    "the work exchanged since. Compare it with the due date, and ask them"
NOT_COLLECTED = "Could not be collected; what was before is still there. Collect again, or copy it to submitted/"
LEFT_OUT = "Collected, but not all that lies there"


class Collect(ExchangeCollect):
    """Collect what was handed in, each by itself: links stay links, and what cannot be read costs nobody else anything.

    Of several of a student's, one that the student owns on this machine goes before one that somebody else laid there.

    Attributes
    ----------
    again : bool
        Whether something is to be tried again: it was still being handed in, or could not be copied.
    """

    again = False

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self._noticed = {}

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
        self.src_records = [self._chosen(found, due) for _, found in sorted(self._found().items())]
        self._say()

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
                    self._notice(NOT_COLLECTED, f"{os.path.basename(one.path)} ({error.strerror or error})")
        self._say()

    def _notice(self, what, name):
        self._noticed.setdefault(what, []).append(printable(name))

    def _say(self):
        """Say what was noticed, each in a line with the first names and how many there are."""
        for what, names in self._noticed.items():
            self.log.warning("%s (in %s): %s", what, self.inbound_path, listed(sorted(names)))
        self._noticed = {}

    def _due(self):
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook, suppress(MissingEntry):
            return gradebook.find_assignment(self.coursedir.assignment_id).duedate

    def _found(self):
        """Return what lies in the inbound folder, by student."""
        begins, found = f"+{self.coursedir.assignment_id}+", {}
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
                    self._notice(PASSED_OVER, entry.name)
                elif status.st_mode & HANDED_IN != HANDED_IN and abs(time.time() - status.st_mtime) < SETTLED:
                    self.again = True
                    self._notice(NOT_WHOLE, entry.name)
                else:
                    found.setdefault(student, []).append(
                        HandedIn(student, entry.path, self._when(entry.name, rest, status), owner(status)))
        return found

    def _when(self, name, said, status):
        """Return when something was handed in, from the end of its folder's name; else from the folder itself.

        The name ends with the time, or with that and a random part.
        """
        for text in (said, said.rpartition("+")[0]):
            found = self._local(text) or timestamp.when(os.fsencode(text))
            if found:
                return found
        self._notice(NO_TIME, name)
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

    def _chosen(self, found, due):
        """Return which of a student's counts: the newest, in time where nbgrader is asked for that."""
        own = [one for one in found if self._is_own(one)]
        for one in found:
            if not self._is_own(one):
                self._notice(FOREIGN if own else FOREIGN_ALONE, f"{os.path.basename(one.path)} (owned by {one.owner})")
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
        left_out, changed = copy(src, aside, self.coursedir, links=self.coursedir.assignment_id == lab().name)
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
            self._notice(LEFT_OUT, f"{os.path.basename(src)} without {listed(sorted(left_out))}")
        if changed - when.replace(tzinfo=timezone.utc).timestamp() > LATER:
            at = datetime.fromtimestamp(changed, timezone.utc)
            self._notice(CHANGED_LATER, f"{os.path.basename(src)} (changed at {at:%Y-%m-%d %H:%M} UTC)")


def copy(source, target, limits, links=True):
    """Copy a folder in which nothing can be trusted.

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

    Returns
    -------
    left_out : list of str
        The paths of what could not be copied.
    changed : float
        When the folder or something in it changed last, in seconds since 1970: by the clock of the machine that keeps
        it, which nobody who hands in can set.

    Raises
    ------
    OSError
        The folder is none, or could not be written.
    """
    opened = os.open(source, FOLDER)
    status = os.fstat(opened)
    copied = _Copied(limits, status.st_uid, links, status.st_ctime)
    copied.folder(opened, Path(target), "")
    return copied.left_out, copied.changed


class _Copied:
    """How much of a submission is copied."""

    def __init__(self, limits, owner, links, changed):
        self.changed = changed
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
            self.changed = max(self.changed, status.st_ctime)
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
