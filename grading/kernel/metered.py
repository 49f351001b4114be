"""What a kernel may send: so much, counted before any of it is parsed, and nothing that no notebook can hold."""

import os
import re
import threading
from contextlib import contextmanager

from jupyter_client.session import Session
from traitlets import Any

from grading.kernel.inside import usage

TEXTS = {"name": str, "text": str, "data": dict, "metadata": dict, "ename": str, "evalue": str, "traceback": list}
OUTPUTS = {"stream": ("name", "text"), "error": ("ename", "evalue", "traceback"),
           **dict.fromkeys(("display_data", "update_display_data", "execute_result"), ("data", "metadata"))}
JSON = re.compile(r"application/(.*\+)?json")       # whatever has one of these types need be no text


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
    """Refuse messages once the kernel has sent too much, and those that would spoil the notebook.

    A manager's clients clone its session, meter included.
    """

    meter = Any()

    def deserialize(self, msg_list, content=True, copy=True):
        """Read one message; see jupyter_client."""
        self.meter.count(sum(len(part) for part in msg_list))
        message = super().deserialize(msg_list, content, copy)
        if not fits(message["header"].get("msg_type"), message["content"]):
            raise ValueError("a message that no notebook can hold")
        return message


def fits(kind, content):
    """Whether a notebook can hold what a message says, by the schema of nbformat 4.5.

    Parameters
    ----------
    kind : object
        The type of the message, as the kernel names it.
    content : object
    """
    if not isinstance(content, dict):
        return False
    count = content.get("execution_count")
    if count is not None and (type(count) is not int or count < 0):
        return False
    if not isinstance(kind, str) or kind not in OUTPUTS:
        return True
    return all(isinstance(content.get(name), TEXTS[name]) for name in OUTPUTS[kind]) and \
        all(isinstance(line, str) for line in content.get("traceback", ())) and \
        all(JSON.fullmatch(name) or _is_text(value) for name, value in content.get("data", {}).items())


def _is_text(value):
    return isinstance(value, str) or isinstance(value, list) and all(isinstance(line, str) for line in value)


@contextmanager
def bounded(most, on_limit):
    """Call a function as soon as this process has grown by too much: a message that is not whole is nowhere counted.

    Parameters
    ----------
    most : int
        Bytes.
    on_limit : callable
        Called once, in another thread.
    """
    ended, before = threading.Event(), usage.resident(os.getpid())

    def watch():
        while not ended.wait(0.1):
            if usage.resident(os.getpid()) - before > most:
                on_limit()
                return

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
