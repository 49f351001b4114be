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
        What should be there, what is there, what most likely happened, what to try: an idea, and below it lines of
        code that carry it out, if any.
    not_done : str
        Why the step counts as not started.
    remark : str
        What else is worth knowing. It costs nothing.
    error : str
        How a cell of the student's ended, in words: named before anything else where the step does not hold.
    unproven : str
        Why there is nothing to judge, in a sentence of the grader's.
    points : float
        What the step is worth; nothing is said of it where that is not known.
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
    points: float = 0

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
        """What holds, the remark, and that all of it is right, as lines to print."""
        worth = f": {self.points:g} point{'s' * (self.points != 1)}" if self.points else "."
        before = self.passed and self.error and f"But {self.error}. What is right was there before."
        return [*(f"✓ {line}" for line in self.holds), *filter(None, [self.remark, before]),
                *([f"Step {self.step} is right{worth}"] if self.passed else [])]

    @property
    def idea(self):
        """The same verdict without lines of code to try."""
        return dataclasses.replace(self, hint=self.hint.split("\n")[0])

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


def shape_of(shape):
    """Return a shape as Python writes it, whatever its numbers are: "(60000, 28, 28)"."""
    return str(tuple(map(int, shape))) if shape else "a single number"


def _part(name, text):
    # What is expected and what to try are a lab's own words, and code below them is for copying: it is never folded.
    words, *code = text.split("\n") if name in ("Expected", "Try") else [text]
    filled = textwrap.fill(" ".join(words.split()), WIDTH, initial_indent=f"  {name + ':':<10}",
                           subsequent_indent=" " * 12, break_long_words=False, break_on_hyphens=False)
    return "\n".join([filled, *(" " * 12 + line for line in code)])
