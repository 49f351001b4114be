"""A machine that lacks a package is told, in one line, how to get it."""

import subprocess
import sys
import tomllib

import pytest
from corpus import RELEASE

from grading.lab import ROOT
from helpers.packages import PACKAGES, PackagesMissing, require


def test_where_everything_is_installed_nothing_is_said():
    assert require() is None


def test_where_packages_are_missing_the_first_cell_says_what_to_run():
    # -S leaves out all that was ever installed, as on a machine with Python alone.
    run = subprocess.run([sys.executable, "-S", "-c", "from helpers import checks"], cwd=RELEASE.parent,
                         capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.strip().endswith("%pip install numpy matplotlib scikit-learn keras")
    assert "No module named" not in run.stderr


def test_it_is_one_line_in_the_notebook():
    with pytest.raises(PackagesMissing) as missing:
        raise PackagesMissing("The lab needs keras.")
    assert missing.value._render_traceback_() == ["The lab needs keras."]


def test_the_packages_are_those_of_the_project():
    needed = "\n".join(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"])
    assert [package for package in PACKAGES.values() if f"{package}>=" not in needed] == []
