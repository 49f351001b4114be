"""Kernels that a Jupyter server starts where the work of students lies: always behind the wall, or not at all."""

from asyncio import get_running_loop
from concurrent.futures import ThreadPoolExecutor

from jupyter_server.utils import to_os_path
from tornado import web

from grading.server.places import holds_work
from grading.wall.bubblewrap import NoWall
from grading.wall.provisioner import WALL
from grading.wall.warm import warm

# The warm interpreter takes seconds to start, and ends with the thread that started it: this one stays.
THREAD = ThreadPoolExecutor(1, thread_name_prefix="lab6-wall")


class Walled:
    """A jupyter_server kernel manager that looks at where a kernel is to work, before it looks at which one it is."""

    async def start_kernel(self, *, path=None, kernel_name=None, **kwargs):
        """Start a kernel; see jupyter_server."""
        if path is not None and holds_work(to_os_path(path, self.root_dir)):
            kernel_name = WALL
        if kernel_name == WALL and (reason := await get_running_loop().run_in_executor(THREAD, why_no_wall)):
            raise web.HTTPError(503, f"No kernel was started. What students hand in is run behind the grader's wall "
                                     f"only. {reason} To see more: lab6 doctor.")
        return await super().start_kernel(path=path, kernel_name=kernel_name, **kwargs)


def why_no_wall():
    """Start the warm interpreter, if there is none; return why it cannot be, or nothing."""
    try:
        warm()
    except NoWall as reason:
        return str(reason)
    return ""


def walled(manager):
    """Return a class of kernel managers as one of `Walled`."""
    return manager if issubclass(manager, Walled) else type("WalledKernels", (Walled, manager), {})
