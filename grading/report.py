"""What grading found, for people at a terminal: progress while it runs, then one table."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from grading.row import NOT_DONE
from helpers.checks import JUDGES

WIDTH = 140         # columns where there is no terminal to ask


def console():
    """Return where to print."""
    plain = Console()
    return plain if plain.is_terminal else Console(width=WIDTH)


def progress(console):
    """Return a progress bar that names what is running."""
    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
                    TextColumn("left"), TimeRemainingColumn(), console=console)


def table(rows):
    """Make the table of a class: submission, points per step, total, reasons, what waits for a person."""
    made = Table(title="The class", show_lines=True)
    made.add_column("Submission", overflow="fold")
    for step in JUDGES:
        made.add_column(step, justify="right")
    made.add_column("Points", justify="right")
    made.add_column("Why points were lost", ratio=1, overflow="fold")
    made.add_column("To mark by hand", overflow="fold")
    for row in rows:
        made.add_row(Text(row.student), *(f"{row.points[step]:g}" if row.points else "-" for step in JUDGES),
                     f"{row.total:g}" if row.points else "-", Text(reasons(row)), Text(_waits(row)))
    return made


def reasons(row):
    """Return the reasons of a row, steps that lost for the same reason together."""
    if row.problem:
        return f"Could not be graded: {row.problem}."
    undone = [step for step, why in row.reasons if why == NOT_DONE]
    lines = [f"{' '.join(undone)}: {NOT_DONE}"] if undone else []
    return "\n".join([f"{step}: {why}" for step, why in row.reasons if step not in undone] + lines)


def _waits(row):
    if row.problem:
        return "the submission itself"
    return "homework " + " ".join(name.removeprefix("homework ") for name in row.waits) if row.waits else ""
