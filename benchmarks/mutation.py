"""Do the tests notice when a check, or the grader's judging, is changed? make mutation changes them with mutmut.

A mutant is one small change. Tests that take no kernel judge it, with the evidence that `tests/recording.py` keeps.
Mutants that only spell prose in another way are left out.
"""

import argparse
import ast
import json
import os
import random
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import corpus
import recording
from rich.table import Table

from grading.lab import ROOT
from grading.pages.terminal import console

FIRST = "helpers.kit.verdict.x_times__mutmut_1"     # any one: mutmut makes all of them before it tries it
KILLED = (1, 3, 24, 36, 152, 255, -24)                  # exit codes of pytest, or of mutmut where time ran out


def main(arguments=None):
    """Record evidence, try the mutants, and print what became of them."""
    parser = argparse.ArgumentParser(prog="make mutation", description=__doc__.partition(":")[0])
    parser.add_argument("names", nargs="*", help="modules or mutants to try, as helpers.truth* (default: all)")
    parser.add_argument("--sample", type=int, metavar="N", help="only so many of them, drawn at random")
    parser.add_argument("--report", action="store_true", help="only print what became of all that were tried")
    options = parser.parse_args(arguments)
    if not options.report:
        recording.record(corpus.folder("honest") + corpus.folder("mutants"))
        _mutmut(FIRST)
        names = [name for name in telling() if not options.names or any(Path(name).match(p) for p in options.names)]
        if not names:
            parser.error(f"no mutant is named so: {' '.join(options.names)}")
        names = random.sample(names, min(options.sample or len(names), len(names)))
        _mutmut(*names)
    found = outcomes(telling() if options.report else names)
    console().print(table(found))
    console().print("Not noticed (mutmut show NAME says what was changed):",
                    *(name for name, noticed in found.items() if not noticed), sep="\n", highlight=False)


def _mutmut(*names):
    subprocess.run([Path(sys.executable).with_name("mutmut"), "run", *names], cwd=ROOT,
                   env={**os.environ, recording.VERSION: recording.version()})


def modules():
    """Return the files that are mutated, as pyproject.toml names them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutmut"]
    return [path for pattern in settings["only_mutate"] for path in sorted(ROOT.glob(pattern))]


def telling():
    """Return the names of all mutants that mutmut made, but of those that only spell prose in another way."""
    return [name for path in modules() for name, changed in _mutants(path) if changed]


def _mutants(path):
    place = path.relative_to(ROOT)
    package = ".".join(place.with_suffix("").parts).removesuffix(".__init__")
    made = ast.parse((ROOT / "mutants" / place).read_text())
    plain = {node.name: _plain(node) for node in ast.walk(made)
             if isinstance(node, ast.FunctionDef) and "__mutmut_" in node.name}
    for name, words in plain.items():
        function, _, number = name.rpartition("__mutmut_")
        if number != "orig":
            yield f"{package}.{name}", words != plain[f"{function}__mutmut_orig"]


def _plain(function):
    """Return a function's syntax tree as text, in which prose looks alike however mutmut has spelt it."""
    function.name = ""
    for node in ast.walk(function):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip():
            node.value = node.value.replace("XX", "").casefold()
    return ast.dump(function)


def outcomes(wanted):
    """Return what became of those of some mutants that were tried: a dict of its name to whether a test noticed it."""
    wanted, found = set(wanted), {}
    for path in modules():
        kept = json.loads(Path(ROOT, "mutants", f"{path.relative_to(ROOT)}.meta").read_text())["exit_code_by_key"]
        found.update({name: code in KILLED for name, code in kept.items() if code is not None and name in wanted})
    return found


def table(found):
    """Make the table that people read."""
    made = Table(title="Mutants")
    for name in ("Module", "Tried", "Noticed", "Not noticed"):
        made.add_column(name, justify="left" if name == "Module" else "right")
    tried, noticed = (Counter(name.rpartition(".")[0] for name, killed in found.items() if killed or every)
                      for every in (True, False))
    for module, number in sorted(tried.items()):
        made.add_row(module, str(number), str(noticed[module]), str(number - noticed[module]))
    made.add_row("all", str(len(found)), str(sum(found.values())), str(len(found) - sum(found.values())))
    return made


if __name__ == "__main__":
    main()
