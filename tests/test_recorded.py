"""The verdict on each example submission, from what `benchmarks.recording` keeps of its checks.

test_corpora grades the same submissions whole and behind the wall; here each is judged in a moment.
"""

import subprocess
import sys

import pytest
from nbgrader.utils import determine_grade

from benchmarks import recording
from grading import corpus

CASES = corpus.folder("honest") + corpus.folder("mutants")


@pytest.fixture(scope="module", autouse=True)
def recorded():
    """Whatever is not kept yet is recorded first, in a process of its own: it takes IPython's only shell."""
    subprocess.run([sys.executable, "-m", "benchmarks.recording"], cwd=corpus.ROOT, check=True, capture_output=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_the_named_steps_are_lost_with_words_that_name_the_mistake(case):
    for step, cell in recording.judged(case).items():
        said = "\n".join(output.get("text") or output.get("evalue") for output in cell.outputs)
        assert determine_grade(cell)[0] == (step not in case.loses), said
        if step in case.loses:
            assert said.startswith(("✓", f"Step {step} does not hold yet.\n  Expected: ", f"Step {step} is not done"))
        if case.loses and step == min(case.loses):
            assert case.says in " ".join(said.split())
