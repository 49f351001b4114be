"""Installed without make: by pip alone, editable or not, and what is not there is said."""

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from types import SimpleNamespace

import pytest

from grading.lab import ROOT

PLACED = ("etc/jupyter/jupyter_server_config.d/lab6.json", "share/jupyter/kernels/lab6-wall/kernel.json")


@pytest.fixture(scope="module", params=["editable", "copied"])
def installed(request, tmp_path_factory):
    """The project installed into a new environment that sees this one's libraries and nothing of this project's."""
    folder = tmp_path_factory.mktemp(request.param)
    project, prefix = folder / "project", folder / "env"
    for name in ("grading", "helpers"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "setup.py", "README.md", "nbgrader_config.py"):
        shutil.copyfile(ROOT / name, project / name)
    venv.create(prefix, with_pip=False)
    python = prefix / "bin" / "python"
    site = subprocess.run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
                          capture_output=True, text=True, check=True).stdout.strip()
    with open(f"{site}/libraries.pth", "w") as file:
        file.write(sysconfig.get_path("purelib"))
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python", python,
                    "install", "--no-deps", "--no-build-isolation", "--ignore-installed",
                    *["--editable"] * (request.param == "editable"), str(project)], check=True, capture_output=True)
    return SimpleNamespace(kind=request.param, project=project, prefix=prefix, folder=folder)


def lab6(installed, *arguments, cwd):
    return subprocess.run([installed.prefix / "bin" / "lab6", *arguments], cwd=cwd, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True)


def test_pip_alone_places_the_kernel_and_switches_the_extension_on(installed):
    for path in PLACED:
        assert (installed.prefix / path).exists(), path
    extensions = json.loads((installed.prefix / PLACED[0]).read_text())["ServerApp"]["jpserver_extensions"]
    assert extensions == {"grading.server": True}


def test_what_needs_the_projects_folder_says_so(installed):
    for command in ("demo", "release", "attack"):
        run = lab6(installed, command, cwd=installed.folder)
        assert run.returncode == 2 and "pip install -e ." in run.stderr and "Traceback" not in run.stderr, run.stderr


def test_a_change_that_would_not_count_is_refused(installed):
    figures = installed.project / "helpers" / "figures.py"
    before = figures.read_text()
    figures.write_text(before + "\n# changed\n")
    try:
        run = lab6(installed, "grade", cwd=installed.project)
    finally:
        figures.write_text(before)
    assert run.returncode == 2
    assert ("is not the code that would run" in run.stderr) == (installed.kind == "copied"), run.stderr
