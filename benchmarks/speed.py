"""How long an honest submission takes behind the wall, and how long the same cells take without one: make bench.

Runs are interleaved, so that whatever else the machine does falls on all of them alike, and the ratios are of pairs.
"""

import argparse
import json
import os
import platform
import statistics
import tempfile
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

from jupyter_client import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from rich.progress import Progress
from rich.table import Table

from grading import corpus
from grading.corpus import Case
from grading.execute import ExecuteSubmission
from grading.kernel.wall import ONE_THREAD
from grading.kernel.warm import warm
from grading.report import console
from helpers.evidence import NONCE

RESULT = Path(__file__).with_name("results.json")
IMPORTS = "from helpers import data\ndata.prepare()\n" \
          "import keras, matplotlib.pyplot, numpy, sklearn.cluster, sklearn.metrics\n" \
          "import helpers.checks, helpers.plots, helpers.results"


def main(arguments=None):
    """Measure, print a table, and write results.json."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.partition(":")[0])
    parser.add_argument("--runs", type=int, default=7, help="of each (default: 7; at least 5)")
    runs = max(5, parser.parse_args(arguments).runs)
    out, found = console(), {name: [] for name in MEASURED}
    warm()                                              # its start is not part of any measure
    with Progress(console=out) as bar:
        task = bar.add_task("measuring", total=runs * len(MEASURED))
        for _ in range(runs):
            for name, measure in MEASURED.items():
                found[name].append(measure())
                bar.advance(task)
    result = summary(found)
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    out.print(table(result))


def walled():
    """Return the seconds that an honest submission takes behind the wall, from the fork to the end of its kernel."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        made, resources = ExecuteSubmission().preprocess(honest(), {"metadata": {"path": folder}})
        took = time.perf_counter() - start
    _refuse_failures(made)
    return took


def unwalled():
    """Return the seconds of the same cells in a kernel without a wall that has imported everything before."""
    with tempfile.TemporaryDirectory() as folder:
        manager = AsyncKernelManager(kernel_name="python3")
        run_sync(manager.start_kernel)(env={**os.environ, **ONE_THREAD, NONCE: "0" * 32}, cwd=folder)
        try:
            NotebookClient(new_notebook(cells=[new_code_cell(IMPORTS)]), km=manager).execute()
            notebook = honest()
            start = time.perf_counter()
            NotebookClient(notebook, km=manager, timeout=60, allow_errors=True).execute()
            took = time.perf_counter() - start
        finally:
            run_sync(manager.shutdown_kernel)(now=True)
    _refuse_failures(notebook)
    return took


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


MEASURED = {"behind the wall": walled, "warm, without a wall": unwalled, "fork to first cell": first_cell}


def honest():
    """Return a finished notebook, without its ungraded end."""
    return corpus.submission(Case("honest", "", frozenset(), "", {}), further=False)


def _refuse_failures(notebook):
    failed = [o for cell in notebook.cells for o in cell.get("outputs", []) if o.output_type == "error"]
    if failed:
        raise RuntimeError(f"an honest submission failed, so its time means nothing: {failed[0].evalue}")


def summary(found):
    """Return medians, ratios of pairs, and what they were measured on."""
    ratios = [one / other for one, other in zip(found["behind the wall"], found["warm, without a wall"])]
    return {
        "date": date.today().isoformat(), "cores": os.cpu_count(), "system": platform.system(),
        "processor": platform.machine(), "python": platform.python_version(),
        "versions": {name: version(name) for name in ("nbgrader", "ipykernel", "jupyter_client", "scikit-learn",
                                                      "keras", "jax", "numpy")},
        "seconds": {name: {"median": round(statistics.median(times), 3), "all": [round(t, 3) for t in times]}
                    for name, times in found.items()},
        "ratio of behind the wall to warm, without a wall": round(statistics.median(ratios), 3),
    }


def table(result):
    """Make the table that people read."""
    made = Table(title="One honest submission, one thread")
    for name in ("What", "Median", "Least", "Most"):
        made.add_column(name, justify="left" if name == "What" else "right")
    for name, times in result["seconds"].items():
        made.add_row(name, f"{times['median']:.2f} s", f"{min(times['all']):.2f} s", f"{max(times['all']):.2f} s")
    made.add_row("ratio, median of pairs", f"{result['ratio of behind the wall to warm, without a wall']:.2f}", "", "")
    return made


if __name__ == "__main__":
    main()
