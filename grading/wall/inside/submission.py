"""One submission: namespaces of its own, a supervisor outside them, an init and the kernel inside.

The supervisor is forked from the warm interpreter. It enters new user, mount, IPC and network namespaces, lays out
what the kernel may see, forks the init into a new PID namespace, and from then on only watches: it ends everything
when told, when its socket closes, or when the kernel takes too much. What it says goes to the grader as JSON.
"""

import json
import os
import select
import shutil
import signal
import time
import traceback

import kernel
import linux
import usage

SCRATCH = "/scratch"            # the only place that can be written; limited in size, gone with the submission
JAIL = "/jail"              # a second view of all files, in which the kernel is locked
WATCH = 0.25                # seconds between two looks at memory and processes
CROWDED = 2                 # seconds, and three looks, for which too many threads may run


def supervise(request, line, files):
    """Run one submission and report on it; never returns.

    Parameters
    ----------
    request : dict
        ``folder``, of the sockets; ``connection``, what ipykernel's connection file holds; ``arguments`` of ipykernel;
        ``env``; ``memory`` and ``scratch`` in bytes; ``processes``, ``mappings``, ``channels``, ``files`` and how many
        threads may be ``running``.
    line : socket
        To the provisioner of this kernel. It sends ``interrupt`` or ``kill``, and gets JSON.
    files : int
        A file descriptor of a tar archive: what lay beside the notebook.
    """
    code = 1
    try:
        _enter(request)
        (ready, say_ready), (wait, say_go) = os.pipe(), os.pipe()
        init = os.fork()
        if init == 0:
            line.close()
            _init(request, files, say_ready, wait)
        for fd in (files, say_ready, wait):
            os.close(fd)
        code = _watch(request, line, init, ready, say_go)
    except BaseException:
        _tell(line, failed=traceback.format_exc())
    finally:
        os._exit(code)


def _enter(request):
    """Enter new namespaces and lay out the files that the kernel sees."""
    os.setsid()
    linux.prctl(linux.DUMPABLE, 1)                      # or the files below belong to somebody else
    uid, gid = os.getuid(), os.getgid()
    linux.unshare(linux.NEWUSER | linux.NEWNS | linux.NEWPID | linux.NEWIPC | linux.NEWNET)
    # Where a machine has no more memory, whatever took it, Linux ends a submission before anything else.
    for name, content in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1"),
                          ("oom_score_adj", "1000")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(content)
    guarded = linux.NOSUID | linux.NODEV
    linux.mount(None, "/", None, linux.REC | linux.PRIVATE)
    linux.mount("tmpfs", SCRATCH, "tmpfs", guarded, f"size={request['scratch']},nr_inodes=100000,mode=0700")
    for folder in ("submission", "home", "sockets", "shm"):
        os.mkdir(f"{SCRATCH}/{folder}")
    linux.mount(f"/sockets/{request['folder']}", f"{SCRATCH}/sockets", None, linux.BIND)
    linux.mount("/", JAIL, None, linux.BIND | linux.REC)
    linux.mount(f"{SCRATCH}/shm", f"{JAIL}/dev/shm", None, linux.BIND)
    _hide("/sockets")                                   # of other submissions
    _hide("/proc", "self/maps", "cpuinfo", "meminfo", "stat")


def _hide(folder, *kept):
    """Put an empty folder in the place of one, with copies of a few of its files, as they are now."""
    flags = linux.NOSUID | linux.NODEV | linux.NOEXEC
    linux.mount("tmpfs", JAIL + folder, "tmpfs", flags, "size=4m,mode=0755")
    for name in kept:
        os.makedirs(os.path.dirname(f"{JAIL}{folder}/{name}"), exist_ok=True)
        shutil.copyfile(f"{folder}/{name}", f"{JAIL}{folder}/{name}")       # threadpoolctl, say, reads self/maps
    linux.mount(None, JAIL + folder, None, flags | linux.REMOUNT | linux.BIND | linux.RDONLY)


def _init(request, files, say_ready, wait):
    """Be process 1 of the namespace: start the kernel, reap what it leaves behind, and end with it."""
    linux.prctl(linux.PDEATHSIG, signal.SIGKILL)
    linux.prctl(linux.DUMPABLE, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pid = os.fork()
    if pid == 0:
        kernel.run(request, files, say_ready, wait, JAIL, SCRATCH)
    os.closerange(0, 256)
    signal.signal(signal.SIGUSR1, lambda *_: os.killpg(pid, signal.SIGINT))
    linux.drop_capabilities()
    while True:
        ended, status = os.wait()
        if ended == pid:
            os._exit(os.waitstatus_to_exitcode(status) % 256)


def _watch(request, line, init, ready, say_go):
    """Watch a submission until it ends, and return its exit status."""
    ended, over, crowded = os.pidfd_open(init), "", []
    watched = [ended, line, ready]
    while True:
        readable, _, _ = select.select(watched, [], [], WATCH)
        if ready in readable:
            watched.remove(ready)
            if _answer(line, os.read(ready, 65536)):
                os.write(say_go, b"go")
        if line in readable:
            order = _order(line)
            os.kill(init, signal.SIGUSR1 if order == b"interrupt" else signal.SIGKILL)
            watched = watched if order == b"interrupt" else [ended]
        pids = usage.family(init)
        crowded = [*crowded, time.monotonic()] if usage.running(pids) > request["running"] else []
        too_long = len(crowded) >= 3 and crowded[-1] - crowded[0] >= CROWDED
        crammed = ready not in watched and usage.crammed(pids - {init}, request["channels"], request["files"])
        if not over and (over := "running" if too_long else
                         "channels" if usage.sockets() > request["channels"] else
                         crammed or usage.over(pids, request["memory"], request["processes"], request["mappings"])):
            os.kill(init, signal.SIGKILL)
        if ended in readable:
            code = os.waitstatus_to_exitcode(os.waitpid(init, 0)[1])
            _tell(line, ended=code, over=over)
            return code % 256


def _answer(line, said):
    """Once the kernel has bound its sockets, close their folder for writing, so that it is no way to fill a disk."""
    if said != b"ready":
        _tell(line, failed=said.decode(errors="replace") or "The kernel ended before it was ready.")
        return False
    flags = linux.REMOUNT | linux.BIND | linux.RDONLY | linux.NOSUID | linux.NODEV
    linux.mount(None, f"{JAIL}{SCRATCH}/sockets", None, flags)
    _tell(line, ready=True)
    return True


def _order(line):
    try:
        return line.recv(64)
    except OSError:
        return b""


def _tell(line, **content):
    try:
        line.send(json.dumps(content).encode())
    except OSError:                                     # nobody listens any more
        pass
