"""Submissions downloaded from Moodle or Canvas, as plugins of nbgrader's zip_collect; `lab6 collect` uses the same.

The platform alone says who handed something in, in the part of the path that it made: the first. Whatever a
student's own file or archive is called below it is not asked. All that somebody handed in is laid out as if it had been
put in by hand, within the same limits; where no notebook is in it, grading says so.
"""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from traitlets import Dict, Integer, default

from grading.lab import lab
from grading.platforms.unpack import LEFT_OUT, MORE, ArchiveRefused, Limits, is_long, refusal, same_name, unpack
from grading.submission.kinds import HEAD, NOTEBOOKS, is_notebook, kind_of, listed
from grading.submission.received import DEEPEST, LARGEST, MOST, TIMESTAMP
from grading.submission.timestamp import NO_TIME

UNPACKED = ".unpacked"  # ends the folder of an archive that lay inside another
DEEPEST_ARCHIVE = 3     # an archive in a student's archive in the platform's
PASSED_OVER = ("__MACOSX", "__pycache__", "feedback")


class SafeExtractor(ExtractorPlugin):
    """Unpack zip files within limits; see grading.platforms.unpack for what is refused.

    Refusing the platform's archive ends the command, and nothing is collected; refusing an archive of a student inside
    it is a warning, and the others go on: the archive itself is then what was handed in.
    """

    max_files = Integer(20_000, help="Files in one archive.").tag(config=True)
    max_bytes = Integer(4_000_000_000, help="Bytes that all archives together may unpack to.").tag(config=True)
    max_bytes_inside = Integer(200_000_000, help="The same for one archive of a student's, with those in it."
                               ).tag(config=True)
    max_ratio = Integer(100, help="Bytes unpacked for each byte of an archive.").tag(config=True)

    def extract(self, archive_path, extracted_path):
        """Unpack or copy all that was downloaded; called by nbgrader.

        Parameters
        ----------
        archive_path, extracted_path : str
            Folders. The second is empty.
        """
        try:
            self.unpack_all(Path(archive_path), Path(extracted_path))
        except ArchiveRefused as error:
            shutil.rmtree(extracted_path)
            os.mkdir(extracted_path)
            self.log.critical("%s", error)
            raise SystemExit(1) from None

    def unpack_all(self, downloads, extracted):
        """Unpack or copy all that was downloaded, as `extract`, but raise ArchiveRefused."""
        left = self.max_bytes                   # of the platform's own: what a student's archive holds lessens nobody's
        for path in sorted(path for path in downloads.rglob("*") if path.is_symlink() or path.is_file()):
            target = extracted / path.relative_to(downloads)
            if path.is_symlink():
                raise refusal(path, "it is a link to somewhere else")
            if path.suffix.lower() == ".zip":
                target = target.with_suffix("")
                left -= self._unpack(path, target, Limits(self.max_files, left, self.max_ratio, LARGEST))
                for one in _zip_files(target):
                    self._inside(one, self.max_bytes_inside)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        for path in sorted(extracted.rglob("*.*")):
            plain = path.with_name(NOTEBOOKS.sub(".ipynb", path.name))
            if path != plain and path.is_file() and not os.path.lexists(plain):
                path.rename(plain)

    def _unpack(self, archive, folder, limits):
        written, remarks = unpack(archive, folder, limits)
        if remarks:
            self.log.warning("In %s: %s. All else in it was taken.", archive.name, listed(remarks))
        return written

    def _inside(self, path, left, depth=1):
        """Unpack a student's archive, and those in it; return how many bytes that student's may still fill."""
        inside = path.with_suffix(UNPACKED)
        try:
            if depth == DEEPEST_ARCHIVE:
                raise refusal(path, "it is an archive in an archive in an archive")
            left -= self._unpack(path, inside, Limits(self.max_files, left, self.max_ratio, LARGEST, DEEPEST))
        except ArchiveRefused as error:
            self.log.warning("%s", error)
            return left
        if any(one.is_file() for one in inside.rglob("*")):
            path.unlink()           # what is left in the folder was refused, or held nothing
        self._prune(inside)
        for one in _zip_files(inside):
            left = self._inside(one, left, depth + 1)
        return left

    def _prune(self, folder):
        """Remove what is more than a submission may bring, so that nobody reads of ten thousand files one by one."""
        files = [path for path in folder.rglob("*") if path.is_file()]
        files.sort(key=lambda path: (not is_notebook(path.name), len(path.parts), path))
        for path in files[MOST:]:
            path.unlink()
        if files[MOST:]:
            self.log.warning("%s holds %s files, and a submission may bring %s. Left out: %s.", folder.name,
                             f"{len(files):,}", f"{MOST:,}", listed(path.name for path in files[MOST:]))


def _zip_files(folder):
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".zip" and path.is_file())


@dataclass(frozen=True)
class Handed:
    """A file that somebody handed in.

    Parameters
    ----------
    path : pathlib.Path
    student : str
    inside : tuple of str
        The archive of the student's that it came in, or nothing, and its path in there.
    named : (str, str)
        What the platform put before the name of what was handed in, and that name.
    """

    path: Path
    student: str
    inside: tuple
    named: tuple = ("", "")

    @property
    def rank(self):
        """How well its name fits the lab's: 0 is its own, 1 has it in it, 2 is another notebook's."""
        return 0 if self.inside[-1] == lab().file else 1 if lab().name in self.inside[-1].lower() else 2


class _Files(FileNameCollectorPlugin):
    """What both platforms share: where each file of each student goes."""

    names = Dict(help="What the platform called the work of each student: see Handed.named.")
    planned = Dict(allow_none=True, default_value=None, help="Student and path in the submission, by file.")

    def collect(self, submitted_file):
        """Say whose a file is; called by nbgrader. See FileNameCollectorPlugin."""
        app = self.parent
        if self.planned is None:
            root = os.path.join(app.coursedir.root, app.collect_directory_structure).format(
                downloaded=app.downloaded_directory, assignment_id=app.coursedir.assignment_id,
                collect_step=app.extracted_directory)
            self.planned, self.last = self.plan(Path(root), app.coursedir, app.force)
        student, name = self.planned.pop(Path(submitted_file), (None, None))
        if student and not self.planned and self.last:
            self.log.warning("%s", self.last)
        return {"student_id": student, "file_id": name} if student else None

    def plan(self, root, coursedir, force):
        """Say where all that was downloaded goes, and warn of what goes nowhere.

        Parameters
        ----------
        root : pathlib.Path
            The folder that it was extracted to.
        coursedir : nbgrader.coursedir.CourseDirectory
        force : bool
            Whether what is in ``submitted`` already is replaced.

        Returns
        -------
        planned : dict of pathlib.Path to (str, str)
            Student, and path in the submission.
        last : str
            Who handed in something, but no notebook, and what it is; or nothing.
        """
        students, nobodys, there = {}, [], []
        for path in sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink()):
            one = self._whose(path)
            own = one.inside[1:] if one else path.relative_to(root).parts
            if any(part.startswith(".") or part in PASSED_OVER for part in own):
                continue
            if one is None:
                nobodys.append("/".join(own))
            else:
                students.setdefault(one.student, []).append(one)
        self.names = {student: min(files, key=lambda one: (one.path.suffix != ".ipynb", one.rank, len(one.inside),
                                                           one.inside)).named for student, files in students.items()}
        planned, without = {}, []
        for student, files in students.items():
            place = Path(coursedir.format_path(coursedir.submitted_directory, student, lab().name))
            if not force and place.is_dir() and any(place.iterdir()):
                there.append(student)
                continue
            found = self._of_one(student, files) or {files[0].path: LEFT_OUT.strip(".") + files[0].path.suffix}
            planned |= {path: (student, name) for path, name in found.items()}
            if lab().file not in found.values():
                without.append(f"{student} ({listed([_said(*item) for item in found.items()], 2)})")
        self._warn("Nobody's, because the name does not say whose it is, or says two: %s. Not collected.", nobodys)
        self._warn("In submitted/ already, and left as it is: %s. With --force it is replaced.", there)
        last = f"Handed something in, but no notebook: {', '.join(without)}. It is laid out all the same, cannot be " \
            "graded, and scores 0 until the notebook lies there too."
        return planned, last if without else ""

    def _of_one(self, student, files):
        """Return the path in the submission of each file of a student that is taken."""
        notebook, rivals = self._notebook(student, files)
        home = notebook.inside[:-1] if notebook else ("",)
        found, names, folders, left, too_many = {}, set(), set(), LARGEST, []

        def order(one):
            return one is not notebook, one.inside[:len(home)] != home, len(one.inside), one.inside

        for one in sorted((one for one in files if one not in rivals), key=order):
            own = one.inside[len(home) if one.inside[:len(home)] == home else 1:]
            name = lab().file if one is notebook else "/".join(own)
            name = own[-1][-60:] if is_long(name) else name
            size = one.path.stat().st_size
            if own[0].casefold() in (TIMESTAMP, NO_TIME) or len(found) == MOST or size > left or len(own) > DEEPEST:
                too_many.append(name)
                continue
            above = {same_name("/".join(own[:i])) for i in range(1, len(own))}
            if same_name(name) in names | folders or above & names:
                self.log.warning("Student %s handed in two files %s. Not collected: %s.", student, name,
                                 "/".join(one.inside[1:]))
            else:
                found[one.path], left = name, left - size
                names.add(same_name(name))
                folders |= above
        self._warn(f"Of student {student} left out, because it is more than a submission may bring, or says when it "
                   "was handed in: %s.", too_many)
        return found

    def _notebook(self, student, files):
        """Return the notebook of the lab among a student's files, or None, and others that say they are it."""
        found = sorted((one for one in files if one.path.suffix == ".ipynb"),
                       key=lambda one: (one.rank, len(one.inside), one.inside))
        first = found[0] if found else None
        if first is None or first.rank == 2 and len(found) > 1:
            return None, []
        rivals = [one for one in files if one is not first and is_notebook(one.path.name) and one.rank < 2]
        if rivals:
            self.log.warning("Student %s handed in two notebooks %s. Collected: %s. Not collected: %s. If that is the "
                             "wrong one, put the other in its place in submitted/.", student, lab().name,
                             first.inside[-1], listed("/".join(one.inside[1:]) for one in rivals))
        elif first.rank == 2:
            self.log.warning("Student %s handed in %s, and no other notebook: collected as %s.", student,
                             first.inside[-1], lab().file)
        return first, rivals

    def _whose(self, path):
        """Return what was handed in, or None where it is nobody's."""
        parts = Path(str(path).replace(f"{MORE}/", "")).parts
        archives = [i + 1 for i, part in enumerate(parts[:-1]) if part.endswith(UNPACKED)]
        made_by_platform = str(Path(*parts[:archives[0]])).removesuffix(UNPACKED) if archives else str(Path(*parts))
        found = re.match(self.named_regexp, made_by_platform)
        if found is None:
            return None
        inside = ("/".join(parts[:archives[-1]]), *parts[archives[-1]:]) if archives else (
            "", *Path(found["file_id"]).parts)
        before = made_by_platform[:found.start("file_id")].rstrip("/_").rpartition("/")[2]
        return Handed(path, found["student_id"], inside, (before, f"{found['file_id']}{'.zip' * bool(archives)}"))

    def _warn(self, words, names):
        if names:
            self.log.warning(words, listed(names))


class MoodleFiles(_Files):
    """Moodle's "Download all submissions", in folders or not.

    ``Full name_1234567_assignsubmission_file/notebook.ipynb``; the number is the participant's, which the grading
    worksheet has as "Participant 1234567". Moodle itself replaces underscores in names. What was typed into Moodle
    comes in the same way, as ``onlinetext``.
    """

    @default("named_regexp")
    def _made_by_moodle(self):
        # The first part that Moodle made counts: students name what lies below it.
        return (r"(?:(?!_assignsubmission_).)*/[^/_]*_(?P<student_id>[0-9]+)_assignsubmission_[a-z0-9]+(?:_?/|_)"
                r"(?P<file_id>.+)")


class CanvasFiles(_Files):
    """Canvas's "Download Submissions".

    ``lovelaceada_LATE_12345_678901_notebook.ipynb``: name, Canvas's number of the student (the column "ID" of its
    gradebook), number of the file; what was typed ends in ``_12345_text.html`` or ``_12345_link.html``. Of a name
    Canvas keeps Unicode's word characters, marks and underscores among them (``sanitize_file_name`` in its
    ``lib/content_zipper.rb``), so nothing else of it is looked at. What has two places that could be these numbers is
    nobody's: people may be able to choose their own name, such as ``a_1``.
    """

    @default("named_regexp")
    def _made_by_canvas(self):
        name, typed = r"[^\x00-/:-@\[-^`{-\x7f]*", r"(?:text|link)\.html\Z"
        two = rf"{name}_[0-9]+(?=_[0-9]+_){name}_[0-9]+_[0-9]+_|{name}_[0-9]+_[0-9]+_{typed}"
        return (rf".*/(?!{two}|(?:LATE_)?anon_){name}?_(?P<student_id>[0-9]+)_(?:[0-9]+_|(?={typed}))"
                r"(?P<file_id>[^/]+)\Z")


def _said(path, name):
    """Say what a file is that was handed in instead of a notebook."""
    with open(path, "rb") as file:
        return f"{name[:80]}: {kind_of(name, file.read(HEAD))}"
