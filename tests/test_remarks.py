"""What a person is told to look at although every point stands: never a verdict."""

from types import SimpleNamespace

import corpus
import numpy as np
import pytest
from corpus import Case
from nbformat.v4 import new_code_cell, new_markdown_cell

from grading.lab import grade_id_of
from grading.pages.class_page import page
from grading.submission import identity, remarks
from grading.submission.outcome import Row
from helpers import lab

STUB = "# Your code here"
RELEASED = {name: STUB for name in ("step_b", "step_f_function", "step_f", "step_i")}


def cell(source, name=None):
    made = new_code_cell(source)
    if name:
        made.metadata["nbgrader"] = {"grade_id": name, "solution": not name.startswith("check_")}
    return made


def culprits(step, *cells):
    return remarks.culprits(cells, step, remarks.as_released(cells, RELEASED))


def test_work_in_its_own_cell_is_no_remark():
    notebook = corpus.submission(corpus.SOLVED, further=False).cells
    released = {grade_id_of(one): one.source for one in corpus.submission(
        Case("x", "", frozenset(), "", dict.fromkeys(RELEASED, STUB)), further=False).cells}
    above = {step: notebook[:[grade_id_of(one) for one in notebook].index(f"check_{step}")] for step in lab.steps}
    untouched = remarks.as_released(notebook, {name: released[name] for name in RELEASED})
    assert remarks.elsewhere({step: remarks.culprits(cells, step, untouched) for step, cells in above.items()}) == []


@pytest.mark.parametrize("own", [STUB, "", "  # my own words\n\n# Your code here\n"])
def test_work_elsewhere_names_the_cells_that_mention_what_the_step_makes(own):
    assert culprits("f", cell("start()", "check_a"), cell("import os", "step_b"), cell(own, "step_f"),
                    cell("kmeans_10 = 1")) == ("cell 4",)


def test_work_that_is_mentioned_nowhere_may_be_in_any_cell_that_was_changed():
    assert culprits("f", cell("run()", "step_b"), cell(STUB, "step_f_function"), cell(STUB, "step_f")) == ("step_b",)
    assert culprits("f", cell("run()", "step_b")) == ("step_b",)            # its own cell was deleted


def test_one_of_two_own_cells_is_enough():
    assert culprits("f", cell("def retrieve_info(): pass", "step_f_function"), cell(STUB, "step_f")) == ()


def test_steps_done_by_the_same_cells_share_a_sentence_and_few_cells_are_named():
    said = remarks.elsewhere({"b": ("step_a",), "c": (), "d": ("step_a",), "e": tuple(f"cell {n}" for n in range(5))})
    assert said == [
        "Steps b d: earned, though the step's own cell is as released. Look at what did it: step_a",
        "Step e: earned, though the step's own cell is as released. Look at what did it: cell 0, cell 1, cell 2 or 2 "
        "more"]


@pytest.mark.parametrize(("seed", "cells"), [
    ("0", [cell("kmeans_10 = MiniBatchKMeans(10, random_state=0)", "step_f")]),
    ("42", [cell("SEED = 42"), cell("m = KMeans(random_state = SEED)", "step_f")]),
    ("np.random.RandomState(3)", [cell("KMeans(random_state=np.random.RandomState(3))", "step_f")]),
    ("7", [cell("import numpy as np\nnp.random.seed(7)"), cell("KMeans(10)", "step_f")]),
    (None, [cell("KMeans(10)", "step_f")]), (None, [cell("KMeans(random_state=None)", "step_f")]),
    (None, [cell("KMeans(random_state=1)"), cell("", "check_e"), cell("KMeans(10)", "step_f")]),
    (None, [cell("", "check_f"), cell("KMeans(random_state=1)", "step_f")])])
def test_the_seed_is_the_one_that_is_written_for_the_clustering(seed, cells):
    assert remarks._seed(cells, "check_f") == seed


def test_centroids_in_another_order_are_the_same():
    def found(values):
        return remarks.fingerprints([], {"f": {"kmeans_10": SimpleNamespace(centroids=SimpleNamespace(values=values))}})
    values = np.random.default_rng(0).random((10, 784))
    assert found(values) == found(values[::-1]) != found(values + 1e-9)


def row(student, mixed, seed):
    return Row(student, dict.fromkeys(lab.steps, 1.0), fingerprints={"kmeans_10": [mixed, seed]})


def test_only_shared_centroids_with_other_or_no_seeds_are_shown():
    innocent = [row("ada", "aa", "0"), row("grace", "aa", "0"), row("alan", "bb", None), row("kurt", "cc", "1")]
    assert remarks.shared(innocent) == [] and "The same results" not in page(innocent)
    for seeds in (("1", "2"), (None, None), ("1", None)):
        copied = [row("mallory", "dd", seeds[0]), row("<b>eve", "dd", seeds[1])]
        assert remarks.shared([*innocent, *copied]) == [("kmeans_10", [("mallory", seeds[0]), ("<b>eve", seeds[1])])]
        made = page([*innocent, *copied])
        assert "The same results" in made and f"mallory ({seeds[0] or 'no seed'})" in made and "&lt;b&gt;eve" in made


def test_what_was_typed_into_a_locked_question_is_found_by_its_name():
    """nbgrader puts a locked cell back as it was; what stood in it is known before."""
    asked, stub = identity.Place("question", "", "markdown", "Which?\nWhy?", False), "*Your answer here.*"
    places = [asked, identity.Place("essay", "", "markdown", stub, True)]
    for source, own, expected in (
            ("Which?\n\nWhy?", stub, {}), ("Which?", stub, {}), ("Which? Fifty.\nWhy?", "Read above.", {}),
            ("Which?\nFifty.\nWhy?\nLess is lost.", stub, {1: ("Fifty. Less is lost.", True)}),
            ("Fifty.", stub, {1: ("Fifty.", False)})):
        cells = [new_markdown_cell(text, metadata={"nbgrader": {"grade_id": place.name}})
                 for place, text in zip(places, (source, own))]
        found = identity.typed(cells, places, identity.recognise(cells, places)[0])
        assert {place: (" ".join(text.split()), told) for place, (text, told) in found.items()} == expected
