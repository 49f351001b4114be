"""The project's own files agree with each other."""

import re
import shutil
import subprocess
import sys
import tomllib

import pytest
import tiers
import yaml

from grading.lab import ROOT

CONDA = {"playwright": "playwright-python"}     # what conda-forge calls by another name
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def dependencies():
    extras = PROJECT["optional-dependencies"]
    return sorted([*PROJECT["dependencies"], *extras["grade"], *extras["cluster"],
                   *extras["test"]])


def name(requirement):
    return re.match(r"[\w.-]+", requirement).group().lower()


def test_conda_and_pip_install_the_same_ranges():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert environment["name"] == "lab6-kmeans"
    assert environment["channels"] == ["conda-forge"]
    *conda, pip = environment["dependencies"]
    ours = [CONDA.get(name(line), name(line)) + line.removeprefix(name(line)) for line in dependencies()]
    assert sorted([*conda, *pip["pip"]]) == sorted([*ours, f"python{PROJECT['requires-python']}", "pip", "-e ."])


def test_the_lock_pins_every_dependency_with_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text()
    pinned = dict(re.findall(r"^([\w.-]+)(?:\[.+\])?==([\w.+!-]+)", lock, flags=re.MULTILINE))
    assert {name(requirement) for requirement in dependencies()} <= set(pinned)
    blocks = re.split(r"^(?=[\w.\[\]-]+==)", lock, flags=re.MULTILINE)[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in lock


@pytest.mark.parametrize("path", ["pyproject.toml", "environment.yml"])
def test_every_dependency_says_why(path):
    lines = (ROOT / path).read_text().split("\n")
    wanted = [line for line in lines if re.search(r"[\w-]+>=[\d.]+", line) and "- python>=" not in line
              and "requires" not in line]
    assert len(wanted) == len(dependencies())
    assert [line for line in wanted if "# " not in line] == []


def test_the_style_holds():
    run = subprocess.run([sys.executable, "-m", "ruff", "check", "--quiet", "."], cwd=ROOT,
                         capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


# Of an area: a file is as long as its idea.
LINES = {"helpers": 3080, "helpers/kit": 1360, "grading": 11850, "benchmarks": 720}


@pytest.mark.parametrize("area", LINES)
def test_an_area_does_not_grow_unseen(area):
    assert sum(len(path.read_text().split("\n")) for path in (ROOT / area).rglob("*.py")) <= LINES[area]


def test_the_environment_lacks_nothing_that_its_packages_need():
    """make installs what requirements.lock pins and no more, so that a pin that is missing would show only here."""
    run = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_make_help_names_every_target():
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("lab", "demo", "test", "release", "clean"):
        assert re.search(rf"^make {target} +\w", said, flags=re.MULTILINE), target


def test_make_names_a_python_that_is_missing_or_too_old(tmp_path):
    for path in ("Makefile", "pyproject.toml", "setup.py", "requirements.lock", "grading/wall/spec/kernel.json",
                 "grading/server/lab6.json"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes((ROOT / path).read_bytes())
    old = tmp_path / "old-python"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.1" || exit 1\n')
    old.chmod(0o755)
    missing, too_old = "install Python 3.11", "Python 3.9.1, and the lab needs 3.11"
    for python, words in (("no-such-python", missing), (str(old), too_old)):
        run = subprocess.run(["make", "demo", f"PYTHON={python}"], cwd=tmp_path, capture_output=True, text=True)
        assert run.returncode and words in run.stdout


def test_make_clean_keeps_a_class_and_its_grades(tmp_path):
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    kept, gone = ("gradebook.db", "submitted/ada", "autograded/ada", "feedback/ada", "report/index.html"), ("demo/x",)
    for name in (*kept, *gone):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    subprocess.run(["make", "clean"], cwd=tmp_path, capture_output=True, check=True)
    assert all((tmp_path / name).exists() for name in kept) and not any((tmp_path / name).exists() for name in gone)


def test_make_says_what_to_install_where_there_is_no_browser(tmp_path):
    (tmp_path / "id").symlink_to(shutil.which("id"))            # and no apt-get
    run = subprocess.run([shutil.which("make"), "browser", "BROWSERS=no-such-browser"], cwd=ROOT,
                         env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert run.returncode and "install Chromium or Google Chrome" in run.stdout


def test_no_file_names_a_machine_or_a_registry():
    paths = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    words = re.compile("|".join(["/" + "root/", "/" + "work/", "pypi" + r"\.org", "python" + "hosted"]))
    for path in paths:
        if not path.endswith((".npz", ".png")):
            assert not words.search((ROOT / path).read_text()), path


def test_every_file_of_tests_says_which_run_has_it():
    found = {path.stem.removeprefix("test_"): path.read_text() for path in (ROOT / "tests").glob("test_*.py")}
    assert set(tiers.FILES) == set(found)
    marks = re.compile(r"mark\.long\(|from tiers import .*some|def test_\w+\([^)]*\b(%s)\b" % "|".join(tiers.FIXTURES))
    assert {name for name, text in found.items() if name != "setup" and marks.search(text)} - {
        name for name, why in tiers.FILES.items() if why} == set()


def test_what_only_the_long_run_has_says_why():
    reasons = [*tiers.FIXTURES.values(), *(why for why in tiers.FILES.values() if why not in ("", "some"))]
    reasons += [words for path in (ROOT / "tests").glob("test_*.py")
                for words in re.findall(r"mark\.long\(\"(.*)\"\)", path.read_text())]
    assert len(reasons) > 15 and all(len(why.split()) > 3 for why in reasons)
