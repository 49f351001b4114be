"""The process that turns into a Jupyter kernel: locked in, without privileges, with limits, then ipykernel."""

import json
import os
import random
import resource
import sys
import tarfile
import traceback

import elsewhere
import linux
import numpy

SPACE = 64 * 2 ** 30        # bytes of addresses, which libraries reserve; to read all costs 128 MiB of page tables
SIGNALS = 1000              # that wait, and timers, which are as many


def run(request, files, say_ready, wait, jail, scratch):
    """Become the kernel of one submission; never returns.

    Parameters
    ----------
    request : dict
        See `submission.supervise`.
    files : int
        A file descriptor of a tar archive.
    say_ready, wait : int
        Pipes: what is written when the sockets are bound (or why they could not be), and what is waited for then.
    jail, scratch : str
        The root of what this process may see, and the folder that it may write to.
    """
    code = 1
    try:
        app = _prepare(request, files, {0, 1, 2, files, say_ready, wait}, jail, scratch)
        os.write(say_ready, b"ready")
        if not os.read(wait, 2):
            os._exit(1)
        for fd in (say_ready, wait):
            os.close(fd)
        app.start()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        os.write(say_ready, traceback.format_exc().encode()[-60000:])
    finally:
        os._exit(code)


def _prepare(request, files, kept, jail, scratch):
    """Lock this process in and bind the kernel's sockets."""
    _close_all_but(kept)
    os.setsid()
    _limit(request)
    os.chroot(jail)                         # in a chroot, the kernel of Linux refuses new user namespaces
    os.chdir(f"{scratch}/submission")
    linux.drop_capabilities()
    linux.prctl(linux.DUMPABLE, 1)
    with os.fdopen(files, "rb") as file, tarfile.open(fileobj=file) as archive:
        archive.extractall(filter="data")
    _set_up_environment(request["env"], scratch)
    random.seed()                           # or every submission would draw the same numbers
    numpy.random.seed()
    return _initialized(request, scratch)


def _close_all_but(kept):
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    for fd in range(3, 1024):
        if fd not in kept:
            try:
                os.close(fd)
            except OSError:
                pass


def _limit(request):
    """Set the limits that the kernel of Linux keeps for each process."""
    with open("/proc/self/statm") as file:
        all_pages, *_, own, _ = [int(pages) * resource.getpagesize() for pages in file.read().split()]
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    for what, most in ((resource.RLIMIT_DATA, own + request["memory"]),      # own: private pages to write to
                       (resource.RLIMIT_AS, all_pages + SPACE),
                       (resource.RLIMIT_SIGPENDING, SIGNALS),
                       (resource.RLIMIT_NPROC, request["processes"]),
                       (resource.RLIMIT_FSIZE, request["scratch"]),
                       (resource.RLIMIT_NOFILE, 1024 if files == resource.RLIM_INFINITY else min(1024, files)),
                       (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


def _set_up_environment(env, scratch):
    """Put the lab's files into the home, the settings into the environment, and this folder off the path."""
    os.environ.update(env)
    for name, file in sys.modules[sys.argv[2]].lab.files.items():
        place = os.path.join(os.environ["HOME"], name)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        os.symlink(file, place)
    sys.path = [folder for folder in sys.path if folder != os.path.dirname(__file__)]


def _initialized(request, scratch):
    from ipykernel.kernelapp import IPKernelApp

    connection = f"{scratch}/home/connection.json"
    with open(connection, "w") as file:
        json.dump(request["connection"], file)
    app = IPKernelApp.instance()
    app.initialize(["-f", connection, *request["arguments"]])
    elsewhere.fit(app.shell)
    # No earlier: no module of a submission is imported before its sockets are closed.
    if "NBGRADER_EXECUTION" in request["env"] and "LAB6_NONCE" not in request["env"]:       # of another assignment
        sys.path.insert(0, "")
        ours = {name.split(".")[0] for name in (sys.argv[2], "helpers.kit")}
        for name in [name for name in sys.modules if name.split(".")[0] in ours]:
            del sys.modules[name]
    else:
        sys.path.append("")
    return app
