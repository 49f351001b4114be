"""The rights that the folders of nbgrader's exchange need, so that students get at nothing of each other's."""

import os
import stat
from pathlib import Path

from nbgrader.exchange.default import Exchange

from grading.course.classroom import configuration
from grading.platforms.exchange import owner

# The rights of the exchange's folders: the bits that each needs, those that it must not have, and what they would mean.
# nbgrader itself makes the root's nine bits 777, and refuses to work with others.
RIGHTS = (
    ("", 0o1777, 0, "whoever can write into it could put a course of their own in the place of yours"),
    ("{course}", 0o755, 0o022, "others could put something else in the place of what is released and handed in"),
    ("{course}/inbound", 0o1733, 0o044, "students could find what others handed in, or move it away"),
    ("{course}/outbound", 0o755, 0o022, "others could change what is released"),
    ("{course}/feedback", 0o711, 0o066, "students could find the feedback of others"),
)


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
    closed = next((path for path in Path(root).absolute().parents if not path.stat().st_mode & stat.S_IXOTH), None)
    troubles = [*_above(Path(root)), *_troubles(root, name, shared), *_open(Path(course), closed, shared)]
    yield from ((False, trouble) for trouble in troubles)
    if not troubles:
        yield True, f"nbgrader's exchange is {root}, with the rights that it needs, for " + (
            f"those who get into {closed}" if closed else "everybody on this machine")


def _above(root):
    """Yield where others could put another folder in the place of the exchange."""
    for folder in root.absolute().parents:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if mode & 0o002 and not mode & stat.S_ISVTX:
            yield f"everybody can write into {folder}, and so replace the exchange in it: chmod o-w {folder}"


def _troubles(root, name, shared):
    for pattern, needed, forbidden, why in RIGHTS if name else RIGHTS[:1]:
        folder = Path(root, pattern.format(course=name))
        if not os.path.lexists(folder):
            if pattern == "{course}":
                yield f"{folder} is missing, and until it is there anybody can make it: mkdir -m 755 {folder}"
                return
            continue                                        # nbgrader makes it, with these rights
        status = folder.lstat()
        mode = stat.S_IMODE(status.st_mode)
        if status.st_uid not in (os.getuid(), 0) and not (shared and pattern):
            yield f"{folder} belongs to {owner(status)} and not to you: all that is handed in there is theirs to read"
        elif not stat.S_ISDIR(status.st_mode):
            yield f"{folder} is no folder: remove it"
        elif mode & needed != needed or mode & forbidden & ~shared:
            right = (mode | needed) & ~(forbidden & ~shared)
            yield f"the rights of {folder} are {mode:o}, so {why}: chmod {right:o} {folder}"


def _open(course, closed, shared):
    """Yield that students can look into a course's folder, where they can."""
    students = closed.stat().st_gid if closed and closed.stat().st_mode & stat.S_IXGRP else None

    def lets_in(path):
        status = path.stat()
        return status.st_mode & stat.S_IXOTH or status.st_gid == students and status.st_mode & stat.S_IXGRP

    if all(map(lets_in, [course.absolute(), *course.absolute().parents])):
        yield f"students can look into {course.absolute()}, with the solutions and the gradebook: " \
            f"chmod {'770' if shared else '700'} {course.absolute()}"
