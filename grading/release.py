"""From the one notebook edited by hand to what students get: nbgrader's release, and helpers beside it."""

import shutil
from pathlib import Path

from grading.corpus import NOTEBOOK, ROOT
from grading.course import nbgrader


def send_helpers(assignment, student, notebooks):
    """Copy `helpers` beside a released notebook, without the 11 MB of data.

    nbgrader's post_convert_hook: it is called in the course folder, and a failure would only be logged.
    """
    target = Path("release") / assignment / "helpers"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / "helpers", target, ignore=shutil.ignore_patterns("__pycache__", "*.npz"))


def release():
    """Regenerate `release/` and the notebook at the top, which students open in a checkout."""
    nbgrader("generate_assignment", NOTEBOOK, "--force")
    folder = ROOT / "release" / NOTEBOOK
    if not (folder / "helpers" / "checks" / "__init__.py").exists():
        raise RuntimeError(f"helpers could not be copied to {folder}: run nbgrader generate_assignment {NOTEBOOK} "
                           "--force --debug, and look for 'Post-convert hook failed'.")
    shutil.copyfile(folder / f"{NOTEBOOK}.ipynb", ROOT / f"{NOTEBOOK}.ipynb")
