"""A kernel provisioner of jupyter_client: every client that starts this kernel gets one behind the wall."""

import asyncio
import io
import json
import os
import shutil
import signal
import socket
import stat
import tarfile
import tempfile
import uuid
from contextlib import contextmanager

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning import KernelProvisionerBase
from traitlets import Integer

from grading.places import is_submission
from grading.wall.warm import warm
from helpers.kit.wire import NONCE

WALL = "lab6-wall"  # the kernelspec's name, and the provisioner's
NOBODY = 65534
READY = 60          # seconds from the fork to a kernel that listens
INSIDE = "/scratch/sockets/kernel"
# The scratch is appended to the path, and so it shadows nothing of the course.
ARGUMENTS = ["--InteractiveShellApp.ignore_cwd=True", "--HistoryManager.enabled=False"]
PASSED_ON = (NONCE, "NBGRADER_EXECUTION")


class TheWall(KernelSpecManager):
    """Knows one kernel, the one behind the wall."""

    def get_kernel_spec(self, kernel_name):
        """Return it; see jupyter_client."""
        return KernelSpec(name=WALL, language="python")


class WalledProvisioner(KernelProvisionerBase):
    """Starts a kernel by asking the warm interpreter behind the wall for a child."""

    memory = Integer(3 * 2 ** 30, help="Bytes of memory for a submission, all its processes together.").tag(config=True)
    processes = Integer(256, help="Processes and threads of a submission.").tag(config=True)
    running = Integer(16, help="Threads of a submission that may run at the same time, for longer than a moment: "
                               "others share the processors with it.").tag(config=True)
    mappings = Integer(150_000, help="Parts of memory of a submission, all its processes together: what Linux keeps "
                                     "for each counts as no memory.").tag(config=True)
    channels = Integer(1000, help="Sockets, pipes and terminals of a submission: what waits in them counts as no "
                                  "memory.").tag(config=True)
    files = Integer(20_000, help="Open files of a submission, counted in each of its threads.").tag(config=True)
    scratch = Integer(512 * 2 ** 20, help="Bytes that a submission may write to files.").tag(config=True)

    laid_out = False    # whether the folder that it starts in was made for it: of others, only a submission's is packed
    line = None         # the socket to the supervisor of this kernel
    code = None         # its exit status, once it has one
    over = ""           # which of these it was ended for taking too much of: "memory", for example
    folder = None       # of the sockets, outside

    @property
    def has_process(self):
        """Whether a kernel was started and its end not yet noticed; see jupyter_client."""
        return self.line is not None

    async def poll(self):
        """Return the exit status, or None while the kernel runs; see jupyter_client."""
        while self.code is None and self.line is not None:
            try:
                self._hear(self.line.recv(65536))
            except BlockingIOError:
                return None
            except OSError:
                self._hear(b"")
        return self.code

    async def wait(self):
        """Wait for the end; see jupyter_client."""
        while await self.poll() is None:
            await asyncio.sleep(0.02)
        self._hang_up()
        return self.code

    async def send_signal(self, signum):
        """Interrupt or end the kernel; see jupyter_client. The signal is sent by the supervisor, from inside."""
        if signum:
            self._order(b"interrupt" if signum == signal.SIGINT else b"kill")

    async def kill(self, restart=False):
        """End the kernel and all that it started; see jupyter_client, which looks for the end only every 0.1 s."""
        self._order(b"kill")
        for _ in range(50):
            if await self.poll() is not None:
                return
            await asyncio.sleep(0.002)

    async def terminate(self, restart=False):
        """End the kernel and all that it started; see jupyter_client."""
        self._order(b"kill")

    async def pre_launch(self, **kwargs):
        """Let the manager connect over sockets in a folder of this kernel's own; see jupyter_client."""
        self.warm = warm()
        # After a restart the sockets have the same names, and whoever is connected stays so.
        name = os.path.basename(self.folder or uuid.uuid4().hex)
        self.folder = os.path.join(self.warm.folder, name)
        os.mkdir(self.folder, 0o700)
        if os.getuid() == 0:
            os.chown(self.folder, NOBODY, NOBODY)
        manager = self.parent
        manager.transport, manager.ip = "ipc", os.path.join(self.folder, "kernel")
        manager.connection_file = os.path.join(self.warm.folder, f"{name}.json")
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        return await super().pre_launch(cmd=[*ARGUMENTS, *kwargs.pop("extra_arguments", [])], **kwargs)

    async def launch_kernel(self, cmd, **kwargs):
        """Ask for a kernel and wait until it listens; see jupyter_client."""
        self.code, self.over = None, ""
        self.line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        folder = kwargs.get("cwd") or os.devnull
        packed = folder if self.laid_out or is_submission(folder) else os.devnull
        with theirs, _packed(packed, self.scratch) as files:
            self.warm.ask(self._request(cmd, kwargs["env"]), theirs, files)
        self.line.setblocking(False)
        try:
            said = await asyncio.wait_for(asyncio.get_running_loop().sock_recv(self.line, 65536), READY)
        except asyncio.TimeoutError:
            said = b""
        if not said or "ready" not in json.loads(said):
            self._order(b"kill")
            self._hang_up()
            raise RuntimeError("The kernel behind the wall did not start: "
                               + (json.loads(said).get("failed", "it ended") if said else "it said nothing"))
        return self.connection_info

    def _request(self, arguments, env):
        info = {name: value.decode() if isinstance(value, bytes) else value
                for name, value in self.connection_info.items()}
        return {"folder": os.path.basename(self.folder), "connection": {**info, "ip": INSIDE}, "arguments": arguments,
                "env": {name: env[name] for name in PASSED_ON if name in env}, "memory": self.memory,
                "processes": self.processes, "running": self.running, "mappings": self.mappings,
                "channels": self.channels, "files": self.files, "scratch": self.scratch}

    def _hear(self, said):
        content = json.loads(said) if said else {"ended": -signal.SIGKILL}
        if "ended" in content:
            self.code, self.over = content["ended"], content.get("over", "")

    def _order(self, order):
        if self.line is not None:
            try:
                self.line.send(order)
            except OSError:                     # it has ended
                pass

    def _hang_up(self):
        if self.line is not None:
            self.line.close()                   # the supervisor ends everything when its line is closed
            self.line = None

    async def cleanup(self, restart=False):
        """Remove the sockets; see jupyter_client."""
        self._hang_up()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def _packed(folder, most):
    """Yield a file descriptor of a tar archive of the plain files in a folder; links and devices stay outside."""
    with tempfile.TemporaryFile() as file:
        with tarfile.open(fileobj=file, mode="w") as archive:
            for path, size in _plain_files(folder):
                most -= size
                if most < 0:
                    break
                _add(archive, path, os.path.relpath(path, folder))
        file.seek(0)
        yield file.fileno()


def _plain_files(folder):
    for above, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            status = os.lstat(os.path.join(above, name))
            if stat.S_ISREG(status.st_mode) and not name.lower().endswith(".ipynb"):    # what nobody sees may lie there
                yield os.path.join(above, name), status.st_size


def _add(archive, path, name):
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        content = file.read()
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    archive.addfile(member, io.BytesIO(content))
