"""The command `lab6 mark`: a Jupyter server for the marking page alone, or marks from a file."""

import getpass
import os
import sys

from grading.course.classroom import Classroom
from grading.course.commands import NOT_RELEASED
from grading.marking.answers import Answers
from grading.marking.store import MARKER, Marker, Store
from grading.platforms import marks
from helpers.kit.verdict import how_many


def add_command(add):
    """Add `mark` to the commands of lab6."""
    mark = add("mark", "mark the written answers in a browser, or take marks from a file", "lab6 mark --as Ada")
    mark.add_argument("--as", dest="name", default=None, metavar="NAME", help="who marks (default: your user name)")
    mark.add_argument("--no-browser", action="store_true", help="say the address, and open no browser")
    mark.add_argument("--port", type=int, metavar="N", help="of the server (default: the first that is free)")
    mark.add_argument("--import", dest="file", metavar="FILE",
                      help="a CSV file of student, question, points, comment, of which every row is checked first")
    mark.add_argument("--replace", action="store_true", help="with --import: also where there are other marks already")


def run(options):
    """Run `lab6 mark`; return its exit status."""
    room = Classroom(options.course)
    if not room.is_released():
        raise RuntimeError(NOT_RELEASED)
    name = options.name or getpass.getuser()
    if options.file:
        return _take(room, options.file, Marker(name, name), options.replace)
    return _serve(room, name, options)


def _take(room, path, marker, replaces):
    store = Store(room.api.coursedir)
    try:
        points = store.questions()
        changes = marks.read(path, points, {question: store.answers(question) for question in points}, replaces)
        schemes = {name: question.items for name, question in Answers(room.api.coursedir).questions(points).items()}
        saved = store.mark({name: (schemes[name], its) for name, its in changes.items()}, marker, "import")
    finally:
        store.close()
    print(f"Saved {how_many(len(saved), 'mark')} from {path}.")
    return 0


def _serve(room, name, options):
    """Become a Jupyter server in the course's folder."""
    command = [sys.executable, "-m", "jupyter", "server", "--ServerApp.default_url=/lab6/marking",
               f"--ServerApp.root_dir={room.folder}", f"--ServerApp.open_browser={not options.no_browser}"]
    command += [f"--port={options.port}"] if options.port else []
    command += ["--allow-root"] if os.geteuid() == 0 else []
    print("Marking opens in the browser. Control+C ends this; what is shown as saved is saved.", flush=True)
    os.chdir(room.folder)
    os.execve(sys.executable, command, {**os.environ, MARKER: name})
