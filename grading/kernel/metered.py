"""A session of jupyter_client that counts what a kernel sends, before any of it is parsed."""

from jupyter_client.session import Session


class OutputsTooLarge(Exception):
    """A kernel sent more bytes than it may."""


class MeteredSession(Session):
    """Refuse messages once the kernel has sent too much.

    Parameters
    ----------
    most : int
        Bytes of all messages together.
    on_limit : callable
        Called once, when they are more.
    """

    def __init__(self, most, on_limit, **kwargs):
        super().__init__(**kwargs)
        self.left, self.on_limit, self.over = most, on_limit, False

    def deserialize(self, msg_list, content=True, copy=True):
        """Read one message; see jupyter_client."""
        self.left -= sum(len(part) for part in msg_list)
        if self.left < 0:
            if not self.over:
                self.over = True
                self.on_limit()
            raise OutputsTooLarge
        return super().deserialize(msg_list, content, copy)
