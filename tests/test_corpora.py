"""Honest work earns every point, and each mistake loses its own step, in this grader and in stock nbgrader."""

import pytest

from grading import corpus
from grading.course import nbgrader
from helpers.checks import JUDGES

HONEST, MUTANTS = corpus.folder("honest"), corpus.folder("mutants")
CASES = [(f"{kind}-{case.name}", case) for kind, cases in (("honest", HONEST), ("mutant", MUTANTS)) for case in cases]


@pytest.fixture(scope="module")
def graded(make_course, submit):
    """Return a function that grades both corpora as one class, once for each grader."""
    classes = {}

    def grade(grader):
        if grader not in classes:
            classes[grader] = course = make_course(stock=grader == "stock")
            for student, case in CASES:
                submit(course, student, case)
            nbgrader("autograde", corpus.NOTEBOOK, course=course)
        return classes[grader]
    return grade


def on(grader):
    """Both graders run side by side, each in a test process of its own."""
    return [pytest.param(student, case, id=student, marks=pytest.mark.xdist_group(grader)) for student, case in CASES]


@pytest.mark.parametrize(("student", "case"), on("ours"))
def test_exactly_the_named_steps_are_lost(graded, points, graded_cells, text_of, student, case):
    course = graded("ours")
    earned = points(course, student)
    lost = {step for step in JUDGES if earned[step] < 1}
    said = {step: text_of(graded_cells(course, student)[f"check_{step}"]) for step in sorted(lost)}
    assert lost == case.loses, said
    if lost:
        assert case.says in said[min(lost)]


@pytest.mark.parametrize(("student", "case"), on("stock"))
def test_stock_nbgrader_gives_the_same_points(graded, points, student, case):
    earned = points(graded("stock"), student)
    assert {step for step in JUDGES if earned[step] < 1} == case.loses


def test_the_corpora_are_large_enough():
    assert len(HONEST) >= 12
    assert len(MUTANTS) >= 25
    assert all(not case.loses for case in HONEST)
    assert all(case.loses and case.says for case in MUTANTS)


def test_every_step_has_a_mutant_that_loses_it_alone():
    alone = {next(iter(case.loses)) for case in MUTANTS if len(case.loses) == 1}
    assert alone == set(JUDGES)
