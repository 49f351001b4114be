"""From the one notebook edited by hand to what students get: nbgrader's release, and helpers beside it."""

import base64
import shutil
from contextlib import contextmanager
from pathlib import Path

import nbformat

from grading.course.commands import nbgrader
from grading.lab import NOTEBOOK, PREFIX, ROOT, grade_id_of
from grading.submission.restore import START
from helpers import lab

SOURCE = Path("source", NOTEBOOK, f"{NOTEBOOK}.ipynb")
PICTURE = ROOT / "docs" / "centroids.png"


def send_helpers(assignment, student, notebooks):
    """Copy `helpers` beside a released notebook, without the 11 MB of data, and `environment.yml` without this project.

    nbgrader's post_convert_hook: it is called in the course folder, and a failure would only be logged.
    """
    if assignment != NOTEBOOK:
        return
    folder = Path("release") / assignment
    shutil.rmtree(folder / "helpers", ignore_errors=True)
    shutil.copytree(ROOT / "helpers", folder / "helpers",
                    ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "*.npz"))
    lines = (ROOT / "environment.yml").read_text().splitlines(keepends=True)
    (folder / "environment.yml").write_text("".join(line for line in lines if not line.strip().startswith("- -e .")))


def release(course=ROOT):
    """Regenerate `release/`; in this project's checkout also the notebook at the top and the README's picture.

    Parameters
    ----------
    course : pathlib.Path

    Returns
    -------
    list of pathlib.Path
        What was made, within the course.

    Raises
    ------
    RuntimeError
        Nothing was released: what was released before is there as it was.
    """
    source, made = course / SOURCE, course / "release" / NOTEBOOK
    try:
        cells = nbformat.read(source, as_version=4).cells
    except (ValueError, KeyError) as error:
        raise RuntimeError(f"{source.relative_to(course)} is no notebook: {error}. Nothing was released.") from None
    refuse_incomplete(cells)
    drawn = picture(cells) if course == ROOT else None
    with kept(made):
        nbgrader("generate_assignment", NOTEBOOK, "--force", course=course)
        if not (made / "helpers" / "checks.py").exists():
            raise RuntimeError(f"helpers could not be copied to {made}: run nbgrader generate_assignment {NOTEBOOK} "
                               "--force --debug, and look for 'Post-convert hook failed'.")
    if drawn is None:
        return [made.relative_to(course)]
    shutil.copyfile(made / f"{NOTEBOOK}.ipynb", course / f"{NOTEBOOK}.ipynb")
    PICTURE.write_bytes(drawn)
    return [made.relative_to(course), Path(f"{NOTEBOOK}.ipynb"), PICTURE.relative_to(ROOT)]


@contextmanager
def kept(folder):
    """Put a folder aside while the body makes another in its place, and back where the body raises.

    nbgrader removes what it could not generate, and what was there before it.
    """
    old = folder.parent.with_name(f".{folder.parent.name}-{folder.name}.old")
    if old.exists():                        # a run was killed: whole or not, what it made is not to be trusted
        _put_back(old, folder)
    if folder.exists():
        folder.rename(old)
    try:
        yield
    except BaseException:
        if old.exists():
            _put_back(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _put_back(old, folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    old.rename(folder)


def refuse_incomplete(cells):
    """Raise RuntimeError where a notebook's cells and the steps of the lab do not fit together.

    Parameters
    ----------
    cells : list of nbformat.NotebookNode
    """
    graded = [grade_id_of(cell) for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    checks = [name for name in graded if name.startswith(PREFIX)]
    missing = {f"{PREFIX}{step}" for step in lab.steps} - {*checks} | {START} - {*map(grade_id_of, cells)}
    unknown = {*checks} - {f"{PREFIX}{step}" for step in lab.steps}
    if missing or unknown:
        raise RuntimeError(f"{SOURCE} does not fit the steps in helpers: " + "; ".join(filter(None, [
            missing and f"no cell has the grade_id {', '.join(sorted(missing))}, graded as it was",
            unknown and f"there is no check for {', '.join(sorted(unknown))}"])) + ". Nothing was released.")


def picture(cells):
    """Return the README's picture, the figure of the centroids as PNG, from the source notebook's outputs."""
    for cell in cells:
        for output in cell.get("outputs", ()) if grade_id_of(cell) == "step_j" else ():
            if "image/png" in output.get("data", {}):
                return base64.b64decode(output.data["image/png"])
    raise RuntimeError(f"{SOURCE} has no figure of step j in it: run the notebook from the top, save "
                       "it, then release again. Nothing was released.")
