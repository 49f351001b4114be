"""Run Python as an ordinary user, from a root that may have its Python where only root looks.

Usage: python ordinary.py HOME ARGUMENT ... (as root). In a mount namespace of its own, each folder above the Python
environment and this project that others cannot enter is replaced by an empty one with only these inside.
"""

import os
import stat
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "grading" / "wall" / "inside"))
import linux  # noqa: E402

ORDINARY = 4321


def closed_above(path):
    """Return the topmost folder above a path that others cannot enter, or None."""
    return next((folder for folder in reversed(path.parents) if not folder.stat().st_mode & stat.S_IXOTH), None)


def open_up(path):
    """Make a folder reachable for others, in this mount namespace only."""
    closed = closed_above(path)
    if closed is None:
        return
    kept = tempfile.mkdtemp()
    linux.mount(str(path), kept, None, linux.BIND | linux.REC)
    linux.mount("tmpfs", str(closed), "tmpfs", 0, "mode=0755")
    path.mkdir(parents=True)
    linux.mount(kept, str(path), None, linux.BIND | linux.REC)


def main():
    home, *arguments = sys.argv[1:]
    linux.unshare(linux.NEWNS)
    linux.mount(None, "/", None, linux.REC | linux.PRIVATE)
    for path in (Path(sys.base_prefix).resolve(), Path(home)):
        open_up(path)
    os.chown(home, ORDINARY, ORDINARY)
    os.setgroups([])
    os.setresgid(ORDINARY, ORDINARY, ORDINARY)
    os.setresuid(ORDINARY, ORDINARY, ORDINARY)
    os.environ.update(HOME=home, USER="ordinary", TMPDIR="/tmp", PYTHONDONTWRITEBYTECODE="1")
    os.execv(sys.executable, [sys.executable, *arguments])


if __name__ == "__main__":
    main()
