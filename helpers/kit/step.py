"""A lab, and its steps, each declared once: a function whose signature says what the step looks at.

::

    @lab.step("h", gives="accuracy_10", how="accuracy_10 = accuracy_score(y_train, number_labels_10)")
    def step_h(number_labels_10: Digits, accuracy_10: Number, *, truth):
        if not near(accuracy_10.value, share(number_labels_10, truth)):
            fail(expected=…, found=…, likely=first(…), hint=…)
        yield "accuracy_10 is the share of the images whose digit is right."

What the notebook's check cell calls, the names that the lab asks for, and the schema of its evidence follow from it.
"""

import dataclasses
import functools
import inspect
import os

from helpers.kit import errors, wire
from helpers.kit.kinds import Missing, Other
from helpers.kit.show import Card, show
from helpers.kit.verdict import CheckFailed, Remark, Verdict, all_of, fail, not_done

NO_VALUE = "no value"


@dataclasses.dataclass(frozen=True)
class Step:
    """A step as it was declared; see `Lab.step`."""

    judge: object
    kinds: dict             # by the name in the notebook
    asks: list              # "truth" and "nonce", where the function wants them
    gives: list
    also: list
    how: dict
    slip: str
    points: float

    @property
    def schema(self):
        """The kinds that each name may be, as evidence."""
        return {name: (kind, Other, Missing) for name, kind in self.kinds.items()}

    def look(self, values, nonce):
        """Look at values by name, such as a notebook's globals(): return what is seen, by the names of the step."""
        return {name: kind.see(values if kind.whole else values.get(name), name, nonce)
                for name, kind in self.kinds.items()}

    def ready(self, seen):
        """Refuse what the function need not look at: names without a value, and values of another kind."""
        if self.gives and all(isinstance(seen[name], Missing) for name in self.gives):
            have, its = ("has no value", "its") if len(self.gives) == 1 else ("have no values", "the")
            not_done(f"{all_of(self.gives)} {have} yet (check {its} spelling, or the error above{self.slip}).")
        for name, value in seen.items():
            kind, own = self.kinds[name], name in (*self.gives, *self.also)
            if isinstance(value, Missing) and not own:
                not_done(f"it needs {name}, which has no value yet.")
            if isinstance(value, Missing):
                fail(f"a value under the name {name}", NO_VALUE, "it was forgotten or is misspelt, or its cell ended "
                     "with an error", f"give {name} its value, then run this cell again: {self.how.get(name)}")
            fault = kind.likely(value) if isinstance(value, Other) else value.fault()
            if fault and own:
                fail(f"{name} is {kind.expected}", str(value), fault, self.how.get(name))
            if fault:
                fail(f"{name} is {kind.expected}", str(value), "the step that makes it does not hold yet",
                     f"go back to {name} first")


class Lab:
    """A lab: its steps, and the truth that they are judged by.

    Parameters
    ----------
    name : str
        Of the notebook and its assignment.
    truth : callable
        Returns what steps call `truth`. It raises FileNotFoundError, with words for students, where that is not here.
    title : str, optional
        As people read it.
    tools : dict of str to module, optional
        What the notebook's own cells use, by the name that the notebook's first cell gives it.
    warm : iterable of str, optional
        Modules that every submission needs, which a grader imports once.
    environment : callable, optional
        Called with the home of whoever runs a submission; returns environment variables.
    files : dict of str to path-like, optional
        What lies in that home, by path within it. It does not travel with the lab.
    picture : (str, str), optional
        The cell of the source notebook whose figure stands in the README, and the path of the file for it.

    Attributes
    ----------
    validate : callable
        Called by the first check that holds where nbgrader validates a notebook; raises what its student should know.
    facts : callable
        What was seen of the steps that hold, a dict of dicts by step and name -> what a marker wants to know, pairs of
        str: what it is, and its value.
    fingerprints : callable
        The same -> what tells one work from another, pairs by name: the step, and a str.
    numbers : callable
        The same -> shares from 0 to 1 that written answers speak of, by name.
    sheet : callable
        The same -> pictures that they speak of, by (row, column) from 0: a (uint8 array of one size, title).
    """

    prefix = "check_"           # of the grade_id of a step's check

    def __init__(self, name, truth, title="", tools=(), warm=(), environment=lambda home: {}, files=(),
                 picture=None):
        self.name, self.truth, self.title, self.tools = name, truth, title or name, dict(tools)
        self.warm, self.environment, self.files = tuple(warm), environment, dict(files)
        self.picture = picture
        self.validate = lambda: None
        self.facts = self.fingerprints = self.numbers = self.sheet = lambda verified: {}
        self.steps = {}         # by letter
        self.said = {}          # by step: what its check said when it last ran in this session

    @property
    def file(self):
        """The name of the notebook's file."""
        return f"{self.name}.ipynb"

    @property
    def names(self):
        """Every name that a step gives a value, with the letter of the first one that does."""
        return {name: letter for letter in reversed(self.steps)
                for name in (*self.steps[letter].gives, *self.steps[letter].also)}

    def step(self, letter, gives="", also="", how="", slip="", points=1):
        """Declare a step: a decorator for a generator of lines that hold, which calls `fail` for what does not.

        Parameters
        ----------
        letter : str
        gives, also : str
            Names that the step gives a value, with spaces between them. While no name of `gives` has one, the step
            counts as not done.
        how : str or dict of str to str
            What to try for the name of `gives`, or for each name: an idea, and lines of code below it.
        slip : str
            Which slip leaves the names without a value.
        points : float
            What the step is worth.
        """
        def declare(judge):
            step = _declared(judge, gives, how, also, slip, points)
            self.steps = dict(sorted({**self.steps, letter: step}.items()))
            return _called(step, lambda values: self.check(letter, values))
        return declare

    def part(self, letter, part, gives="", how=""):
        """Declare a check of a part of a step, which gives no point and hands out no evidence; see `step`."""
        def declare(judge):
            step = _declared(judge, gives, how)
            return _called(step, lambda values: self._tell(letter, f"{letter}, {part}", self._judged(
                step, step.look(values, wire.nonce()), wire.nonce())))
        return declare

    def check(self, letter, values, slip=""):
        """Look at the values of a step, by name, and show what holds; raise CheckFailed for what does not.

        Parameters
        ----------
        letter : str
        values : dict
        slip : str
            Why a name most likely has no value, where that is known.
        """
        step, nonce = self.steps[letter], wire.nonce()
        seen = step.look(values, nonce)
        wire.hand_out(letter, seen)
        verdict = self.judge(letter, seen, nonce)
        if slip and verdict.not_done:
            verdict = dataclasses.replace(verdict, not_done=f"{verdict.not_done} {slip}")
        elif slip and verdict.found == NO_VALUE:
            verdict = dataclasses.replace(verdict, likely=slip)
        self._tell(letter, letter, dataclasses.replace(verdict, points=step.points))
        # Validate shows what a check raises, and nothing else of a notebook: the first that holds says what is missing.
        if "NBGRADER_VALIDATING" in os.environ and [letter] == [one for one in self.steps if self._held(one)]:
            self.validate()

    def _held(self, letter):
        return letter in self.said and self.said[letter].passed

    def _tell(self, letter, name, verdict):
        """Show what holds, and raise what does not; the code that mends it only where it was said before."""
        before, self.said[name] = self.said.get(name), verdict
        verdict = dataclasses.replace(verdict, step=name, error=errors.above(letter))
        if verdict.lines:
            show(Card(verdict.lines))
        if not verdict.passed:
            again = before and (before.likely, before.not_done) == (verdict.likely, verdict.not_done)
            raise (verdict if again else verdict.idea).failure

    def standing(self, values):
        """Return the letters of the steps that hold for these values, such as a notebook's globals()."""
        nonce = wire.nonce()
        return [letter for letter, step in self.steps.items()
                if self.judge(letter, step.look(values, nonce), nonce).passed]

    def judge(self, letter, seen, nonce):
        """Judge what was seen of a step, in the notebook or outside it.

        Parameters
        ----------
        letter : str
        seen : dict of str to a value of the step's kinds
            By the name in the notebook.
        nonce : str
            Decides which rows were sampled and which trials were drawn.

        Returns
        -------
        Verdict
        """
        return dataclasses.replace(self._judged(self.steps[letter], seen, nonce), step=letter)

    def _judged(self, step, seen, nonce):
        lines = []
        try:
            more = {name: nonce if name == "nonce" else self.truth() for name in step.asks}
            step.ready(seen)
            for line in step.judge(**seen, **more):
                lines.append(line)
            found = Verdict()
        except CheckFailed as failure:
            found = failure.verdict
        except FileNotFoundError as error:
            found = Verdict(not_done=str(error))
        return dataclasses.replace(found, holds=tuple(line for line in lines if type(line) is str),
                                   remark=" ".join(line for line in lines if isinstance(line, Remark)))

    def read(self, letter, content, nonce):
        """Read the evidence of a step as hostile bytes; see `helpers.kit.wire.read`."""
        if letter not in self.steps:
            raise wire.Unreadable("no step has this name")
        seen = wire.read(content, letter, nonce, self.steps[letter].schema)
        if others := [name for name, value in seen.items() if not value.is_of(name, nonce)]:
            raise wire.OtherRun(f"it belongs to another run, which sampled other rows of {others[0]}")
        return seen


def _declared(judge, gives, how, also="", slip="", points=0):
    """Return the step that a function and its signature declare."""
    given, asked = [], []
    for parameter in inspect.signature(judge).parameters.values():
        (asked if parameter.kind is parameter.KEYWORD_ONLY else given).append(parameter)
    ways = how if isinstance(how, dict) else dict.fromkeys(gives.split(), how)
    return Step(judge, {one.name: one.annotation for one in given}, [one.name for one in asked],
                gives.split(), also.split(), ways, slip and f"; {slip}", points)


def _called(step, checked):
    """Return the function that a notebook calls: it takes what the step looks at, and passes it on by name."""
    signature = inspect.Signature([parameter for parameter in inspect.signature(step.judge).parameters.values()
                                   if parameter.kind is not parameter.KEYWORD_ONLY])

    @functools.wraps(step.judge)
    def check(*values, **named):
        values = signature.bind_partial(*values, **named).arguments
        whole = [values[name] for name, kind in step.kinds.items() if kind.whole and name in values]
        checked(whole[0] if whole else values)

    check.__signature__ = signature
    return check
