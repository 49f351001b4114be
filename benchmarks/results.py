"""What make bench found: medians and ratios, as JSON, as a table on the terminal, and in docs/performance.md."""

import os
import platform
import statistics
from datetime import date
from importlib.metadata import version
from pathlib import Path

import blocks
from rich.table import Table

RESULT = Path(__file__).with_name("results.json")
PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
PACKAGES = ("nbgrader", "distributed", "ipykernel", "jupyter_client", "scikit-learn", "keras", "jax", "numpy")
STOCK, ONE, TWO = "stock nbgrader autograde", "lab6 grade, 1 worker", "lab6 grade, 2 workers"
STEPS, FEEDBACK = "stock nbgrader autograde, the ten steps alone", "stock nbgrader generate_feedback"
WALLED, UNWALLED = "execution behind the wall", "the same cells, warm, without a wall"
PAIR = "the same, in two such kernels at once"
FORK, VERIFY = "fork to first cell", "verification"
START, IMPORTS = "lab6 grade to the first cell of a student's", "the warm interpreter's imports alone"
RATIOS = {"stock to 2 workers": (STOCK, TWO), "stock, the ten steps alone, to 2 workers": (STEPS, TWO),
          "1 worker to 2 workers": (ONE, TWO), "wall to no wall": (WALLED, UNWALLED),
          "one such kernel to two at once": (UNWALLED, PAIR),
          "2 workers to two such kernels at once": (TWO, PAIR), "the start to the imports alone": (START, IMPORTS),
          "stock, the ten steps alone, to two such kernels at once": (STEPS, PAIR)}


def summary(found):
    """Return medians, ratios of pairs, and what they were measured on.

    Parameters
    ----------
    found : dict of str to list of float
        Seconds, by what was measured, in the order of the rounds.
    """
    ratios = {name: [a / b for a, b in zip(found[one], found[other])] for name, (one, other) in RATIOS.items()}
    return {
        "date": date.today().isoformat(), "cores": os.cpu_count(), "system": platform.system(),
        "processor": platform.machine(), "python": platform.python_version(),
        "versions": {name: version(name) for name in PACKAGES},
        "seconds": {name: {"median": round(statistics.median(times), 3), "all": [round(t, 3) for t in times]}
                    for name, times in found.items()},
        "ratios": {name: round(statistics.median(pairs), 2) for name, pairs in ratios.items()},
    }


def lines(result):
    """Yield what people read: what was measured, the median, the least, the most."""
    for name, times in result["seconds"].items():
        yield name, f"{times['median']:.2f} s", f"{min(times['all']):.2f} s", f"{max(times['all']):.2f} s"
    for name, ratio in result["ratios"].items():
        yield f"ratio, {name}", f"{ratio:.2f}", "", ""
    alone = result["coordinator"]
    yield "coordinator alone", f"{alone['per_second']:g} a second", "", ""
    yield "... its processor time for a submission", f"{1000 * alone['cpu']:.0f} ms", "", ""
    memory = " and ".join(f"{size} MiB" for size in alone["memory"])
    yield "... its memory, a tenth through and at the end", memory, "", ""


def table(result):
    """Make the table for a terminal."""
    made = Table(title="One honest submission, one thread for each worker")
    for name in ("What", "Median", "Least", "Most"):
        made.add_column(name, justify="left" if name == "What" else "right")
    for line in lines(result):
        made.add_row(*line)
    return made


def on_paper(result, submissions=10_000, workers=100):
    """Say how long a large class takes, from the seconds of one worker and what the coordinator saves in a second."""
    worked, saved = workers / result["seconds"][ONE]["median"], result["coordinator"]["per_second"]
    return (f"On paper, {workers} workers as fast as this one grade {worked:.1f} submissions a second, and the "
            f"coordinator saves {saved:g}: a class of {submissions:,} takes "
            f"{submissions / min(worked, saved) / 60:.0f} minutes.")


def write(result):
    """Write the table into docs/performance.md."""
    PAGE.write_text(page(PAGE.read_text(), result))


def page(text, result):
    """Return the text of docs/performance.md with the results in their place."""
    per_minute = {name: 60 / result["seconds"][name]["median"] for name in (STOCK, ONE, TWO)}
    versions = ", ".join(f"{name} {number}" for name, number in result["versions"].items())
    made = ["| What | Median | Least | Most |", "| --- | ---: | ---: | ---: |",
            *(f"| {' | '.join(line)} |" for line in lines(result)), "",
            "Submissions a minute: " + ", ".join(f"{name} {rate:.1f}" for name, rate in per_minute.items()) + ".", "",
            on_paper(result), "",
            f"{result['date']}, {result['cores']} cores, {result['processor']}, {result['system']}, Python "
            f"{result['python']}; {versions}.", ""]
    return blocks.replace(text, "results", "\n".join(made))
