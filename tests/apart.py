"""Start a program as root on a machine of its own: no file of this one is changed, and its users exist only there.

Usage: python apart.py SETUP PROGRAM ARGUMENT ... (as root). SETUP is a program of bash, run first. /etc is a copy,
/home and /srv are empty, /opt/lab6 is what students work with; only the group of prof gets into this project.
"""

import grp
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from ordinary import linux, open_up

ROOT = Path(__file__).resolve().parents[1]
STUDENTS = ROOT / "build" / "site"
DEATH = 1               # PR_SET_PDEATHSIG


def keep(path):
    """Return where a folder can be found when something else is mounted above it."""
    kept = Path("/mnt", f"kept-{len(os.listdir('/mnt'))}")
    kept.mkdir()
    linux.mount(str(path), str(kept), None, linux.BIND | linux.REC)
    return str(kept)


def main():
    setup, *program = sys.argv[1:]
    linux.prctl(DEATH, signal.SIGTERM)          # with whoever started this
    linux.unshare(linux.NEWNS)
    linux.mount(None, "/", None, linux.REC | linux.PRIVATE)
    linux.mount("tmpfs", "/mnt", "tmpfs", 0, "mode=0755")       # all that is made here goes with it
    project, students = keep(ROOT), keep(STUDENTS)
    open_up(Path(sys.base_prefix).resolve())
    python = keep(Path(sys.base_prefix).resolve())
    shutil.copytree("/etc", "/mnt/etc", symlinks=True)
    linux.mount("/mnt/etc", "/etc", None, linux.BIND)
    for folder in ("/home", "/srv", "/opt"):
        linux.mount("tmpfs", folder, "tmpfs", 0, "mode=0755")
    put_back(python, Path(sys.base_prefix).resolve())
    put_back(project, ROOT)
    os.mkdir("/opt/lab6")
    linux.mount(students, "/opt/lab6", None, linux.BIND)
    subprocess.run(["bash", "-euc", setup], check=True, stdin=subprocess.DEVNULL)
    linux.mount("tmpfs", str(ROOT.parent), "tmpfs", 0, f"mode=0750,gid={grp.getgrnam('prof').gr_gid}")
    put_back(project, ROOT)
    os.chdir("/srv")
    os.execv(program[0], program)


def put_back(kept, path):
    """Mount a folder where it was, if something else stands above it now."""
    if not path.exists():
        path.mkdir(parents=True)
        linux.mount(kept, str(path), None, linux.BIND | linux.REC)


if __name__ == "__main__":
    main()
