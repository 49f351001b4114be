"""One warm interpreter for each grading process: started behind the wall, asked for kernels, replaced when it dies."""

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading

from grading.lab import module
from grading.wall import calls
from grading.wall.bubblewrap import NoWall, command, why_not

START = 180         # seconds that the imports may take on a busy machine
KILLED = (-signal.SIGKILL, 128 + signal.SIGKILL)    # how bubblewrap ends when it is killed, or what it started is
LOCK = threading.Lock()
current = None


class Killed(NoWall):
    """It was killed while it started."""


class Warm:
    """A warm interpreter behind the wall.

    Attributes
    ----------
    folder : str
        Where the sockets of its kernels lie, each kernel's in a folder of its own.

    Raises
    ------
    NoWall
        It cannot be started. The message says why and what to do.
    """

    def __init__(self):
        self.owner, self.process, self.module = os.getpid(), None, module()
        self.folder = tempfile.mkdtemp(prefix="lab6-")
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        if os.getuid() == 0:
            os.chmod(self.folder, 0o711)                # its children, owned by nobody, are passed through it
        try:
            self._start(theirs)
        except BaseException:                           # a wall that fails, and Ctrl-C too
            self.close()
            raise

    def _start(self, theirs):
        with theirs, tempfile.TemporaryFile() as said, _filter() as refused:
            self.process = subprocess.Popen(command(self.folder, theirs.fileno(), refused.fileno()),
                                            pass_fds=[theirs.fileno(), refused.fileno()],
                                            stdin=subprocess.DEVNULL, stdout=said, stderr=said)
            theirs.close()
            if not self._hears_ready():
                said.seek(0)
                words = said.read(4000).decode(errors="replace").strip()
                killed = self.died() and self.process.returncode in KILLED
                raise (Killed if killed else NoWall)(f"No wall can be built here: {why_not(words)}")

    def _hears_ready(self):
        self.control.settimeout(START)
        try:
            return self.control.recv(16) == b"ready"
        except OSError:
            return False

    def alive(self):
        """Whether it can still be asked, by this process."""
        return self.owner == os.getpid() and self.process.poll() is None

    def died(self):
        """Whether it has died, or does so right now."""
        try:
            self.process.wait(0.2)
        except subprocess.TimeoutExpired:
            return False
        return True

    def ask(self, request, line, files):
        """Ask for a kernel.

        Parameters
        ----------
        request : dict
        line : socket
            The other end of the provisioner's.
        files : int
            A file descriptor of a tar archive.

        Raises
        ------
        OSError
            It has died.
        """
        socket.send_fds(self.control, [json.dumps(request).encode()], [line.fileno(), files])

    def close(self):
        """End it and everything that it started."""
        if self.owner != os.getpid():                   # a fork of the process that owns it
            return
        self.control.close()
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def _filter():
    """Return an open file with the filter of system calls."""
    file = tempfile.TemporaryFile()
    file.write(calls.program())
    file.seek(0)
    return file


def warm():
    """Return this process's warm interpreter, started if there is none or it has died."""
    global current
    with LOCK:
        if current is None or not current.alive() or current.module != module():
            if current is not None:
                current.close()
            current = None
            try:
                current = Warm()
            except Killed:                              # once is bad luck, twice is a reason
                current = Warm()
        return current


def close():
    """End this process's warm interpreter, if there is one."""
    global current
    with LOCK:
        if current is not None:
            current.close()
            current = None


atexit.register(close)
