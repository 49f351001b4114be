"""Two runs of the tests: make test before each commit, and make test-all by night, which has all of them.

What only the second runs is marked `long`, with words that say why the first can do without.
"""

from types import SimpleNamespace

import pytest


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
    return list(dict.fromkeys(item.callspec.params[parameter] for item in request.session.items
                              if item.path == request.path and parameter in getattr(item, "callspec", SimpleNamespace(
                                  params={})).params))
