"""Honest work earns every point, and each mistake loses its own step, in this grader and in stock nbgrader."""

import os
from concurrent.futures import ThreadPoolExecutor

import corpus
import pytest

from grading.course.commands import nbgrader
from helpers import lab

# Each takes 5 s here and 15 s in stock nbgrader: make corpora grades all of them in both, make test every tenth here
# (test_recorded judges all of them) and every thirtieth there.
ALL = os.environ.get("LAB6_CORPORA") == "all"
STEPS = {"ours": 1 if ALL else 10, "stock": 1 if ALL else 30}
HONEST, MUTANTS = corpus.folder("honest"), corpus.folder("mutants")
CASES = [(f"{kind}-{case.name}", case) for kind, cases in (("honest", HONEST), ("mutant", MUTANTS)) for case in cases]


CLASSES = {grader: CASES[::step] for grader, step in STEPS.items()}


@pytest.fixture(scope="module")
def graded(make_course, submit):
    """Return a function that grades a class with one grader, once, and gives the course of each student."""
    courses = {}

    def grade(grader):
        if grader not in courses:
            halves = [CLASSES[grader][::2], CLASSES[grader][1::2]]
            made = [make_course(stock=grader == "stock") for _ in halves]
            for course, half in zip(made, halves):
                for student, case in half:
                    submit(course, student, case)
            with ThreadPoolExecutor() as pool:          # nbgrader itself takes one after the other
                list(pool.map(lambda course: nbgrader("autograde", corpus.NOTEBOOK, course=course), made))
            courses[grader] = {student: course for course, half in zip(made, halves) for student, _ in half}
        return courses[grader]
    return grade


def students(grader):
    return [pytest.param(student, case, id=student) for student, case in CLASSES[grader]]


@pytest.mark.long("test_recorded judges all of them; here some are run whole, behind the wall and in stock nbgrader")
@pytest.mark.parametrize(("student", "case"), students("ours"))
def test_exactly_the_named_steps_are_lost(graded, points, graded_cells, text_of, student, case):
    course = graded("ours")[student]
    earned = points(course, student)
    lost = {step for step in lab.steps if earned[step] < 1}
    said = {step: text_of(graded_cells(course, student)[f"check_{step}"]) for step in sorted(lost)}
    assert lost == case.loses, said
    if lost:
        assert case.says in " ".join(said[min(lost)].split())


@pytest.mark.long("test_recorded judges all of them; here some are run whole, behind the wall and in stock nbgrader")
@pytest.mark.parametrize(("student", "case"), students("stock"))
def test_stock_nbgrader_gives_the_same_points(graded, points, student, case):
    earned = points(graded("stock")[student], student)
    assert {step for step in lab.steps if earned[step] < 1} == case.loses


@pytest.mark.long("test_recorded judges all of them; here some are run whole, behind the wall and in stock nbgrader")
@pytest.mark.parametrize(("student", "case"), students("stock"))
def test_graded_notebooks_stay_as_small_as_stock(graded, student, case):
    ours, stock = ((graded(grader)[student] / "autograded" / student / corpus.NOTEBOOK / f"{corpus.NOTEBOOK}.ipynb")
                   .stat().st_size for grader in ("ours", "stock"))
    assert ours < 1.1 * stock + 10_000          # the fact sheet, and the words of verdicts


def test_the_corpora_are_large_enough():
    assert len(HONEST) >= 30
    assert len(MUTANTS) >= 60
    assert all(not case.loses for case in HONEST)
    assert all(case.loses and case.says for case in MUTANTS)


def test_every_step_has_a_mutant_that_loses_it_alone():
    alone = {next(iter(case.loses)) for case in MUTANTS if len(case.loses) == 1}
    assert alone == set(lab.steps)
