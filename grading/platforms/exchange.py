"""nbgrader's exchange: what is collected from it, and the rights that its folders need.

Everybody may write into its inbound folder, in their own name or in another, and nbgrader's own collector follows the
links that lie there, with the rights of whoever grades; one name or file that it cannot read ends it for the class.
"""

import fnmatch
import os
import re
import shutil
import stat
from collections import namedtuple
from contextlib import suppress
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.exchange.default import Exchange, ExchangeCollect
from nbgrader.utils import check_mode

from grading.course.classroom import configuration
from grading.shown.text import printable
from grading.submission import received, timestamp
from grading.submission.kinds import listed

KB, CHUNK = 1000, 2 ** 20      # bytes, as nbgrader counts its limits, and as files are copied
# The rights of the exchange's folders: the bits that each needs, those that it must not have, and what they would mean.
# nbgrader itself makes the root's nine bits 777, and refuses to work with others.
RIGHTS = (
    ("", 0o1777, 0, "whoever can write into it could put a course of their own in the place of yours"),
    ("{course}", 0o755, 0o022, "others could put something else in the place of what is released and handed in"),
    ("{course}/inbound", 0o1733, 0o044, "students could find what others handed in, or move it away"),
    ("{course}/outbound", 0o755, 0o022, "others could change what is released"),
    ("{course}/feedback", 0o711, 0o066, "students could find the feedback of others"),
)
HandedIn = namedtuple("HandedIn", "student path time owner")


class Collect(ExchangeCollect):
    """Collect what was handed in, each by itself: links stay links, and what cannot be read costs nobody else anything.

    Of several of a student's, one that the student owns on this machine goes before one that somebody else laid there.
    """

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
        self.log.info("Processing %d submissions of '%s' for course '%s'", len(self.src_records),
                      self.coursedir.assignment_id, self.coursedir.course_id)
        for one in self.src_records:
            target = Path(self.coursedir.format_path(self.coursedir.submitted_directory, one.student,
                                                     self.coursedir.assignment_id))
            try:
                self._collect(one, target)
            except OSError as error:
                self.log.error("The submission of %s could not be collected (%s): ask for it, and put it into %s",
                               printable(one.student), error.strerror or error, printable(str(target)))

    def _due(self):
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook, suppress(MissingEntry):
            return gradebook.find_assignment(self.coursedir.assignment_id).duedate

    def _found(self):
        """Return what lies in the inbound folder, by student."""
        name = re.compile(rf"([^/.][^/]*)\+{re.escape(self.coursedir.assignment_id)}\+([^+]*)(?:\+[^+]*)?", re.DOTALL)
        wanted, found = self.coursedir.student_id or "*", {}
        with os.scandir(self.inbound_path) as entries:
            for entry in entries:
                said = name.fullmatch(entry.name)
                if not said or not fnmatch.fnmatchcase(said[1], wanted):
                    continue
                time = timestamp.when(os.fsencode(said[2]))
                with suppress(FileNotFoundError):
                    if time is None or not entry.is_dir(follow_symlinks=False):
                        self.log.warning("%s in %s is nothing that nbgrader handed in: it was passed over",
                                         printable(entry.name), self.inbound_path)
                    else:
                        found.setdefault(said[1], []).append(
                            HandedIn(said[1], entry.path, time, _owner(entry.stat(follow_symlinks=False))))
        return found

    def _chosen(self, student, found, due):
        """Return which of a student's counts: the newest, in time where nbgrader is asked for that."""
        own = [one for one in found if one.owner == student] if self.check_owner else found
        for one in found if self.check_owner else ():
            if one.owner != student:
                self.log.warning("%s claims to be submitted by %s but is owned by %s; cheating attempt? %s",
                                 printable(one.path), printable(student), printable(one.owner),
                                 "It was passed over: there is one that they own." if own else
                                 "It was collected: ask them. Where the exchange makes all files one user's, "
                                 "c.ExchangeCollect.check_owner = False leaves this out.")
        candidates = own or found
        in_time = [one for one in candidates if self.before_duedate and due and one.time <= due]
        return max(in_time or candidates, key=lambda one: one.time)

    def _collect(self, one, target):
        target.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(target):
            there = self._time_of(target)
            newer = self.update and (there is None or one.time > there)
            if not newer and not (self.before_duedate and there != one.time):
                self.log.info("%s: %s %s", "No newer submission to collect" if self.update else
                              "Submission already exists, use --update to update", printable(one.student),
                              self.coursedir.assignment_id)
                return
        self.log.info("Collecting submission: %s %s", printable(one.student), self.coursedir.assignment_id)
        self.do_copy(one.path, target)

    @staticmethod
    def _time_of(folder):
        with suppress(OSError):
            return received.read("", folder).timestamp
        return None

    def do_copy(self, src, dest, log=None):
        """Copy what was handed in; it is in place whole, or not at all."""
        aside = Path(dest).with_name(f".{Path(dest).name}.collecting")
        shutil.rmtree(aside, ignore_errors=True)
        left_out = copy(src, aside, self.coursedir)
        if os.path.islink(dest) or os.path.isfile(dest):
            os.unlink(dest)
        shutil.rmtree(dest, ignore_errors=True)
        os.rename(aside, dest)
        if left_out:
            self.log.warning("Not collected of %s: %s", printable(str(src)), printable(listed(sorted(left_out))))


def copy(source, target, limits):
    """Copy a folder in which nothing can be trusted; return the paths of what could not be copied.

    Links are copied as links, so that grading names them, and devices not at all.

    Parameters
    ----------
    source, target : path-like
        The second does not exist yet.
    limits : nbgrader.coursedir.CourseDirectory
        Has the names to ignore, the bytes of a file and of all, and whether a group shares the course.
    """
    left_out, left, files = [], KB * limits.max_dir_size, 0
    shared, unread = 0o2770 if limits.groupshared else 0, []
    for above, folders, names, folder in os.fwalk(source, onerror=unread.append):
        inside = Path(os.path.relpath(above, source))
        _make(Path(target, inside), shared)
        folders[:] = [name for name in folders if not _ignored(name, limits)]
        if len(inside.parts) >= received.DEEPEST:
            left_out += [str(inside / name) for name in folders]
            folders.clear()
        for name in [*folders, *(name for name in names if not _ignored(name, limits))]:
            with suppress(OSError):
                status = os.stat(name, dir_fd=folder, follow_symlinks=False)
                if stat.S_ISLNK(status.st_mode):
                    os.symlink(os.readlink(name, dir_fd=folder), Path(target, inside, name))
                    continue
                if stat.S_ISDIR(status.st_mode):
                    continue                                # os.fwalk goes on to it
                most = min(left, KB * limits.max_file_size)
                if stat.S_ISREG(status.st_mode) and status.st_size <= most and files < received.NAMED:
                    left, files = left - status.st_size, files + 1
                    _copy_file(os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder),
                               Path(target, inside, name), status.st_size, shared)
                    continue
            left_out.append(str(inside / name))
    return [*left_out, *(str(error.filename) for error in unread)]


def _make(folder, shared):
    folder.mkdir(parents=True)
    if shared:
        folder.chmod(folder.stat().st_mode | shared)


def _copy_file(source, target, size, shared):
    """Copy at most so many bytes: whoever owns the file may be writing to it."""
    with open(source, "rb") as read, open(target, "xb") as written:
        while size and (some := read.read(min(size, CHUNK))):
            written.write(some)
            size -= len(some)
        if shared:
            os.fchmod(written.fileno(), os.fstat(written.fileno()).st_mode | shared & 0o660)


def _ignored(name, limits):
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in limits.ignore)


def _owner(status):
    import pwd  # not on Windows, where there is no exchange
    try:
        return pwd.getpwuid(status.st_uid).pw_name
    except KeyError:
        return f"user {status.st_uid}"


def examine(course):
    """Yield what was found about the rights of a course's exchange, as (whether it is good, a sentence).

    Nothing is found where there is no exchange: then work comes from a platform.

    Parameters
    ----------
    course : path-like
        With an nbgrader_config.py, or nothing is found.
    """
    if not Path(course, "nbgrader_config.py").exists():
        return
    config = configuration(Path(course))
    root, name = config.Exchange.get("root", Exchange.root.default_value), config.CourseDirectory.get("course_id", "")
    if not os.path.isdir(root):
        if "root" in config.Exchange:
            yield False, f"nbgrader's exchange is missing: mkdir -p {root} && chmod 1777 {root}"
        return
    shared = 0o070 if config.CourseDirectory.get("groupshared", False) else 0
    troubles = [*_troubles(root, name, shared), *_open(Path(course), shared)]
    yield from ((False, trouble) for trouble in troubles)
    if not troubles:
        closed = next((path for path in Path(root).absolute().parents if not path.stat().st_mode & stat.S_IXOTH), None)
        yield True, f"nbgrader's exchange is {root}, with the rights that it needs, for " + (
            f"those who get into {closed}" if closed else "everybody on this machine")


def _troubles(root, name, shared):
    for pattern, needed, forbidden, why in RIGHTS:
        folder = Path(root, pattern.format(course=name))
        if not folder.is_dir():
            if pattern == "{course}":
                yield f"{folder} is missing, and until it is there anybody can make it: mkdir -m 755 {folder}"
                return
            continue                                        # nbgrader makes it, with these rights
        status = folder.stat()
        mode = stat.S_IMODE(status.st_mode)
        if pattern and status.st_uid not in (os.getuid(), 0) and not shared:
            yield f"{folder} belongs to {_owner(status)} and not to you: all that is handed in there is theirs to read"
        elif mode & needed != needed or mode & forbidden & ~shared:
            right = (mode | needed) & ~(forbidden & ~shared)
            yield f"the rights of {folder} are {mode:o}, so {why}: chmod {right:o} {folder}"


def _open(course, shared):
    """Yield that others can look into a course's folder, where they can."""
    folders = [course.absolute(), *course.absolute().parents]
    if all(path.stat().st_mode & stat.S_IXOTH for path in folders):
        yield f"everybody on this machine can look into {course.absolute()}, with the solutions and the gradebook: " \
            f"chmod {'770' if shared else '700'} {course.absolute()}"
