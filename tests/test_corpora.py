"""Honest work earns every point, and each mistake loses its own step, in this grader and in stock nbgrader."""

import os

import pytest

from grading import corpus
from grading.course import nbgrader
from helpers.checks import JUDGES

# Stock nbgrader takes about 10 s for each; make stock grades all of them, make test every fifth.
STEP = 1 if os.environ.get("LAB6_STOCK") == "all" else 5
HONEST, MUTANTS = corpus.folder("honest"), corpus.folder("mutants")
CASES = [(f"{kind}-{case.name}", case) for kind, cases in (("honest", HONEST), ("mutant", MUTANTS)) for case in cases]


@pytest.fixture(scope="module")
def graded(make_course, submit):
    """Return a function that grades a part of both corpora as one class, once."""
    classes = {}

    def grade(part):
        if part not in classes:
            classes[part] = course = make_course(stock=part.startswith("stock"))
            for student, case in PARTS[part]:
                submit(course, student, case)
            nbgrader("autograde", corpus.NOTEBOOK, course=course)
        return classes[part]
    return grade


# Each part is graded in a test process of its own, side by side with the others.
STOCK = CASES[::STEP]
PARTS = {"ours 1": CASES[::2], "ours 2": CASES[1::2], "stock 1": STOCK[::2], "stock 2": STOCK[1::2]}


def parameters(*parts):
    return [pytest.param(part, student, case, id=student, marks=pytest.mark.xdist_group(part))
            for part in parts for student, case in PARTS[part]]


@pytest.mark.parametrize(("part", "student", "case"), parameters("ours 1", "ours 2"))
def test_exactly_the_named_steps_are_lost(graded, points, graded_cells, text_of, part, student, case):
    course = graded(part)
    earned = points(course, student)
    lost = {step for step in JUDGES if earned[step] < 1}
    said = {step: text_of(graded_cells(course, student)[f"check_{step}"]) for step in sorted(lost)}
    assert lost == case.loses, said
    if lost:
        assert case.says in " ".join(said[min(lost)].split())


@pytest.mark.parametrize(("part", "student", "case"), parameters("stock 1", "stock 2"))
def test_stock_nbgrader_gives_the_same_points(graded, points, part, student, case):
    earned = points(graded(part), student)
    assert {step for step in JUDGES if earned[step] < 1} == case.loses


def test_the_corpora_are_large_enough():
    assert len(HONEST) >= 12
    assert len(MUTANTS) >= 25
    assert all(not case.loses for case in HONEST)
    assert all(case.loses and case.says for case in MUTANTS)


def test_every_step_has_a_mutant_that_loses_it_alone():
    alone = {next(iter(case.loses)) for case in MUTANTS if len(case.loses) == 1}
    assert alone == set(JUDGES)
