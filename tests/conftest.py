"""What several tests share: courses with classes in them, graded by nbgrader's real commands."""

import fcntl
import functools
import os
import shutil

from corpus import NOTEBOOK

# One thread for each process and each kernel, before NumPy is loaded: several that share two cores wait for each other,
# and judging a clustering takes twice as long, a fit ten times.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import corpus
import genuine as genuine_work
import nbformat
import pytest
import tiers
from corpus import Case

from grading.course.commands import PATIENT, STOCK, new_course
from helpers import truth

# Example submissions: material of tests, of which some have names that begin with test_.
collect_ignore = ["honest", "mutants", "attacks", "reports"]

# make mutation first sees which tests use what, so none may find it done; then it forks each run of the tests from one
# that has judged the same centroids before: what that has worked out is kept, unless this is what was changed.
mutant = os.environ.get("MUTANT_UNDER_TEST")
if mutant == "stats" or mutant and mutant.startswith(
        ("helpers.truth.x__about__", "helpers.truth.x__nearest__")):
    truth._remembered = truth._about
elif mutant == "":
    truth._remembered = functools.lru_cache(None)(truth._about)


# The files that take longest, which the workers begin with, so that none ends long before the others.
LONGEST = ("attacks", "corpora", "grading", "killed", "wall", "class", "execute", "evidence_forged", "fuzz", "recorded")


@pytest.hookimpl(tryfirst=True)         # before -m looks at the marks
def pytest_collection_modifyitems(items):
    """Put the tests of the longest files first, and mark the files that only the long run has."""
    for item in items:
        reasons = [tiers.FILES.get(item.path.stem.removeprefix("test_"), ""),
                   *(tiers.FIXTURES.get(name, "") for name in item.fixturenames)]
        for why in {*reasons} - {"", "some"}:
            item.add_marker(pytest.mark.long(why))
    order = {f"test_{name}": number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


@pytest.fixture(scope="session")
def solved():
    """A finished notebook, in the words of the source notebook's solutions."""
    return corpus.SOLVED


@pytest.fixture(scope="session")
def make_course(tmp_path_factory):
    """Return a function that lays out a course, with nbgrader's stock configuration if so asked."""
    # Generating a release takes seconds: once is enough, for all that run tests at once.
    shared = tmp_path_factory.getbasetemp()
    template = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "template"

    def make(stock=False):
        folder = tmp_path_factory.mktemp("course")
        with open(template.with_suffix(".lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not template.exists():
                new_course(template.with_suffix(".new"))
                template.with_suffix(".new").rename(template)
        shutil.copytree(template, folder, dirs_exist_ok=True)
        if stock:
            (folder / "nbgrader_config.py").write_text(STOCK + PATIENT)
        return folder
    return make


@pytest.fixture(scope="session")
def submit():
    """Return a function that puts a case, or a notebook, into a course's folder of submissions."""
    def put(course, student, what):
        notebook = corpus.submission(what, further=False) if isinstance(what, Case) else what
        folder = course / "submitted" / student / NOTEBOOK
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{NOTEBOOK}.ipynb")
        return folder
    return put


@pytest.fixture(scope="session")
def points():
    """Return a function that reads a student's points by step from the gradebook."""
    from nbgrader.api import Gradebook

    def read(course, student):
        with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
            grades = gradebook.find_submission_notebook(NOTEBOOK, NOTEBOOK, student).grades
            return {grade.name.removeprefix("check_"): grade.score for grade in grades if "check_" in grade.name}
    return read


@pytest.fixture(scope="session")
def graded_cells():
    """Return a function that reads the cells of an autograded notebook, by grade_id."""
    def read(course, student):
        notebook = nbformat.read(course / "autograded" / student / NOTEBOOK / f"{NOTEBOOK}.ipynb", as_version=4)
        return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}
    return read


@pytest.fixture(scope="session")
def text_of():
    """Return a function that joins what a cell's outputs say."""
    def join(cell):
        return "\n".join(output.get("text") or output.get("evalue") or "" for output in cell.outputs)
    return join


@pytest.fixture(scope="session")
def names():
    """The values of a finished lab, by name."""
    return {**genuine_work.finished(), **genuine_work.namespace()}


@pytest.fixture(scope="session")
def genuine(names):
    """What each check hands out for a finished lab, by step."""
    class ByStep(dict):
        def __missing__(self, step):
            with pytest.MonkeyPatch.context() as monkeypatch:
                self[step] = genuine_work.hand_out(monkeypatch, step, names)
            return self[step]
    return ByStep()
