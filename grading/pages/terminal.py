"""What grading found, for people at a terminal: progress while it runs, then one table."""

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from grading.lab import lab
from grading.pages.class_page import together, waits
from grading.shown.text import printable
from grading.submission.outcome import NOT_GRADABLE

WIDTH = 140         # columns where there is no terminal to ask
ROOMY = 110         # columns from which on each step has one of its own
NAMED = 3           # names that are shown of what is running
MOST = 40           # rows of the table: of a larger class those that need a person, and the page has all


def console(stderr=False):
    """Return where to print."""
    here = Console(stderr=stderr)
    return here if here.is_terminal else Console(stderr=stderr, width=WIDTH)


def progress(console, total, doing):
    """Return a progress bar with rate, time left and names; lines where there is no terminal.

    Parameters
    ----------
    console : rich.console.Console
    total : int
        How many submissions.
    doing : str
        What is done with them.
    """
    return (Bar if console.is_terminal else Lines)(console, total, doing)


class Lines:
    """Progress in plain lines: one for each submission that is finished."""

    def __init__(self, console, total, doing):
        self.console, self.total, self.doing = console, total, doing
        self.done, self.began = 0, time.monotonic()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def over(self, items):
        """Yield the items; too quick to be worth a line each."""
        yield from items

    def start(self, students):
        """Begin to count the time."""
        self.began = time.monotonic()

    def finish(self, row, running):
        """Count one that is finished."""
        self.done += 1
        what = "needs attention" if row.problem or row.flags else \
            f"{row.total:g} points, {row.seconds:.1f} s" if row.points else "done"
        rate, left = self._rate()
        self.console.print(f"{self.done}/{self.total} {printable(row.student)}: {what}; {rate}, {left} left",
                           highlight=False, markup=False)

    def _rate(self):
        """Return submissions a minute and the time that is left, in words."""
        each = (time.monotonic() - self.began) / self.done
        left = each * (self.total - self.done)
        return f"{60 / each:.1f} a minute", f"{left:.0f} s" if left < 120 else f"{left / 60:.0f} min"


class Bar(Lines):
    """Progress as a bar."""

    def __init__(self, console, total, doing):
        super().__init__(console, total, doing)
        self.bar = Progress(TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
                            TextColumn("{task.fields[rate]}"), TimeRemainingColumn(elapsed_when_finished=True),
                            console=console)
        self.task = self.bar.add_task(doing, total=total, rate="")

    def __enter__(self):
        self.bar.start()
        return self

    def __exit__(self, *error):
        self.bar.stop()

    def over(self, items):
        """Yield the items, counting them."""
        for item in items:
            yield item
            self.bar.advance(self.task)

    def start(self, students):
        """Begin to count the time, and name who comes first."""
        super().start(students)
        self._name(students)

    def finish(self, row, running):
        """Count one that is finished, and name what is running."""
        self.done += 1
        self._name(running)
        self.bar.update(self.task, advance=1, rate=self._rate()[0])

    def _name(self, running):
        names = ", ".join(name if len(name) <= 20 else f"{name[:19]}…" for name in map(printable, running[:NAMED]))
        self.bar.update(self.task, description=f"{self.doing} {names}")


def needs(row):
    """Whether somebody has to look at a submission, beside marking its answers."""
    return bool(row.problem or row.flags)


def few(rows):
    """Return the rows that a terminal shows: all of a small class, of a large one those that need a person."""
    rows = list(rows)
    if len(rows) <= MOST:
        return rows
    return [row for row in rows if needs(row)][:MOST]


def table(rows, width=WIDTH):
    """Make the table of a class: submission, points per step, total, to mark by hand, attention.

    Parameters
    ----------
    rows : iterable of grading.submission.outcome.Row
    width : int
        Columns of the terminal: the steps share a column where there are few.
    """
    made = Table(title="The class", show_lines=True)
    made.add_column("Submission", overflow="fold")
    steps = list(lab().steps) if width >= ROOMY else [" ".join(lab().steps)]
    for step in steps:
        made.add_column(step, justify="right", no_wrap=True)
    made.add_column("Points", justify="right")
    made.add_column("To mark by hand" if width >= ROOMY else "By hand", overflow="fold")
    made.add_column("Attention, and why points were lost", ratio=1, overflow="fold")
    for row in rows:
        points = [f"{row.points[step]:g}" if row.points else "-" for step in lab().steps]
        made.add_row(Text(printable(row.student)), *(points if width >= ROOMY else [" ".join(points)]),
                     f"{row.total:g}" if row.points else "-", Text(waits(row)), Text(attention(row)))
    return made


def attention(row):
    """Return what needs a person, then the reasons, steps that lost for the same reason together."""
    lines = [f"{NOT_GRADABLE}: {row.problem}."] if row.problem else [f"! {flag.said}" for flag in row.flags]
    lines += [row.lateness] if row.late else []
    return "\n".join(map(printable, [*lines, *(f"{' '.join(steps)}: {why}" for steps, why in together(row))]))
