"""Submissions downloaded from Moodle or Canvas, as plugins of nbgrader's zip_collect.

The platform alone says who handed something in, in the part of the path that it made: the first. Whatever a
student's own file or archive is called below it is not asked.
"""

import os
import re
import shutil
from pathlib import Path

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from traitlets import Dict, Integer, default

from grading.corpus import NOTEBOOK
from grading.unpack import ArchiveRefused, Limits, refusal, unpack

# A browser or a platform numbers a file that is there already: lab6_kmeans-1.ipynb, lab6_kmeans (1).ipynb.
NUMBERED = re.compile(rf"{NOTEBOOK}(-\d+| ?\(\d+\))?\Z")
UNPACKED = ".unpacked"  # ends the folder of an archive that lay inside another
DEEPEST = 3             # an archive in a student's archive in the platform's


class SafeExtractor(ExtractorPlugin):
    """Unpack zip files within limits; see grading.unpack for what is refused.

    Refusing the platform's archive ends the command, and nothing is collected; refusing an archive of a student inside
    it is a warning, and the others go on.
    """

    max_files = Integer(20_000, help="Files in one archive.").tag(config=True)
    max_bytes = Integer(4_000_000_000, help="Bytes that all archives together may unpack to.").tag(config=True)
    max_bytes_inside = Integer(200_000_000, help="The same for one archive inside another.").tag(config=True)
    max_ratio = Integer(100, help="Bytes unpacked for each byte of an archive.").tag(config=True)

    def extract(self, archive_path, extracted_path):
        """Unpack or copy all that was downloaded; called by nbgrader.

        Parameters
        ----------
        archive_path, extracted_path : str
            Folders. The second is empty.
        """
        left = self.max_bytes
        try:
            for path in sorted(path for path in Path(archive_path).rglob("*") if path.is_symlink() or path.is_file()):
                target = Path(extracted_path) / path.relative_to(archive_path)
                if path.is_symlink():
                    raise refusal(path, "it is a link to somewhere else")
                if path.suffix.lower() == ".zip":
                    target = target.with_suffix("")
                    left -= unpack(path, target, Limits(self.max_files, left, self.max_ratio))
                    left = self._inside(target, left)
                else:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, target)
        except ArchiveRefused as error:
            shutil.rmtree(extracted_path)
            os.mkdir(extracted_path)
            self.log.critical("%s", error)
            raise SystemExit(1) from None

    def _inside(self, folder, left, depth=1):
        """Unpack the archives in a folder, and those in them; return how many bytes may still be written."""
        for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".zip" and path.is_file()):
            try:
                if depth == DEEPEST:
                    raise refusal(path, "it is an archive in an archive in an archive")
                most = min(left, self.max_bytes_inside)
                left -= unpack(path, path.with_suffix(UNPACKED), Limits(self.max_files, most, self.max_ratio))
            except ArchiveRefused as error:
                self.log.warning("%s", error)
                continue
            path.unlink()           # what is left in the folder was refused
            left = self._inside(path.with_suffix(UNPACKED), left, depth + 1)
        return left


class _Files(FileNameCollectorPlugin):
    """What both platforms share: one notebook of a name for each student, whatever the browser added to the name."""

    chosen = Dict(help="The path that is collected, by student and name.")

    def collect(self, submitted_file):
        """Say whose a file is; called by nbgrader. See FileNameCollectorPlugin."""
        path = Path(submitted_file)
        if path.suffix != ".ipynb" or (whose := self._whose(path)) is None:
            return None
        student, name, _ = whose
        if (student, name) not in self.chosen:
            rivals = [(path, whose), *((other, self._whose(other)) for other in sorted(path.parent.glob("*.ipynb")))]
            rivals = [(other, theirs) for other, theirs in rivals if theirs and theirs[:2] == (student, name)]
            self.chosen[student, name] = min(rivals, key=lambda rival: not rival[1][2])[0]
        if self.chosen[student, name] != path:
            self.log.warning("Student %s handed in two notebooks %s. Collected: %s. Not collected: %s. If that is the "
                             "wrong one, put the other in its place in submitted/.", student, name,
                             self.chosen[student, name], path)
            return None
        return {"student_id": student, "file_id": f"{name}.ipynb"}

    def _whose(self, path):
        """Return whose a notebook is, its name, and whether it has that name exactly; or None."""
        parts = path.parts
        inside = next((i + 1 for i, part in enumerate(parts[:-1]) if part.endswith(UNPACKED)), len(parts))
        made_by_platform, own = Path(*parts[:inside]), parts[inside:]
        found = super().collect(str(made_by_platform).removesuffix(UNPACKED) + (".ipynb" if own else ""))
        own = own or (found and Path(found["file_id"]).parts)
        if not found or any(part.startswith((".", "__MACOSX")) for part in own):
            return None
        name = Path(own[-1]).stem
        return (found["student_id"], NOTEBOOK, name == NOTEBOOK) if NUMBERED.match(name) else (
            found["student_id"], name, True)


class MoodleFiles(_Files):
    """Moodle's "Download all submissions", in folders or not.

    ``Full name_1234567_assignsubmission_file/notebook.ipynb``; the number is the participant's, which the grading
    worksheet has as "Participant 1234567". Moodle itself replaces underscores in names.
    """

    @default("named_regexp")
    def _made_by_moodle(self):
        # The first part that Moodle made counts: students name what lies below it.
        return (r"(?:(?!_assignsubmission_).)*/[^/_]*_(?P<student_id>[0-9]+)_assignsubmission_file(?:_?/|_)"
                r"(?P<file_id>.+)")


class CanvasFiles(_Files):
    """Canvas's "Download Submissions".

    ``lovelaceada_LATE_12345_678901_notebook.ipynb``: name, Canvas's number of the student (the column "ID" of its
    gradebook), number of the file. A name with two places that could be these numbers is nobody's: people may be
    able to choose their own name, such as ``a_1``.
    """

    @default("named_regexp")
    def _made_by_canvas(self):
        return (r".*/(?![^/]*_[0-9]+(?=_[0-9]+_)[^/]*_[0-9]+_[0-9]+_)[^\W_]*(?:_LATE)?"
                r"_(?P<student_id>[0-9]+)_[0-9]+_(?P<file_id>[^/]+)\Z")
