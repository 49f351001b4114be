"""What the checks hand out for each of tests/honest and tests/mutants, recorded once without a wall, and judged again.

Only cells from the first that differs from the solutions to the last check that matters are run; test_corpora runs
every fifth case whole and behind the wall, make corpora all of them. Each recording has the same nonce.
"""

import functools
import gzip
import hashlib
import inspect
import json
import os
import sys
import traceback
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
from corpus import PREFIX, SOLVED
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from matplotlib import pyplot
from nbformat.v4 import new_code_cell, new_notebook
from rich.progress import Progress
from sklearn import cluster  # noqa: F401 - its OpenMP must be there to be held to one thread: a pool hangs in a fork
from threadpoolctl import threadpool_limits

from grading.lab import ROOT, grade_id_of
from grading.submission.identity import SKIP
from grading.submission.outcome import verdicts
from grading.submission.verify import Verify
from helpers import lab
from helpers.kit import kinds, wire
from helpers.kit.wire import MIME
from helpers.kit.wire import NONCE as NONCE_VARIABLE

KEPT = ROOT / "build" / "evidence"
NONCE = "0" * 32
VERSION = "LAB6_EVIDENCE"


class Shell(InteractiveShell):
    """IPython as in a kernel: %matplotlib opens no window."""

    def enable_gui(self, gui=None):
        """Leave everything as it is."""


def steps_of(case):
    """Return the steps that a case does in its own way or loses; all of them where it is the solutions."""
    return [step for step in lab.steps if step in case.loses or not case.cells
            or case.cells.keys() & {f"step_{step}", f"step_{step}_function"}]


def lacking(cases):
    """Return the cases that are not kept yet."""
    return [case for case in cases if not _path(case).exists()]


def record(cases, again=False):
    """Run cases, and keep what the checks of their own steps hand out.

    Parameters
    ----------
    cases : list of corpus.Case
    again : bool
        Whether to record also what is kept already.

    Raises
    ------
    RuntimeError
        A case ended its process. The message names it.
    """
    (KEPT / version()).mkdir(parents=True, exist_ok=True)
    left = cases if again else lacking(cases)
    if not left:
        return
    os.environ[NONCE_VARIABLE] = NONCE
    with threadpool_limits(1), TemporaryDirectory() as folder, chdir(folder), Progress() as bar:   # some save a picture
        shell = Shell.instance()
        pyplot.switch_backend("module://matplotlib_inline.backend_inline")      # as in a kernel
        solved, cells = _cells(SOLVED), [_cells(case) for case in left]
        task, running = bar.add_task("recording", total=len(left)), {}
        for place, name in enumerate(solved):
            for case, own in zip(left, cells):
                if _first(own, solved) == place:
                    if len(running) == len(os.sched_getaffinity(0)):
                        _await_one(running)
                    running[_recorded(shell, case, own, place)] = case.name
                    bar.advance(task)
            _run(shell, {name: solved[name]})
        while running:
            _await_one(running)
    del os.environ[NONCE_VARIABLE]


def _cells(case):
    """Return the code cells of a case that a step may need, by name: not those that are for looking at."""
    return {grade_id_of(cell): cell.source for cell in corpus.submission(case, further=False).cells
            if cell.cell_type == "code" and grade_id_of(cell) and SKIP not in cell.metadata.get("tags", ())}


def _first(cells, solved):
    """Return the place of the first cell in which a case is not the solutions."""
    return next((place for place, name in enumerate(solved) if cells[name] != solved[name]), 0)


def _recorded(shell, case, cells, first):
    """Run and keep a case in a fork of this process, which has done the cells before its first; return its id."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            names, steps = list(cells), steps_of(case)
            last = max(names.index(PREFIX + step) for step in steps)
            said = _run(shell, {name: cells[name] for name in names[first:last + 1]})
            content = {"imports": cells["step_a"], "handed_out": {step: said[PREFIX + step] for step in steps}}
            _path(case).write_bytes(gzip.compress(json.dumps(content).encode(), 1))
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return child


def _await_one(running):
    """Wait until one of the forks has ended; `running` names their cases by id."""
    child, status = os.wait()
    name = running.pop(child)
    if status:
        raise RuntimeError(f"{name} could not be recorded")


def _run(shell, cells):
    """Run cells, and return what each hands out."""
    handed_out = {}
    for name, source in cells.items():
        with capture_output() as said:
            shell.run_cell(source, store_history=False)
        handed_out[name] = [output.data[MIME] for output in said.outputs if MIME in output.data]
    return handed_out


def judged(case):
    """Let the grader judge what was kept of a case.

    Parameters
    ----------
    case : corpus.Case

    Returns
    -------
    (dict of str to nbformat.NotebookNode, dict of str to helpers.kit.verdict.Verdict)
        The checks' cells, and the verdicts, by step.
    """
    kept = json.loads(gzip.decompress(_path(case).read_bytes()))
    cells = {step: new_code_cell(metadata={"nbgrader": {"grade_id": PREFIX + step, "grade": True, "points": 1}},
                                 outputs=[{"output_type": "display_data", "metadata": {},
                                           "data": {MIME: content}} for content in contents])
             for step, contents in kept["handed_out"].items()}
    notebook = new_notebook(cells=[new_code_cell(kept["imports"]), *cells.values()])
    Verify().preprocess(notebook, {"lab6_nonce": NONCE})
    return cells, verdicts(notebook)


def _path(case):
    """Return where a case is kept: elsewhere once it, the solutions, or what hands out evidence has changed."""
    own = hashlib.sha256(repr(sorted(case.cells.items())).encode()).hexdigest()[:8]
    return KEPT / version() / f"{case.name}-{own}.json.gz"


@functools.cache
def version():
    """Return a hash of what decides what is handed out: the solutions, the kinds, how they travel; not the judges.

    A copy of this project in which these are changed on purpose says whose evidence it is to judge.
    """
    if VERSION in os.environ:
        return os.environ[VERSION]
    found = hashlib.sha256(repr(_cells(SOLVED)).encode())
    for module in (kinds, wire):
        found.update(Path(module.__file__).read_bytes())
    for letter, step in lab.steps.items():
        for name, kind in step.kinds.items():
            trials = kind.trials(NONCE) if issubclass(kind, kinds.Answers) else ()
            found.update(repr((letter, name, inspect.getsource(kind), trials)).encode())
    return found.hexdigest()[:12]


if __name__ == "__main__":
    record([case for case in corpus.folder("honest") + corpus.folder("mutants") if case.name in sys.argv[1:]])
