"""A class of 300 as its rows, with all that a page of a class has to show: made from records, and not by grading."""

import random

from grading.submission.outcome import ANOTHER, FOREIGN, LEFT_OUT, NOT_GRADABLE, Flag, Row
from helpers import lab

MISTAKES = {
    "a": ["its cell ended with ModuleNotFoundError: No module named 'tensorflow'"],
    "b": ["x_train has 10000 images: train and test are swapped"],
    "c": ["nine images, but in colour: plt.gray() was called before the figure was made"],
    "d": ["x_test runs from 0 to 255: only the other array was divided by 255",
          "x_train runs from 0.0 to 0.0039: it was divided twice"],
    "e": ["X_train is 60000 × 28 × 28: it was not flattened"],
    "f": ["retrieve_info reads the global kmeans: give it what it works on as arguments"],
    "g": ["the labels are in a random float array: nothing fits"],
    "h": ["accuracy_10 = 0.{}: the share of the test images was computed"],
    "i": ["the mapping of 10 clusters was used for 50"],
    "j": ["the titles say {} of 50 digits wrong: they are in another order"],
}
NOT_DONE = "not done yet"


def rows(number=300, absent=14, seed=6):
    """Return the rows of a class, seeded: most with most points, some stuck, late, flagged or not gradable."""
    rng, found = random.Random(seed), []
    for i in range(number):
        student, name = f"s{i:06d}", f"Family{i % 97}-{chr(65 + i % 26)}, Given{i % 53}"
        links = {"feedback": f"../feedback/{student}/x.html", "notebook": f"../autograded/{student}/x.ipynb"}
        if i % 97 == 5:
            found.append(Row(student, problem="it is not a notebook, but a PDF file; ask for the notebook itself",
                             points=dict.fromkeys(lab.steps, 0.0), name=name, links=links, waits=["homework 1"]))
            continue
        skill, end = rng.betavariate(5, 1.1), rng.choice(list(lab.steps)) if i % 19 == 3 else None
        lost = [(step, NOT_DONE) for step in lab.steps if end and step >= end]
        lost += [(step, rng.choice(why).format(rng.randrange(1000, 9999))) for step, why in MISTAKES.items()
                 if rng.random() > skill and not (end and step >= end)]
        lost.sort()
        row = Row(student, {step: float(step not in dict(lost)) for step in lab.steps}, lost, name=name, links=links,
                  waits=["homework 1", "homework 2", "homework 3"], seconds=3.0)
        row.flags = [Flag(about, said) for every, about, said in (
            (31, LEFT_OUT, f"'notes{i}.txt' was left out: a link, no plain file, or more than a submission may bring"),
            (43, "The run ended before the last cell", "The run ended in this cell: it took more memory than it may. "
                 "What was checked before counts; nothing after it was run."),
            (71, FOREIGN, ANOTHER.format("lab6_kmeans.ipynb")),
            (37, "A cell was missing and put back", "the cell of homework 2 was missing and put back: look for the "
                 "work elsewhere in the notebook"),
            (53, "A step was done in another cell", "Steps c d: earned, though the step's own cell is as released. "
                 "Look at what did it: cell 7")) if i % every == 11]
        if i % 23 == 7:
            row.late = 3600.0 * rng.randrange(1, 80)
        found.append(row)
    found += [Row(f"x{i:03d}", name=f"Absent{i}, Given", absent=True) for i in range(absent)]
    assert NOT_GRADABLE not in [row.problem for row in found]
    return sorted(found, key=lambda row: row.student)
