"""The warm interpreter: the imports done and nothing else; it forks one child for each submission that it is sent.

It starts behind the wall, reads requests from a socket, and ends with it. Its arguments are the socket's number, the
name of the lab's module, and where it lies for whoever judges outside: that one runs here, whichever is installed.
"""

import gc
import importlib
import json
import os
import resource
import signal
import socket
import sys

import linux
import submission

NOBODY = 65534      # who runs students' code when the grader is root


def main():
    """Import, say so, and fork until the socket is closed."""
    for limit in (resource.RLIMIT_CPU, resource.RLIMIT_DATA):       # those of the process that reads submissions
        most = resource.getrlimit(limit)[1]
        resource.setrlimit(limit, (most, most))
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    os.umask(0o077)
    linux.prctl(linux.DUMPABLE, 0)              # no other process can read or trace this one
    control = socket.socket(fileno=int(sys.argv[1]))
    os.makedirs(os.environ["HOME"], exist_ok=True)
    _import()
    gc.collect()
    gc.freeze()                                 # so that a child's collector copies no page of what is imported
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.send(b"ready")
    while True:
        content, fds, _, _ = socket.recv_fds(control, 65536, 2)
        if not content:
            return
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            control.close()
            submission.supervise(json.loads(content), socket.socket(fileno=fds[0]), fds[1])
        for fd in fds:
            os.close(fd)


def _import():
    """Import what every submission needs, and what ipykernel would import anew in every child; read the truth."""
    sys.path[:0] = sys.argv[3:]
    lab = importlib.import_module(sys.argv[2]).lab
    del sys.path[:len(sys.argv[3:])]
    for name in ("IPython.core.completerlib", "IPython.core.debugger", "IPython.extensions.storemagic",
                 "ipykernel.debugger", "ipykernel.ipkernel", "ipykernel.kernelapp", *lab.warm):
        importlib.import_module(name)
    lab.truth()


if __name__ == "__main__":
    main()
