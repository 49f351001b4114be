"""Tables that programs write into the pages of docs/: each page has a place for each, and says who writes it."""

import json

import blocks
import mistakes
import pytest
from attacking import command

from benchmarks import results

TEXT = "before\n<!-- bounds: written by make bench -->\n{0}<!-- end of bounds -->\nafter\n"


def test_one_block_is_replaced_and_the_rest_stays():
    assert blocks.replace(TEXT.format("old\n| \\1 |\n"), "bounds", "| \\2 |\n") == TEXT.format("| \\2 |\n")


@pytest.mark.parametrize("name", ["bound", "chances"])
def test_a_page_without_the_place_is_an_error_that_names_it(name):
    with pytest.raises(ValueError, match=f"no place for the {name}: <!-- {name}: written by"):
        blocks.replace(TEXT.format(""), name, "made")


def test_the_table_of_speeds_is_what_was_measured():
    text = results.PAGE.read_text()
    assert results.page(text, json.loads(results.RESULT.read_text())) == text, "make bench writes the table again"


@pytest.mark.parametrize("page, name", [(command.PAGE, "attacks"), (mistakes.PAGE, "mistakes"),
                                        (results.PAGE, "results")])
def test_each_page_has_the_places_for_its_tables(page, name):
    assert blocks.replace(page.read_text(), name, "made\n") != page.read_text()
