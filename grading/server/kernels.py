"""Kernels that a Jupyter server starts where the work of students lies: always behind the wall, or not at all."""

from asyncio import get_running_loop
from concurrent.futures import ThreadPoolExecutor

from jupyter_server.utils import to_os_path
from tornado import web

from grading.places import holds_work
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


class WalledSessions:
    """A jupyter_server session manager that joins no notebook of a student's to a kernel that runs elsewhere."""

    async def save_session(self, session_id, path=None, name=None, type=None, kernel_id=None):
        """Save a new session; see jupyter_server."""
        self._look_at(path, kernel_id)
        return await super().save_session(session_id, path, name, type, kernel_id)

    async def update_session(self, session_id, **changes):
        """Change a session; see jupyter_server."""
        before = await self.get_session(session_id=session_id)
        self._look_at(changes.get("path", before["path"]), changes.get("kernel_id", before["kernel"]["id"]))
        await super().update_session(session_id, **changes)

    def _look_at(self, path, kernel_id):
        manager = self.kernel_manager
        if holds_work(to_os_path(path or "", manager.root_dir)) and manager.get_kernel(kernel_id).kernel_name != WALL:
            raise web.HTTPError(403, "This notebook was handed in, and its code runs behind the grader's wall only. "
                                     "The kernel that was asked for is another's. Start one of its own.")


def why_no_wall():
    """Start the warm interpreter, if there is none; return why it cannot be, or nothing."""
    try:
        warm()
    except NoWall as reason:
        return str(reason)
    return ""


def walled(manager, kind=Walled):
    """Return a class of managers, of kernels or of sessions, as one of `Walled` or of `WalledSessions`."""
    return manager if issubclass(manager, kind) else type(f"{kind.__name__}Here", (kind, manager), {})
