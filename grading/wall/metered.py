"""What a kernel may send: so much, counted before any of it is parsed, and nothing that no notebook can hold."""

import os
import re
import threading
from collections import Counter
from contextlib import contextmanager

from jupyter_client.session import Session
from traitlets import Any

from grading.wall.inside import usage
from helpers.kit.wire import MIME

TEXTS = {"name": str, "text": str, "data": dict, "metadata": dict, "ename": str, "evalue": str, "traceback": list}
OUTPUTS = {"stream": ("name", "text"), "error": ("ename", "evalue", "traceback"),
           **dict.fromkeys(("display_data", "update_display_data", "execute_result"), ("data", "metadata"))}
JSON = re.compile(r"application/(.*\+)?json")       # whatever has one of these types need be no text
EVIDENCE = 100_000          # values in a piece of evidence; a check hands out some thousand


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
        self.places, self.counted = Counter(), Counter()        # by display id: outputs, and bytes counted for them

    def count(self, number):
        """Count some bytes; raise OutputsTooLarge when they are too many."""
        self.left -= number
        if self.left < 0:
            if not self.over:
                self.over = True
                self.on_limit()
            raise OutputsTooLarge

    def count_places(self, display_id, number, new):
        """Count an output once for each place that shows it: what is sent under a display id replaces all before it.

        Parameters
        ----------
        display_id : str
        number : int
            Bytes of the message, which are counted already.
        new : bool
            Whether it is shown in one more place.
        """
        self.places[display_id] += new
        more = self.places[display_id] * number - self.counted[display_id] - number
        self.counted[display_id] += number + max(0, more)
        self.count(max(0, more))


class MeteredSession(Session):
    """Refuse messages once the kernel has sent too much, and those that would spoil the notebook.

    A manager's clients clone its session, meter included.
    """

    meter = Any()

    def deserialize(self, msg_list, content=True, copy=True):
        """Read one message; see jupyter_client."""
        size = sum(len(part) for part in msg_list)
        self.meter.count(size)
        message = super().deserialize(msg_list, content, copy)
        kind, said = message["header"].get("msg_type"), message["content"]
        if not fits(kind, said):
            raise ValueError("a message that no notebook can hold")
        if "data" in OUTPUTS.get(kind, ()):
            if display_id := said.get("transient", {}).get("display_id"):
                self.meter.count_places(display_id, size, kind != "update_display_data")
            said["data"] = {name: value for name, value in said["data"].items() if _is_shown(name, value)}
            said["metadata"] = {name: _single(about) for name, about in said["metadata"].items()
                                if isinstance(about, dict)}
        return message


def fits(kind, content):
    """Whether a notebook can hold what a message says, by the schema of nbformat 4.5.

    Parameters
    ----------
    kind : object
        The type of the message, as the kernel names it: one word.
    content : object
    """
    if not isinstance(content, dict):
        return False
    count = content.get("execution_count")
    if count is not None and (type(count) is not int or count < 0):
        return False
    if not isinstance(kind, str) or not kind.isidentifier():        # it goes to the log, and so to a terminal
        return False
    if kind not in OUTPUTS:
        return True
    transient = content.get("transient", {})
    named = isinstance(transient, dict) and isinstance(transient.get("display_id") or "", str)
    return named and all(isinstance(content.get(name), TEXTS[name]) for name in OUTPUTS[kind]) and \
        all(isinstance(line, str) for line in content.get("traceback", ())) and \
        all(JSON.fullmatch(name) or _is_text(value) for name, value in content.get("data", {}).items())


def _is_shown(name, value):
    """Whether an output's data is kept: no page shows JSON, and written down it can take a hundred times its bytes."""
    return _is_small(value) if name == MIME else not JSON.fullmatch(name)


def _is_small(value):
    """Whether JSON holds few enough values, wherever they are."""
    left, number = [value], 0
    while left:
        inside = left.pop()
        inside = inside.values() if isinstance(inside, dict) else inside if isinstance(inside, list) else ()
        number += len(inside)
        if number > EVIDENCE:
            return False
        left.extend(inside)
    return True


def _single(about):
    return {name: value for name, value in about.items() if isinstance(value, str | int | float)}


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
