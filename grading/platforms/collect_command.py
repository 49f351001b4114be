"""The command `lab6 collect`, around the plugins of `collect`, without a folder of downloads to clear."""

import logging
import shutil
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from grading.course.atomic import staged
from grading.course.classroom import Classroom
from grading.lab import lab
from grading.platforms import give_back
from grading.platforms.collect import CanvasFiles, MoodleFiles, SafeExtractor
from grading.platforms.unpack import ArchiveRefused
from grading.shown.text import printable
from helpers.kit.verdict import how_many

PLATFORMS = {"canvas": CanvasFiles, "moodle": MoodleFiles}
PERMISSIONS = 644       # of what is collected, as nbgrader writes permissions


class Printed(logging.Handler):
    """Prints what the plugins warn of, and counts it."""

    said = 0

    def __init__(self, folder):
        super().__init__()
        self.folder = folder

    def emit(self, record):
        """Print a warning as a line that sends no orders to a terminal."""
        self.said += 1
        print(printable(self.short(record.getMessage())))

    def short(self, words):
        """Return words with paths as they are in what was downloaded, without the folder that it was unpacked in."""
        return words.replace(f"{self.folder}/archive/", "").replace(f"{self.folder}/extracted/", "")


def add_command(add):
    """Add `collect` to the commands of lab6."""
    collect = add("collect", "lay out what was downloaded from Canvas or Moodle in submitted/",
                  "lab6 collect submissions.zip --from canvas")
    collect.add_argument("download", nargs="+", metavar="FILE", help="the zip file of the platform, or its folder")
    collect.add_argument("--from", dest="platform", required=True, choices=PLATFORMS, help="where it is from")
    collect.add_argument("--force", action="store_true", help="replace what lies in submitted/ already")


def run(options):
    """Run `lab6 collect`; return its exit status."""
    room, log = Classroom(options.course), logging.Logger("lab6 collect", logging.WARNING)
    extractor, collector = (plugin(config=room.api.config, log=log)
                            for plugin in (SafeExtractor, PLATFORMS[options.platform]))
    with room.alone(), TemporaryDirectory(prefix="lab6-") as name:
        said = Printed(name)
        log.addHandler(said)
        downloads, extracted = Path(name, "archive"), Path(name, "extracted")
        downloads.mkdir()
        extracted.mkdir()
        for path in map(Path, options.download):
            if path.is_dir():
                shutil.copytree(path, downloads / path.name, symlinks=True)
            else:
                shutil.copyfile(path, downloads / path.name)
        try:
            extractor.unpack_all(downloads, extracted)
        except ArchiveRefused as error:
            raise ArchiveRefused(said.short(str(error))) from None
        planned, last = collector.plan(extracted, room.api.coursedir, options.force)
        students = defaultdict(dict)
        for path, (student, own) in planned.items():
            students[student][own] = path
        for student, files in students.items():
            place = Path(room.api.coursedir.format_path(room.api.coursedir.submitted_directory, student, lab().name))
            with staged(place, {own: path.read_bytes() for own, path in files.items()}, PERMISSIONS):
                pass
        give_back.note(room, options.platform, collector.names)
    whole = sum(lab().file in files for files in students.values())
    print(f"Collected {how_many(len(students), 'submission')}, {whole} of them with a notebook. Next: lab6 grade")
    if last:
        print(printable(last))
    return 1 if last or said.said else 0
