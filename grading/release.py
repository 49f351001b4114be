"""From the one notebook edited by hand to what students get: nbgrader's release, and helpers beside it."""

import base64
import shutil
from pathlib import Path

import nbformat

from grading.corpus import NOTEBOOK, ROOT, SOURCE
from grading.course import nbgrader

PICTURE = ROOT / "docs" / "centroids.png"


def send_helpers(assignment, student, notebooks):
    """Copy `helpers` beside a released notebook, without the 11 MB of data, and `environment.yml`.

    nbgrader's post_convert_hook: it is called in the course folder, and a failure would only be logged.
    """
    folder = Path("release") / assignment
    shutil.rmtree(folder / "helpers", ignore_errors=True)
    shutil.copytree(ROOT / "helpers", folder / "helpers", ignore=shutil.ignore_patterns("__pycache__", "*.npz"))
    shutil.copyfile(ROOT / "environment.yml", folder / "environment.yml")


def release():
    """Regenerate `release/`, the notebook at the top, which students open in a checkout, and the README's picture."""
    nbgrader("generate_assignment", NOTEBOOK, "--force")
    folder = ROOT / "release" / NOTEBOOK
    if not (folder / "helpers" / "checks" / "__init__.py").exists():
        raise RuntimeError(f"helpers could not be copied to {folder}: run nbgrader generate_assignment {NOTEBOOK} "
                           "--force --debug, and look for 'Post-convert hook failed'.")
    shutil.copyfile(folder / f"{NOTEBOOK}.ipynb", ROOT / f"{NOTEBOOK}.ipynb")
    PICTURE.write_bytes(picture())


def picture():
    """Return the README's picture, the figure of the centroids as PNG, from the source notebook's outputs."""
    cells = {cell.get("id"): cell for cell in nbformat.read(SOURCE, as_version=4).cells}
    shown = next(output.data for output in cells["step-j"].outputs if "image/png" in output.get("data", {}))
    return base64.b64decode(shown["image/png"])
