"""How a check says what it found: a line for each thing that holds, one exception for what does not."""

import textwrap

from helpers.words import how_many

WIDTH = 80          # columns: what nbgrader's feedback and its Validate show without cutting


class CheckFailed(AssertionError):
    """A step does not hold. Its message is all that a student sees of it.

    Parameters
    ----------
    step : str
        "a" to "j".
    expected, found, cause, hint : str
        What should be there, what is there, what most likely happened, what to try.
    """

    def __init__(self, step, expected, found, cause, hint):
        self.step, self.expected, self.found, self.cause, self.hint = step, expected, found, cause, hint
        self.parts = {"Expected": expected, "Found": found, "Likely": cause, "Try": hint}
        super().__init__("\n".join([f"Step {step} does not hold yet.",
                                    *(_part(*part) for part in self.parts.items())]))

    def after(self, error):
        """Name first the error with which a cell of the student's ended; return the failure.

        Parameters
        ----------
        error : str
            In words, or nothing.
        """
        if error:
            seen = {name: text for name, text in self.parts.items() if name in ("Expected", "Found")}
            hint = "leave out that import if the lab does not need it: the package is not installed here; then run " \
                "the cell, and this one" if "No module named" in error else \
                "mend that line (the error stands below its cell), run the cell, then this one"
            parts = {"Error": error, **seen, "Likely": "nothing below the line with that error was run", "Try": hint}
            self.args = ("\n".join([str(self).split("\n")[0], *(_part(*part) for part in parts.items())]),)
        return self

    def _render_traceback_(self):
        """The lines that IPython shows instead of a traceback."""
        return str(self).split("\n")


class StepNotDone(CheckFailed):
    """A step has not been started. One line."""

    def __init__(self, step, what):
        self.step, self.found, self.parts = step, what, {}
        AssertionError.__init__(self, f"Step {step} is not done yet: {what}")


def _part(name, text):
    """Return a part of a message, in lines that fit a page."""
    return textwrap.fill(" ".join(text.split()), WIDTH, initial_indent=f"  {name + ':':<10}",
                         subsequent_indent=" " * 12, break_long_words=False, break_on_hyphens=False)


def times(shape):
    """Return a shape as people write it: (60000, 28, 28) as "60000 × 28 × 28"."""
    return " × ".join(map(str, shape)) or "a single number"


def kind(seen):
    """Say what an observed object is, in a few words."""
    name = type(seen).__name__
    if name == "Array" and seen.shape == (0,):
        return "an empty list"
    if name == "Array":
        return f"an array of {seen.dtype}, {times(seen.shape)}"
    if name == "Number":
        return f"the number {seen.value:g}"
    if name == "Pairs":
        return f"a dict with {how_many(len(seen.keys), 'entry')}"
    if name == "Other":
        text = " ".join(seen.text.split())
        return f"{text if len(text) < 60 else text[:56] + ' …'} (of type {seen.type})"
    return {"Missing": "nothing", "Model": "a clustering", "Figure": "a figure", "Answers": "a function"}[name]
