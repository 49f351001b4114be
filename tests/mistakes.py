"""Which mistake loses which step, and what its student reads: make mistakes writes the tables in docs/checks.md.

All of tests/mutants is run and judged as in grading (`recording`), so that no message is typed in.
"""

import re
import sys

import blocks
import corpus
import recording

from grading.lab import ROOT
from helpers import lab

PAGE = ROOT / "docs" / "checks.md"
HEAD = ("Mistake", "Loses", "Expected", "Found, and the likely cause")
LINE = re.compile(r"^\| \[.+\]\(\.\./tests/mutants/(\w+)\.py\) \| [a-j ]+ \| (.*) \| (.+) \|$", re.MULTILINE)


def main():
    """Run the mistakes, or those that are named, judge them and write the tables."""
    names, text = sys.argv[1:], PAGE.read_text()
    cases = [case for case in corpus.folder("mutants") if case.name in names or not names]
    recording.record(cases, again=True)
    PAGE.write_text(page(text, {**written(text), **{case.name: message(case) for case in cases}}))


def message(case):
    """Return what a student reads at the first step that a recorded case loses.

    Returns
    -------
    (str, str)
        What was expected, where the message says so, and what was found with the likely cause.
    """
    verdict = recording.judged(case)[1][min(case.loses)]
    return " ".join(verdict.expected.split()), " ".join(verdict.words.split()) if verdict.not_done else verdict.reason


def page(text, messages):
    """Return the text of docs/checks.md with a table of mistakes for each step.

    Parameters
    ----------
    text : str
    messages : dict of str to (str, str)
        By the name of the case, as `message` gives them.

    Raises
    ------
    ValueError
        The text has no place for the tables.
    """
    return blocks.replace(text, "mistakes", "\n".join(_lines(messages)))


def written(text):
    """Return the messages that stand in the text of docs/checks.md, by the name of the case."""
    return {name: (_text(expected), _text(found)) for name, expected, found in LINE.findall(text)}


def _lines(messages):
    cases = corpus.folder("mutants")
    for step in lab.steps:
        yield from ("", f"**Step {step}**", "", _row(HEAD), _row(["---"] * len(HEAD)))
        for case in cases:
            if min(case.loses) == step:
                what = f"[{_cell(case.what.removesuffix('.'))}](../tests/mutants/{case.name}.py)"
                yield _row([what, " ".join(sorted(case.loses)), *map(_cell, messages.get(case.name, ("", "")))])
    yield "\n"


def _row(cells):
    return "| " + " | ".join(cells) + " |"


def _cell(text):
    """Return text that Markdown shows as it is, in one cell of a table."""
    return re.sub(r"([\\|*<`])", r"\\\1", text)


def _text(cell):
    return re.sub(r"\\(.)", r"\1", cell)


if __name__ == "__main__":
    main()
