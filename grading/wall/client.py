"""A client of a kernel that has said it listens: it waits for nothing else."""

import asyncio
import math
import time
from queue import Empty

from jupyter_client.asynchronous import AsyncKernelClient


class PromptClient(AsyncKernelClient):
    """Starts to work as soon as the kernel answers and is heard.

    jupyter_client's own waits for 0.2 s of silence as well. nbclient does not need it: it sorts what a kernel says by
    the cell that it belongs to.
    """

    def start_channels(self, shell=True, iopub=True, stdin=False, hb=False, control=False):
        """Connect only the channels that are read: what a kernel sends on another would wait, unmeasured, for ever."""
        super().start_channels(shell=shell, iopub=iopub, stdin=stdin, hb=hb, control=control)

    async def wait_for_ready(self, timeout=None):
        """Wait for an answer and for a word on the channel of outputs; see jupyter_client."""
        until = time.monotonic() + (timeout or math.inf)
        while time.monotonic() < until and await self.is_alive():
            self.kernel_info()
            try:
                await self.get_shell_msg(timeout=1)
                await self.get_iopub_msg(timeout=0.2)
                return
            except Empty:
                pass
        raise RuntimeError("The kernel died, or did not answer in time, before its first cell.")

    async def obeys(self, seconds):
        """Whether the kernel, interrupted before, takes an order within some seconds."""
        order = self.execute("", silent=True, store_history=False)
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                message = await asyncio.wait_for(self.get_shell_msg(), left)
            except Exception:                           # whatever it sent or did not send is no answer
                return False
            if message["parent_header"].get("msg_id") == order:
                return True
        return False
