"""What a check found: data, turned into words only where somebody reads it."""

import dataclasses
import textwrap

WIDTH = 80          # columns: what nbgrader's feedback and its Validate show without cutting
NOT_DONE = "not done yet"
NOTHING_BELOW = "nothing below the line with that error was run"
MEND = "mend that line (the error stands below its cell), run the cell, then this one"
LEAVE_OUT = "leave out that import if the lab does not need it: the package is not installed here; then run the " \
    "cell, and this one"


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What a check found of one step. It holds where nothing is said to be expected, and it is done.

    Parameters
    ----------
    step : str
    holds : tuple of str
        A line for each thing that holds.
    expected, found, likely, hint : str
        What should be there, what is there, what most likely happened, what to try.
    not_done : str
        Why the step counts as not started.
    remark : str
        What else is worth knowing. It costs nothing.
    error : str
        How a cell of the student's ended, in words: named before anything else where the step does not hold.
    unproven : str
        Why there is nothing to judge, in a sentence of the grader's.
    """

    step: str = ""
    holds: tuple = ()
    expected: str = ""
    found: str = ""
    likely: str = ""
    hint: str = ""
    not_done: str = ""
    remark: str = ""
    error: str = ""
    unproven: str = ""

    @property
    def passed(self):
        """Whether the step earns its point."""
        return not (self.expected or self.not_done or self.unproven)

    @property
    def record(self):
        """The verdict as JSON-ready plain data: a dict of what is said."""
        return {name: value for name, value in dataclasses.asdict(self).items() if value}

    @property
    def reason(self):
        """Why the step does not hold, on a line; nothing where it does."""
        why = self.error or self.unproven or self.not_done and NOT_DONE or f"{self.found}: {self.likely}"
        return "" if self.passed else " ".join(why.split())

    @property
    def lines(self):
        """What holds, and the remark, as lines to print."""
        return [*(f"✓ {line}" for line in self.holds), *([f"  {self.remark}"] if self.remark else [])]

    @property
    def words(self):
        """What does not hold, in lines that fit a page."""
        if self.unproven:
            return f"Step {self.step} earns no point: {self.unproven}"
        said = f"is not done yet: {self.not_done}" if self.not_done else "does not hold yet."
        likely, hint = (NOTHING_BELOW, LEAVE_OUT if "No module named" in self.error else MEND) if self.error else \
            (self.likely, self.hint)
        parts = {"Error": self.error, "Expected": self.expected, "Found": self.found, "Likely": likely, "Try": hint}
        return "\n".join([f"Step {self.step} {said}", *(_part(*part) for part in parts.items() if part[1])])

    @property
    def failure(self):
        """The exception to raise for what does not hold, or None."""
        if self.passed:
            return None
        return (NotEarned if self.unproven else StepNotDone if self.not_done else CheckFailed)(self)


class CheckFailed(AssertionError):
    """A step does not hold. Its message is all that a student sees of it.

    Parameters
    ----------
    verdict : Verdict
    """

    def __init__(self, verdict):
        self.verdict = verdict
        super().__init__(verdict.words)

    def _render_traceback_(self):
        """The lines that IPython shows instead of a traceback."""
        return str(self).split("\n")


class StepNotDone(CheckFailed):
    """A step has not been started. One line."""


class NotEarned(CheckFailed):
    """A step that the grader cannot judge. One line."""


class Remark(str):
    """A line that a step yields beside what holds: it is shown, and costs nothing."""


def fail(expected, found, likely, hint):
    """Say that a step does not hold; see `Verdict`."""
    raise CheckFailed(Verdict(expected=expected, found=found, likely=likely, hint=hint))


def not_done(why):
    """Say that a step is not started, and why one can tell."""
    raise StepNotDone(Verdict(not_done=why))


def first(*rows):
    """Return the words of the first row (when, words) whose condition is true; a row of words alone is always true."""
    return next(row if isinstance(row, str) else row[1] for row in rows if isinstance(row, str) or row[0])


def how_many(count, thing):
    """Return a number of things in words: "1 image", "2 images"; of entry it is entries, of day days."""
    ies = thing.endswith("y") and not thing.endswith(("ay", "ey", "oy", "uy"))
    things = thing if count == 1 else f"{thing[:-1]}ies" if ies else f"{thing}s"
    return f"{count} {things}"


def ended(ename, evalue, what="its cell"):
    """Say in a line how a student's cell ended; its words are cut before anything looks at them."""
    return " ".join(f"{what} ended with {ename[:100]}: {evalue[:200]}".split())[:200].rstrip(": ")


def all_of(names):
    """Join names as prose: "A, B and C"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def times(shape):
    """Return a shape as people write it: (60000, 28, 28) as "60000 × 28 × 28"."""
    return " × ".join(map(str, shape)) or "a single number"


def _part(name, text):
    return textwrap.fill(" ".join(text.split()), WIDTH, initial_indent=f"  {name + ':':<10}",
                         subsequent_indent=" " * 12, break_long_words=False, break_on_hyphens=False)
