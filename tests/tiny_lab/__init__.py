"""A lab of two steps about five numbers: what `helpers.kit` and the engine are tried on beside Lab 6.

A step is one function here, and one cell with its check in `notebook.py`.
"""

from helpers.kit import session
from helpers.kit.kinds import Array, Number
from helpers.kit.step import Lab
from helpers.kit.verdict import Remark, fail, first

FIVE = [3, 1, 4, 1, 5]

lab = Lab("tiny", truth=lambda: FIVE, title="The tiny lab")


@lab.step("a", gives="numbers", how="numbers = [3, 1, 4, 1, 5]", points=2)
def step_a(numbers: Array, *, truth):
    """The five numbers, in order."""
    if numbers.values.tolist() != truth:
        fail("the five numbers in order", str(numbers.values.tolist()), first(
            (sorted(numbers.values.tolist()) == sorted(truth), "they are in another order"),
            (len(numbers.values) != 5, "some are missing, or there are more"),
            "one is another"), "numbers = [3, 1, 4, 1, 5]")
    yield "numbers holds five numbers."
    if "float" in numbers.dtype:
        yield Remark("They are kept as fractions; int() keeps whole numbers.")


@lab.step("b", gives="mean", how="mean = sum(numbers) / len(numbers)", points=2)
def step_b(numbers: Array, mean: Number):
    """The mean of the numbers, whatever these are."""
    if abs(mean.value - numbers.values.mean()) > 1e-6:
        fail(f"mean = {numbers.values.mean():g}", f"{mean.value:g}", "another number was divided by",
             "mean = sum(numbers) / len(numbers)")
    yield f"mean is {mean.value:g}."


def start():
    """Make the lab ready."""
    session.attach(lab)
