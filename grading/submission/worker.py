"""The process that reads what was handed in: it has a budget of time and memory, and it alone can die of a submission.

Each thread that calls `here` has one of its own. It does one thing at a time, and is replaced when it is gone. It is
imported before anything that takes long to import, so that the interpreter behind the wall can start while its caller
does.
"""

import atexit
import contextlib
import gc
import os
import resource
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from multiprocessing.connection import Connection
from pickle import PicklingError

from grading.lab import ROOT, lab

SECONDS = 60                # of the processor that one call may take; kernels have limits of their own
MEMORY = 2 ** 30            # bytes that one call may take, beside what the process has when it starts
PATIENCE = 1200             # seconds after which a call that does nothing has failed
NO_MEMORY = 86              # exit status: a call took more memory
START = 300                 # seconds that it may take to start, on a busy machine
TRIES = 3                   # of a call whose process is killed by somebody
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

mine = threading.local()
everybody = set()
spare = []                  # started ahead, and nobody's yet
starting = threading.Lock()     # one starts after another, so that the first begins to work sooner
walled = False              # whether workers start an interpreter behind the wall before they are asked to
turn = os.open(os.devnull, os.O_RDONLY)     # can be read once the last worker has its interpreter, or is gone
closed = 0                  # times that `close` was called: who waits for a worker then does not start another


class OverBudget(RuntimeError):
    """A call took more than it may. The message says what, of "it"."""


class Killed(RuntimeError):
    """Somebody ends the process each time."""


class Worker:
    """A process that calls functions.

    Attributes
    ----------
    process : subprocess.Popen
    """

    def __init__(self):
        global turn
        ours, theirs = socket.socketpair()
        before, (turn, warming) = turn, os.pipe()
        passed_on = [theirs.fileno(), before, warming]
        root = str(ROOT)
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
        self.folder = tempfile.mkdtemp(prefix="lab6-")          # all that it leaves, however it ends
        os.chmod(self.folder, 0o711)                            # as the folders of kernels in it, which others pass
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-c", f"from {__name__} import work; work()", *map(str, passed_on), str(walled)],
                pass_fds=passed_on, stdin=subprocess.DEVNULL, start_new_session=True,       # Ctrl-C is not for it
                env={**os.environ, **ONE_THREAD, "PYTHONPATH": path, "TMPDIR": self.folder})
        os.close(before)
        os.close(warming)
        self.link, self.started = Connection(ours.detach()), False
        everybody.add(self)

    def wait(self):
        """Wait until it has imported what it needs, or has ended; one that does neither is ended."""
        if self.started:
            return
        if not self.link.poll(START):
            self.process.kill()
        with contextlib.suppress(EOFError, OSError):            # whoever calls it hears why
            self.started = self.link.recv()

    def call(self, function, *arguments):
        """Call a function of a module there, and return what it returns or raise what it raises.

        Raises
        ------
        OverBudget
            It took too much time or memory, or ended its process in another way.
        Killed
            Somebody else ended the process.
        """
        self.wait()
        try:
            self.link.send((function, arguments))
            if not self.link.poll(PATIENCE):
                raise OverBudget(f"it took longer than {PATIENCE} s")
            result, error = self.link.recv()
        except (EOFError, OSError):
            why = self._why()
            self.close()
            raise why from None
        except OverBudget:
            self.close()
            raise
        if error is not None:
            raise error
        return result

    def _why(self):
        """Say how it ended."""
        try:
            code = self.process.wait(5)
        except subprocess.TimeoutExpired:
            code = -signal.SIGKILL
        if code == -signal.SIGKILL:
            return Killed("the process that graded it was killed")
        return OverBudget({-signal.SIGXCPU: f"it took more than {SECONDS} s of the processor",
                           NO_MEMORY: f"it took more than {MEMORY / 2 ** 20:g} MiB of memory"}.get(
                               code, f"it ended the process that read it, with status {code}"))

    def close(self):
        """End the process."""
        everybody.discard(self)
        self.process.kill()
        self.process.wait()
        self.link.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def here(function, *arguments):
    """Call a function of a module in this thread's worker; see `Worker.call`. One that is killed is replaced."""
    before = closed
    for last in (False,) * (TRIES - 1) + (True,):
        worker = getattr(mine, "worker", None)
        if worker not in everybody:
            with starting:
                worker = mine.worker = spare.pop() if spare else Worker()
                worker.wait()
        try:
            return worker.call(function, *arguments)
        except Killed:
            if last or closed > before:
                raise Killed(f"the process that graded it was killed, {TRIES} times") from None


def ahead():
    """Start a worker, with its interpreter behind the wall, for whichever thread needs one first."""
    global walled
    walled = True
    spare.append(Worker())
    spare[-1].wait()            # else its imports, the caller's and the interpreter's share two processors


def close():
    """End all workers of this process."""
    global closed
    closed += 1
    spare.clear()
    for worker in [*everybody]:
        worker.close()


atexit.register(close)


def work():
    """Be a worker: call what is sent, until nobody listens any more."""
    line, turn, warming = map(int, sys.argv[1:4])
    link, lifeline = Connection(line), os.dup(line)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    if sys.argv[4] == "True":
        import grading.wall.warm
        with contextlib.suppress(ImportError):      # whoever needs it is told
            lab()               # which the thread needs, and would import while this one imports more
        threading.Thread(target=_warm_up, args=(grading.wall.warm.warm, turn, warming), daemon=True).start()
    from grading.submission import verify, workplace  # the imports that every call needs
    del verify, workplace
    gc.freeze()                 # what is imported stays: no search for what can go need look at it
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most = _data() + MEMORY
    resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    link.send(True)
    while True:
        try:
            function, arguments = link.recv()
        except EOFError:
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        try:
            answer = function(*arguments), None
        except MemoryError:
            os._exit(NO_MEMORY)
        except Exception as error:
            answer = None, error
        try:
            link.send(answer)
        except (TypeError, AttributeError, PicklingError):          # an error that cannot be sent
            link.send((None, RuntimeError(f"{type(answer[1]).__name__}: {answer[1]}")))


def _warm_up(warm, turn, warming):
    """Start the interpreter behind the wall when it is its turn, and stay: it ends with the thread that started it."""
    os.read(turn, 1)
    with contextlib.suppress(RuntimeError, OSError):            # whoever needs it tries again, and is told
        warm()
    os.close(warming)
    threading.Event().wait()


def _end_with(line):
    """End this process as soon as the other end of a line is closed."""
    poll = select.poll()
    poll.register(line, select.POLLRDHUP)
    poll.poll()
    os._exit(0)


def _data():
    """Return the bytes that the kernel of Linux counts for RLIMIT_DATA."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmData:"))
