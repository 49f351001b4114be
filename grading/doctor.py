"""What this machine can do for grading: is there a wall, and does it hold? It is tried by crossing it."""

import os
import socket
import tempfile
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from grading.lab import ROOT, lab, packages
from grading.submission.execute import ExecuteSubmission
from grading.wall import bubblewrap

SECRET = "a secret of whoever grades"
# By what it tries: each prints CROSSED where it gets through.
WAYS_OUT = {
    "reads_the_gradebook": "print(open(gradebook).read(), 'CROSSED')",
    "writes_the_gradebook": "open(gradebook, 'r+').write('x'); print('CROSSED')",
    "reads_the_source": "print(os.listdir(project + '/source'), 'CROSSED')",
    "imports_the_grader": "import grading.submission.verify; print('CROSSED')",
    "sees_the_home": "if any(map(os.path.lexists, hidden)): print('CROSSED')",
    "writes_to_the_environment": "open(site + '/x.pth', 'w'); print('CROSSED')",
    "changes_the_lab": "open(lab, 'a'); print('CROSSED')",
    "changes_the_data": "for path in data:\n    open(path, 'r+b'); print('CROSSED')",
    "makes_the_environment_writable": "os.chmod(site, 0o777); print('CROSSED')",
    "connects_to_a_server": "import socket; socket.create_connection(('127.0.0.1', port), 2); print('CROSSED')",
    "connects_to_an_abstract_socket": "import socket; s = socket.socket(socket.AF_UNIX); "
                                      "s.connect('\\0' + abstract); print('CROSSED')",
    "connects_to_the_machine_around_this_one": "import socket; socket.socket(40, socket.SOCK_STREAM); print('CROSSED')",
    "looks_up_a_name": "import socket; print(socket.gethostbyname('example.org'), 'CROSSED')",
    "reads_the_environment_of_the_grader": "if 'LAB6_SECRET' in os.environ or 'secret' in str(os.environ): "
                                           "print('CROSSED')",
    "sees_processes": "if any(name.isdigit() for name in os.listdir('/proc')): print('CROSSED')",
    "signals_whoever_grades": "os.kill(pid, 0); print('CROSSED')",
    "signals_everybody": "os.kill(-1, 9); print('CROSSED')",
    "signals_what_started_it": "if os.getppid() > 1: print('CROSSED')",
    "reads_the_memory_of_the_init": "open('/proc/1/mem', 'rb').read(1); print('CROSSED')",
    "traces_the_init": "import ctypes; print('CROSSED' if ctypes.CDLL(None).ptrace(16, 1, 0, 0) == 0 else '')",
    "reads_the_memory_of_the_init_by_call":
        "import ctypes\nbuffer = ctypes.create_string_buffer(8)\n"
        "vec = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 8)\nfar = (ctypes.c_size_t * 2)(id(os), 8)\n"
        "print('CROSSED' if ctypes.CDLL(None).process_vm_readv(1, vec, 1, far, 1, 0) > 0 else '')",
    "enters_a_new_user_namespace": "import ctypes\nfor flag in (0x10000000, 0x20000, 0x10020000):\n"
                                   "    if ctypes.CDLL(None).unshare(flag) == 0: print('CROSSED')",
    "mounts": "import ctypes; done = ctypes.CDLL(None).mount(b't', b'/scratch/submission', b'tmpfs', 0, None) == 0\n"
              "print('CROSSED' if done else '')",
    "makes_the_root_writable": "import ctypes; print('CROSSED' if ctypes.CDLL(None).mount(None, b'/', None, 4128, None)"
                               " == 0 else '')",
    "leaves_the_jail": "os.chroot('/scratch'); print('CROSSED')",
    "becomes_root": "os.setuid(0); print('CROSSED')",
    "becomes_another_user": "os.setuid(12345); print('CROSSED')",
    "makes_a_device": "import stat; os.mknod('/scratch/submission/sda', 0o600 | stat.S_IFBLK, os.makedev(8, 0)); "
                      "print('CROSSED')",
    "writes_to_the_sockets_of_others": "open('/sockets/x', 'w'); print('CROSSED')",
    "sees_the_sockets_of_others": "if os.listdir('/sockets'): print('CROSSED')",
    "fills_the_disk_through_its_sockets": "open('/scratch/sockets/x', 'w'); print('CROSSED')",
    "writes_to_the_root": "open('/x', 'w'); print('CROSSED')",
    "writes_to_the_devices": "open('/dev/x', 'w'); print('CROSSED')",
    "keeps_a_file_open": "import socket, stat\nfor fd in range(3, 256):\n    try: mode = os.fstat(fd).st_mode\n"
                         "    except OSError: continue\n"
                         "    line = stat.S_ISSOCK(mode) and socket.socket(fileno=os.dup(fd)).type == 5\n"
                         "    if line or stat.S_ISREG(mode) or stat.S_ISDIR(mode): print('CROSSED', fd)",
    "takes_locks_that_nobody_counts": "import fcntl; fcntl.lockf(open('x', 'w'), fcntl.LOCK_EX); print('CROSSED')",
    "takes_addresses_without_end": "import mmap; mmap.mmap(-1, 2 ** 40, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 1); "
                                   "print('CROSSED')",
    "raises_its_limits": "import resource; resource.setrlimit(resource.RLIMIT_DATA, (-1, -1)); print('CROSSED')",
}


def examine():
    """Yield what was found about this machine, as (whether it is good, a sentence).

    The last sentence says whether grading can run.
    """
    try:
        yield True, f"bubblewrap is {bubblewrap.bubblewrap()}"
        bubblewrap.check()
        yield True, f"a wall can be built, as {'root' if os.getuid() == 0 else 'an ordinary user'}"
        through = crossed()
    except bubblewrap.NoWall as reason:
        yield False, str(reason)
        yield False, "no wall, no grading; lab6 grade --no-wall grades without, and then a student's code may do all " \
            "that you may"
        return
    yield not through, f"{len(WAYS_OUT)} ways out were tried behind the wall: " \
        + (f"these lead out: {through}" if through else "none leads out")
    yield not through, "do not grade here: report this" if through else "grading can run"


def crossed():
    """Return the ways that lead out, as words, or nothing."""
    return ", ".join(way.replace("_", " ") for way, said in try_ways_out().items()
                     if "CROSSED" in said or SECRET in said)


def try_ways_out():
    """Try all ways out in a real kernel behind the wall.

    Returns
    -------
    dict of str to str
        What each said.
    """
    with tempfile.TemporaryDirectory() as folder, _outside(folder) as outside:
        first = new_code_cell(f"import os\nglobals().update({outside})")
        cells = [first, *(new_code_cell(code) for code in WAYS_OUT.values())]
        made, resources = ExecuteSubmission().preprocess(new_notebook(cells=cells), {"metadata": {"path": folder}})
        if resources["lab6_stopped"]:
            raise RuntimeError(f"The ways out could not be tried to the end: {resources['lab6_stopped']}")
        return {way: "".join(str(o.get("text", "")) for o in cell.outputs)
                for way, cell in zip(WAYS_OUT, made.cells[1:])}


@contextmanager
def _outside(folder):
    """Lay out what the ways out look for: a gradebook, a server, a secret in the environment."""
    gradebook = Path(folder).parent / f"{Path(folder).name}.db"
    os.environ["LAB6_SECRET"] = SECRET
    needed = bubblewrap.python_folders()
    hidden = [str(path) for path in Path.home().glob("*")
              if not any(Path(folder).is_relative_to(path) for folder in needed)][:100]
    try:
        gradebook.write_text(SECRET)
        with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
            abstract.bind("")                       # Linux finds a name that nobody has
            abstract.listen()
            yield {"gradebook": str(gradebook), "port": server.getsockname()[1], "hidden": hidden,
                   "abstract": abstract.getsockname()[1:].decode(), "project": str(ROOT), "pid": os.getpid(),
                   "site": str(Path(nbformat.__file__).parent), "lab": str(packages()[0] / "__init__.py"),
                   "data": list(map(str, lab().files.values()))}
    finally:
        gradebook.unlink(missing_ok=True)
        del os.environ["LAB6_SECRET"]
