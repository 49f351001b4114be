"""A session of jupyter_client that counts what a kernel sends, before any of it is parsed."""

from jupyter_client.session import Session
from traitlets import Any


class OutputsTooLarge(Exception):
    """A kernel sent more bytes than it may."""


class Meter:
    """What a kernel may still send.

    Parameters
    ----------
    most : int
        Bytes of all messages together.
    on_limit : callable
        Called once, when they are more.
    """

    def __init__(self, most, on_limit):
        self.left, self.on_limit, self.over = most, on_limit, False

    def count(self, number):
        """Count some bytes; raise OutputsTooLarge when they are too many."""
        self.left -= number
        if self.left < 0:
            if not self.over:
                self.over = True
                self.on_limit()
            raise OutputsTooLarge


class MeteredSession(Session):
    """Refuse messages once the kernel has sent too much; a manager's clients clone its session, meter included."""

    meter = Any()

    def deserialize(self, msg_list, content=True, copy=True):
        """Read one message; see jupyter_client."""
        self.meter.count(sum(len(part) for part in msg_list))
        return super().deserialize(msg_list, content, copy)
