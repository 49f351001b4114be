"""Two runs of the tests: make test before each commit, and make test-all by night, which has all of them.

What only the second runs is marked `long`, with words that say why the first can do without.
"""

import os

import pytest
from hypothesis import HealthCheck, settings


def some(cases, few, why):
    """Return cases as parameters: the first few always, the rest in the long run."""
    return [case if number < few else pytest.param(case, marks=pytest.mark.long(why))
            for number, case in enumerate(cases)]


def some_of_each(cases, kind, few, why):
    """Return cases as parameters: the first few of each kind always, the rest in the long run."""
    counted, found = {}, []
    for case in cases:
        number = counted[kind(case)] = counted.get(kind(case), 0) + 1
        found.append(case if number <= few else pytest.param(case, marks=pytest.mark.long(why)))
    return found


def selected(request, parameter):
    """Return the values of a parameter that tests of the asking module are run with now."""
    found = []
    for item in request.session.items:
        given = getattr(item, "callspec", None)
        if item.path == request.path and given and parameter in given.params and given.params[parameter] not in found:
            found.append(given.params[parameter])
    return found


ALL = os.environ.get("LAB6_TESTS") == "all"         # set by make test-all
# Each file of tests: nothing where make test runs all of it, "some" where parts of it are marked, else why not.
FILES = {
    "attacks": "some", "blocks": "", "checks": "", "class": "some", "collect": "some", "decode": "",
    "evidence": "", "evidence_forged": "", "evidence_properties": "", "evidence_unreadable": "", "exchange": "some",
    "execute": "some", "export": "", "extensions": "", "feedback": "", "fits": "", "fuzz": "some", "give_back": "some",
    "grading": "some", "helpers": "", "html": "", "inert": "some", "killed": "some", "kinds": "", "marking": "",
    "messages": "", "mistakes": "", "notebook": "some", "numbers": "", "packages": "", "page": "", "people": "",
    "reading": "", "recorded": "",
    "release": "some", "remarks": "", "report": "", "reports": "some", "server": "some", "setup": "",
    "shorten": "", "tiny_lab": "", "wall": "some", "watch": "some", "worker": "some", "corpora": "some",
    "colab": "an older IPython, of which the lab uses hooks that both have",
    "browser": "students in a real browser: what they read there is tested without one",
    "clipped": "the rule by which texts are clipped is tested by its words in test_html",
    "class_page": "the page of a class in a real browser: its words and numbers are tested without one",
    "formgrader": "nbgrader's pages in a real browser: what is put into them is tested without one",
    "marking_page": "the marking page in a real browser: what it saves and shows is tested without one",
    "hub": "a JupyterHub with users of its own: nbgrader's exchange and the pages are tested without one",
    "slurm": "a cluster with SLURM, behind the interface by which all else is tested",
    "no_wall": "a machine without bubblewrap: changes only with what says so",
    "installs": "an installation of its own, which changes with pyproject.toml alone",
}
# What only tests of the long run ask for, and why that is enough.
FIXTURES = {
    "one_by_one_and_at_once": "nbgrader's commands and lab6 grade run the same converters; both are tested alone",
    "collected_class": "collecting, grading, the page and exports, each tested alone, say the same of one class",
    "with_another": "another assignment of the course changes only with what asks which one it is",
    "context": "a real JupyterLab in a real browser, with nothing in it that gives a point",
    "opened": "a real JupyterLab in a real browser: the rules are tested by what they write",
    "term": "nbgrader's own commands around a release and a grading that are tested here",
    "real": "workers that die are tested by what is called, in test_worker",
    "scheduler": "a Dask cluster, behind the interface by which all else is tested",
}


def cases(few, many):
    """Return hypothesis's settings: this many examples in the short run, and in the long one."""
    return settings(max_examples=many if ALL else few, deadline=None, derandomize=True, database=None,
                    suppress_health_check=list(HealthCheck))
