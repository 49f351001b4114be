"""The verdict on each example submission, from what `recording` keeps of its checks.

test_corpora grades the same submissions whole and behind the wall; here each is judged in a moment.
"""

import re
import subprocess
import sys

import corpus
import mistakes
import pytest
import recording
import tiers
from nbgrader.utils import determine_grade

MUTANTS = corpus.folder("mutants")
CASES = corpus.folder("honest") + MUTANTS
WRITTEN = mistakes.written(mistakes.PAGE.read_text())
# The lines of what holds, then a message of four parts or of one line; what the kernel showed besides may follow.
MESSAGE = r"([✓][^\n]*\n|\n)*Step {step} (does not hold yet\.{parts}|is not done yet: (?!None).+)"
PARTS = "".join(rf"\n  {name + ':':<10}(?!None).+" for name in ("Expected", "Found", "Likely", "Try"))


@pytest.fixture(scope="module", autouse=True)
def recorded(request):
    """Whatever is not kept yet is recorded first, in a process of its own: it takes IPython's only shell."""
    if left := recording.lacking(tiers.selected(request, "case")):
        subprocess.run([sys.executable, recording.__file__, *(case.name for case in left)], cwd=corpus.ROOT, check=True,
                       capture_output=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_the_named_steps_are_lost_with_words_that_name_the_mistake(case):
    for step, cell in recording.judged(case)[0].items():
        said = "\n".join(output.get("text") or output.get("evalue") for output in cell.outputs)
        assert determine_grade(cell)[0] == (step not in case.loses), said
        if step in case.loses:
            assert re.fullmatch(MESSAGE.format(step=step, parts=PARTS), said, re.DOTALL), said
        if case.loses and step == min(case.loses):
            assert case.says in " ".join(said.split())


@pytest.mark.parametrize("case", MUTANTS, ids=lambda case: case.name)
def test_the_page_of_the_checks_has_what_is_read_today(case):
    """But for numbers, which are of the run that was recorded."""
    today, written = (re.sub(r"-?\d[\d.e+]*", "#", " | ".join(words))
                      for words in (mistakes.message(case), WRITTEN[case.name]))
    assert today == written, "make mistakes writes the tables again"
