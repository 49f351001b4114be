"""What attacks must not do: change files, read secrets, outlive their kernel, run in a browser. It is looked for."""

import ctypes
import hashlib
import os
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import nbformat

from attacking.attack import COURSE
from grading.lab import ROOT
from grading.wall.inside import usage

CANARY = "canary-of-{place}-7d31f2"     # what is hidden in each place that no submission may read
PLACES = ("source", "gradebook", "environment", "submission of others")
SUBREAPER = 36                          # linux/prctl.h: orphans become children of this process


def leaked(text):
    """Return the places whose secret stands in a text."""
    return tuple(f"the {place}" for place in PLACES if CANARY.format(place=place) in text)


def crossed(folder, student):
    """Return what a submission got at, by all that grading left about it for people to read."""
    left = [path for kind in ("autograded", "feedback") for path in sorted((folder / kind / student).rglob("*"))
            if path.is_file() and path.name != COURSE]
    texts = {path: path.read_text(errors="replace") for path in left}
    live = any(_Live(text).found for path, text in texts.items() if path.suffix == ".html")
    return (*leaked("".join(texts.values())), *["the browser"] * live)


class _Live(HTMLParser):
    """Looks for calls of attack() that a browser would make, addresses of it that lead there, and cells that span."""

    def __init__(self, html):
        super().__init__()
        self.found = False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found |= any(name in ("colspan", "rowspan") or
                          "attack(" in (value or "") and (name.startswith("on") or name in ("srcdoc", "src", "href"))
                          for name, value in attributes)

    def handle_data(self, data):
        self.found |= self.cdata_elem == "script" and "attack(" in data


def files(folder, project=True):
    """Return what must not change, by path: contents and times of the files of a course and, where asked for, of this
    project's code and data; and the names of what is installed.
    """
    found = {}
    own = ("helpers", "grading", "source", "release") if project else ()
    for path in (*folder.rglob("*"), *(path for name in own for path in (ROOT / name).rglob("*")
                                       if "__pycache__" not in path.parts)):
        status = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""
        found[str(path)] = (content, status.st_mtime_ns, status.st_mode) if not path.is_dir() else status.st_mode
    return {**found, "installed": sorted(os.listdir(Path(nbformat.__file__).parents[1]))}


def harm(before, folder, graded, project=True):
    """Say which files are not as they were, but for those that grading some students writes."""
    ours = re.compile(rf"{re.escape(str(folder))}/(gradebook\.db|report(/.*)?|"
                      rf"(autograded|feedback)(/({'|'.join(graded)})(/.*)?)?)$")
    after = files(folder, project)
    return [f"{path} is {'new' if path not in before else 'gone' if path not in after else 'changed'}"
            for path in sorted({*before, *after}) if before.get(path) != after.get(path) and not ours.match(path)]


class Survivors:
    """Processes that outlive the one that started them: they become children of this one."""

    def __init__(self):
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
        self.before = usage.family(os.getpid())

    def named(self, seconds=5):
        """Return a sentence for each that still runs."""
        until = time.monotonic() + seconds
        while (names := self._running()) and time.monotonic() < until:
            time.sleep(0.1)
        return [f"the process {name} survived" for name in names]

    def _running(self):
        return [stat for pid in usage.family(os.getpid()) - self.before
                if (stat := _read(f"/proc/{pid}/stat")) and stat.rpartition(")")[2].split()[0] != "Z"]


def _read(path):
    try:
        return Path(path).read_text()
    except OSError:                                     # it has just ended
        return ""
