"""Execution: a notebook run behind the wall, with a nonce of its own and limits on all that it takes."""

import asyncio
import math
import os
import secrets
import signal
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import zmq
from jupyter_core.utils import ensure_event_loop, run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade
from traitlets import Bool, Integer, Unicode, default

from grading.lab import grade_id_of, is_lab, module
from grading.submission.decode import writable_notebook
from grading.submission.workplace import lay_out
from grading.wall.bubblewrap import INSIDE, ONE_THREAD, NoWall
from grading.wall.client import PromptClient
from grading.wall.metered import Meter, MeteredSession, OutputsTooLarge, bounded
from grading.wall.provisioner import ARGUMENTS, WALL, TheWall, WalledProvisioner
from helpers.kit.wire import NONCE

STOPPED = "Stopped"         # the name of the error by which a cell says that the run ended there
TIMED_OUT = CellTimeoutError.__name__
SAID = "The run ended in this cell: {}. What was checked before counts; nothing after it was run."
GRACE = 5                   # seconds in which an interrupted kernel has to answer
# Without the wall, what the warm interpreter does.
FIT = f"--IPKernelApp.exec_lines=__import__('runpy').run_path({str(INSIDE / 'elsewhere.py')!r})['fit'](get_ipython())"
MEBIBYTE = 2 ** 20
GROWTH = 512 * MEBIBYTE    # bytes that a kernel's messages may take in this process


class ExecuteSubmission(Execute):
    """Run a notebook so that its checks hand out evidence for this run alone, and nothing it does harms others.

    A submission that goes over a limit, kills its kernel or sends what cannot be read ends there: evidence that was
    given before counts, and nothing after it is run.
    """

    wall = Bool(True, help="Whether kernels run behind the wall. Without it, a student's code may do all that you "
                           "may: read and change the gradebook, say.").tag(config=True)
    notebook_timeout = Integer(180, help="Seconds that a notebook may run.").tag(config=True)
    refused = Unicode(help="Why no cell is run at all.").tag(config=True)
    outputs = Integer(20 * MEBIBYTE, help="Bytes of all outputs of a notebook.").tag(config=True)

    @default("extra_arguments")
    def _extra_arguments(self):
        first = [f"--IPKernelApp.exec_lines=import {module()}, sys; sys.path.append('')"] * self.lab
        return [] if self.wall else [*ARGUMENTS, *first, FIT]

    @default("shutdown_kernel")
    def _shutdown_kernel(self):
        return "immediate"

    def preprocess(self, nb, resources, km=None):
        """Run one notebook; see nbconvert.

        The nonce is left in ``resources["lab6_nonce"]``, and in ``resources["lab6_stopped"]`` why the run ended early.
        """
        self.lab, self.nonce = is_lab(resources), secrets.token_hex(16)
        resources["lab6_nonce"] = self.nonce
        self.stopped, self.interrupted, self.deadline, self.timeout_func = "", [], None, self._seconds_for
        self.store_widget_state = False
        if self.refused:
            resources["lab6_stopped"] = self.refused
            return nb, resources
        if not self.wall:
            self.log.warning("GRADING WITHOUT A WALL: this student's code can read and change all that you can.")
        try:
            with self._files_beside(resources):
                nb, resources = super().preprocess(nb, resources, km)
        except NoWall as reason:            # no other submission would fare better, and so nbgrader stops for the class
            raise KeyboardInterrupt(str(reason)) from None
        nb = writable_notebook(nb)
        resources["lab6_stopped"] = self.stopped
        if not self.lab:
            return nb, resources
        nb.metadata.setdefault("lab6", {}).update(interrupted=self.interrupted,
                                                  stopped=SAID.format(self.stopped) if self.stopped else "")
        return nb, resources

    @contextmanager
    def _files_beside(self, resources):
        """Let the kernel start where the files lie that were handed in beside the notebook, and nothing else."""
        beside, about = getattr(self.parent, "beside", None), resources["metadata"]
        if beside is None:                              # no submission, or one laid out by whoever calls
            yield
            return
        with TemporaryDirectory(prefix="lab6-") as folder:
            lay_out(Path(folder), beside)
            graded, about["path"] = about["path"], folder
            try:
                yield
            finally:
                about["path"] = graded

    # --- the kernel ---

    def create_kernel_manager(self):
        """Make the manager of a kernel behind the wall, or of one with private sockets; see nbclient."""
        self.kernel_name = WALL if self.wall else "python3"
        manager = super().create_kernel_manager()
        if self.wall:                                   # whatever is installed on the disk, or is not
            manager.kernel_spec_manager = TheWall()
            manager.provisioner = WalledProvisioner(kernel_spec=manager.kernel_spec, parent=manager)
            manager.provisioner.laid_out = True
        self.meter = Meter(self.outputs, self._kill)
        manager.session = MeteredSession(parent=manager, meter=self.meter)
        manager.client_factory = PromptClient
        manager.context.setsockopt(zmq.MAXMSGSIZE, self.outputs)
        if not self.wall:
            manager.transport, manager.ip = "ipc", os.path.join(self.sockets, "kernel")
            manager.connection_file = os.path.join(self.sockets, "connection.json")
        return manager

    @contextmanager
    def setup_kernel(self, **kwargs):
        """Start the kernel with the nonce in its environment; see nbclient."""
        # What a hostile kernel makes the client raise is dealt with in preprocess_cell, and not worth a traceback.
        ensure_event_loop().set_exception_handler(lambda loop, context: self.log.debug("%s", context["message"]))
        ours = {"PYTHONSAFEPATH": "1", NONCE: self.nonce} if self.lab else {}
        env = {**os.environ, **ONE_THREAD, **ours}
        with TemporaryDirectory(prefix="lab6-") as self.sockets, bounded(GROWTH, self._flooded), \
                super().setup_kernel(env=env, **kwargs):
            yield

    def on_comm_open_jupyter_widget(self, msg):
        """Leave widgets without a state of their own here: what is printed in one goes to its cell; see nbclient."""

    def _kill(self):
        run_sync(self.km.provisioner.kill)()

    def _flooded(self):
        self.meter.over = True
        if self.km and self.km.provisioner:
            asyncio.run(self.km.provisioner.send_signal(signal.SIGKILL))        # in a thread without a loop of its own

    # --- its cells ---

    def preprocess_cell(self, cell, resources, index):
        """Run one cell, unless the run has ended; see nbconvert."""
        if self.deadline is None:
            self.deadline = time.monotonic() + self.notebook_timeout
        if cell.cell_type != "code" or self.stopped:
            if self.stopped and not self.lab and is_grade(cell):        # nbgrader gives all points for no output
                self._stop(cell, self.stopped)
            return cell, resources
        self.started, self._seconds = time.monotonic(), math.inf            # of an empty cell, which nobody times
        try:
            if self.deadline - self.started < 1:
                raise TimeoutError
            cell, resources = super().preprocess_cell(cell, resources, index)
        except Exception as error:                      # a hostile kernel can make any part of the client raise
            self._stop(cell, self._why(error))
        else:
            if time.monotonic() - self.started >= self._seconds:
                self._after_limit(cell)
            self._name_limits(cell)
        return cell, resources

    def _seconds_for(self, cell):
        """Return the seconds that a cell may run; see nbclient's timeout_func."""
        left, most = self.deadline - time.monotonic(), self.timeout
        most = most if most and most > 0 else self.notebook_timeout     # without a limit of its own
        self._seconds = max(1, min(most, int(left)))
        limit = f"a cell may run {most} s" if left > most else f"a notebook may run {self.notebook_timeout} s"
        said = f"This cell was interrupted after {self._seconds} s: {limit}."
        self.error_on_timeout = {"ename": TIMED_OUT, "evalue": said, "traceback": [said]}
        return self._seconds

    def _after_limit(self, cell):
        """Go on where the kernel takes orders again, and note which cell was interrupted."""
        said = self.error_on_timeout["evalue"]
        if not run_sync(self.kc.obeys)(GRACE):
            self._stop(cell, f"a cell ran longer than {self._seconds} s and took no interrupt")
        elif any(output.get("evalue") == said for output in cell.outputs):
            self.interrupted.append(f"{grade_id_of(cell) or 'a cell outside the steps'}: {said}")

    def _stop(self, cell, why):
        self.stopped = why
        said = SAID.format(why)
        cell.outputs = [*cell.get("outputs", []), new_output("error", ename=STOPPED, evalue=said, traceback=[said])]

    def _why(self, error):
        """Say in plain words what ended a run."""
        provisioner = self.km.provisioner if self.km else None
        if isinstance(error, CellTimeoutError) and time.monotonic() - self.started >= self._seconds:
            return f"a cell ran longer than {self._seconds} s and took no interrupt"
        if self.meter.over or isinstance(error, OutputsTooLarge | CellTimeoutError):
            return f"its outputs were larger than {self.outputs / MEBIBYTE:g} MiB"
        if isinstance(error, TimeoutError):
            return f"the notebook ran longer than {self.notebook_timeout} s"
        if isinstance(error, DeadKernelError):
            over = getattr(provisioner, "over", "")
            return f"it took more than {self._limit(over)}" if over else "its kernel died"
        self.log.warning("Execution ended: %s: %r", type(error).__name__, str(error)[:500])
        return "its kernel sent something that cannot be read"

    def _limit(self, what):
        provisioner = self.km.provisioner
        return {"memory": f"{getattr(provisioner, 'memory', 0) / MEBIBYTE:g} MiB of memory",
                "processes": f"{getattr(provisioner, 'processes', 0)} processes",
                "mappings": f"{getattr(provisioner, 'mappings', 0)} parts of memory",
                "channels": f"{getattr(provisioner, 'channels', 0)} sockets, pipes and terminals",
                "files": f"{getattr(provisioner, 'files', 0)} open files",
                "running": f"{getattr(provisioner, 'running', 0)} threads at the same time",
                "scratch": f"{getattr(provisioner, 'scratch', 0) / MEBIBYTE:g} MiB of files"}[what]

    def _name_limits(self, cell):
        """Say which limit stands behind an error that Python raises when there is no more of something."""
        for output in list(cell.outputs) if self.wall else ():
            if output.output_type == "error":
                what = _missed(str(output.get("ename")), str(output.get("evalue")))
                if what:
                    said = f"A submission may take {self._limit(what)}; this cell asked for more.\n"
                    cell.outputs.append(new_output("stream", name="stdout", text=said))


def _missed(ename, evalue):
    if ename.endswith("MemoryError"):
        return "memory"
    if ename == "BlockingIOError" or "can't start new thread" in evalue:
        return "processes"
    return "scratch" if "No space left on device" in evalue or "File too large" in evalue else ""
