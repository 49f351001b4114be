"""How long an honest submission takes behind the wall, and how long the same cells take without one: make bench.

Runs are interleaved, so that whatever else the machine does falls on all of them alike, and the ratios are of pairs.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jupyter_client import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from rich.progress import Progress

from benchmarks import classes, coordinator, results
from benchmarks.classes import honest
from benchmarks.results import (
    FEEDBACK,
    FORK,
    IMPORTS,
    ONE,
    PAIR,
    RESULT,
    START,
    STEPS,
    STOCK,
    TWO,
    UNWALLED,
    VERIFY,
    WALLED,
)
from grading.lab import ROOT, lab
from grading.pages.terminal import console
from grading.submission.execute import ExecuteSubmission
from grading.submission.verify import Verify
from grading.wall.bubblewrap import ONE_THREAD
from grading.wall.warm import warm
from helpers.kit.wire import NONCE

WARM = """import importlib
lab = importlib.import_module("helpers").lab
for name in ("ipykernel.ipkernel", "ipykernel.kernelapp", "ipykernel.debugger", "IPython.core.completerlib",
             "IPython.core.debugger", "IPython.extensions.storemagic", *lab.warm):
    importlib.import_module(name)
lab.truth()"""
PREPARED = "from helpers import data\ndata.prepare()"


def main(arguments=None):
    """Measure, print a table, and write results.json and docs/performance.md."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.partition(":")[0])
    parser.add_argument("--runs", type=int, default=5, help="of each (default: 5, and no fewer)")
    parser.add_argument("--class-size", type=int, default=2000, help="of the coordinator's class (default: 2000)")
    options = parser.parse_args(arguments)
    runs = max(5, options.runs)
    with Progress(console=console()) as bar:
        task = bar.add_task("the coordinator alone", total=options.class_size)
        alone = coordinator.measure(options.class_size, lambda: bar.advance(task))
        warm()                                          # its start is not part of any measure
        with classes.Classes() as both:
            measured = {STOCK: lambda: both.with_stock(both.stock), STEPS: lambda: both.with_stock(both.steps),
                        FEEDBACK: lambda: both.with_stock(both.stock, "generate_feedback", "feedback"),
                        ONE: lambda: both.with_workers(1), TWO: lambda: both.with_workers(2),
                        WALLED: walled, UNWALLED: unwalled, PAIR: unwalled_pair, FORK: first_cell,
                        VERIFY: verification, START: both.until_the_first_cell, IMPORTS: imports}
            found, task = {name: [] for name in measured}, bar.add_task("measuring", total=runs * len(measured))
            for number in range(1, runs + 1):
                for name, measure in measured.items():
                    bar.update(task, description=name)
                    found[name].append(measure())
                    bar.advance(task)
                    if not bar.console.is_terminal:
                        print(f"round {number} of {runs}: {name} {found[name][-1]:.2f} s", flush=True)
    result = {**results.summary(found), "coordinator": alone}
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    results.write(result)
    console().print(results.table(result))


def walled():
    """Return the seconds that an honest submission takes behind the wall, from the fork to the end of its kernel."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        made, resources = ExecuteSubmission().preprocess(honest(), {"metadata": {"path": folder}})
        took = time.perf_counter() - start
    _refuse_failures(made)
    return took


def unwalled():
    """Return the seconds of the same cells in a kernel without a wall that has run them before."""
    with tempfile.TemporaryDirectory() as folder:
        manager = AsyncKernelManager(kernel_name="python3")
        run_sync(manager.start_kernel)(env={**os.environ, **ONE_THREAD, NONCE: "0" * 32}, cwd=folder,
                                       extra_arguments=["--log-level=ERROR"])
        try:
            NotebookClient(new_notebook(cells=[new_code_cell(PREPARED)]), km=manager).execute()
            for _ in range(3):                          # by then it has all the memory that it needs
                notebook = honest()
                start = time.perf_counter()
                NotebookClient(notebook, km=manager, timeout=60, allow_errors=True).execute()
                took = time.perf_counter() - start
        finally:
            run_sync(manager.shutdown_kernel)(now=True)
    _refuse_failures(notebook)
    return took


def unwalled_pair():
    """Return the seconds that a submission takes when two such kernels run at once: the limit with two processors."""
    with ThreadPoolExecutor(2) as pool:
        return max(one.result() for one in [pool.submit(unwalled), pool.submit(unwalled)]) / 2


def first_cell():
    """Return the seconds from asking for a kernel behind the wall to the end of its first, empty cell."""
    ended = []

    class Timed(ExecuteSubmission):
        def on_cell_executed(self, **kwargs):
            ended.append(time.perf_counter())
            super().on_cell_executed(**kwargs)

    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        Timed().preprocess(new_notebook(cells=[new_code_cell("pass")]), {"metadata": {"path": folder}})
    return ended[0] - start


def imports():
    """Return the seconds that an interpreter takes to import what the one behind the wall does."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", WARM], env={**os.environ, **ONE_THREAD, **lab().environment(Path.home())},
                   cwd=ROOT, check=True)
    return time.perf_counter() - start


def verification():
    """Return the seconds that the judging of an executed notebook takes, outside the wall."""
    with tempfile.TemporaryDirectory() as folder:
        made, resources = ExecuteSubmission().preprocess(honest(), {"metadata": {"path": folder}})
    start = time.perf_counter()
    Verify().preprocess(made, resources)
    return time.perf_counter() - start


def _refuse_failures(notebook):
    failed = [o for cell in notebook.cells for o in cell.get("outputs", []) if o.output_type == "error"]
    if failed:
        raise RuntimeError(f"an honest submission failed, so its time means nothing: {failed[0].evalue}")


if __name__ == "__main__":
    main()
