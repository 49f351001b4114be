"""Start a program as root on a machine of its own: no file of this one is changed, and its users exist only there.

Usage: python apart.py SETUP PROGRAM ARGUMENT ... (as root). SETUP is a program of bash, run first. /etc is a copy,
/home and /srv are empty, /opt/lab6 is what students work with; only the group of prof gets into this project.
"""

import grp
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ordinary import linux, open_up

ROOT = Path(__file__).resolve().parents[1]
STUDENTS = ROOT / "build" / "site"


def keep(path):
    """Return where a folder can be found when something else is mounted above it."""
    kept = tempfile.mkdtemp()
    linux.mount(str(path), kept, None, linux.BIND | linux.REC)
    return kept


def main():
    setup, *program = sys.argv[1:]
    linux.unshare(linux.NEWNS)
    linux.mount(None, "/", None, linux.REC | linux.PRIVATE)
    project, students = keep(ROOT), keep(STUDENTS)
    open_up(Path(sys.base_prefix).resolve())
    etc = tempfile.mkdtemp()
    shutil.copytree("/etc", etc, symlinks=True, dirs_exist_ok=True)
    os.chmod(etc, 0o755)
    linux.mount(etc, "/etc", None, linux.BIND)
    for folder in ("/home", "/srv", "/opt"):
        linux.mount("tmpfs", folder, "tmpfs", 0, "mode=0755")
    os.mkdir("/opt/lab6")
    linux.mount(students, "/opt/lab6", None, linux.BIND)
    subprocess.run(["bash", "-euc", setup], check=True, stdin=subprocess.DEVNULL)
    linux.mount("tmpfs", str(ROOT.parent), "tmpfs", 0, f"mode=0750,gid={grp.getgrnam('prof').gr_gid}")
    ROOT.mkdir()
    linux.mount(project, str(ROOT), None, linux.BIND | linux.REC)
    os.chdir("/srv")
    os.execv(program[0], program)


if __name__ == "__main__":
    main()
