"""docs/checks.md's tables of mistakes are those of tests/mutants."""

import corpus
import mistakes
import pytest

TEXT = mistakes.PAGE.read_text()
MUTANTS = corpus.folder("mutants")


def test_the_tables_hold_every_mistake_with_its_steps_and_no_other():
    assert mistakes.page(TEXT, mistakes.written(TEXT)) == TEXT, "make mistakes writes the tables again"


@pytest.mark.parametrize("case", MUTANTS, ids=lambda case: case.name)
def test_the_table_quotes_the_words_that_name_the_mistake(case):
    assert case.says in " ".join(mistakes.written(TEXT)[case.name]), "make mistakes writes the tables again"
