"""From the one notebook edited by hand to what students get: nbgrader's release, and the lab's modules beside it."""

import base64
import shutil
from contextlib import contextmanager
from pathlib import Path

import nbformat

from grading.course.commands import nbgrader
from grading.lab import ROOT, grade_id_of, lab, packages
from grading.submission.restore import START

SOURCE = "source/{0}/{0}.ipynb"


def send_lab(assignment, student, notebooks):
    """Copy the lab beside a released notebook, without its data, and `environment.yml` without this project.

    nbgrader's post_convert_hook: it is called in the course folder, and a failure would only be logged.
    """
    if assignment != lab().name:
        return
    folder = Path("release") / assignment
    data = [Path(file).name for file in lab().files.values()]
    for package in packages():
        shutil.rmtree(folder / package.name, ignore_errors=True)
        shutil.copytree(package, folder / package.name,
                        ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", *data))
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
    source, made = course / SOURCE.format(lab().name), course / "release" / lab().name
    try:
        cells = nbformat.read(source, as_version=4).cells
    except (ValueError, KeyError) as error:
        raise RuntimeError(f"{source.relative_to(course)} is no notebook: {error}. Nothing was released.") from None
    refuse_incomplete(cells)
    drawn = picture(cells) if course == ROOT and lab().picture else None
    with kept(made):
        nbgrader("generate_assignment", lab().name, "--force", course=course)
        if not all((made / package.name / "__init__.py").exists() for package in packages()):
            raise RuntimeError(f"the lab could not be copied to {made}: run nbgrader generate_assignment {lab().name} "
                               "--force --debug, and look for 'Post-convert hook failed'.")
    if drawn is None:
        return [made.relative_to(course)]
    shutil.copyfile(made / lab().file, course / lab().file)
    target = Path(lab().picture[1])
    (ROOT / target).write_bytes(drawn)
    return [made.relative_to(course), Path(lab().file), target]


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
    checks = [name for name in graded if name.startswith(lab().prefix)]
    missing = {f"{lab().prefix}{step}" for step in lab().steps} - {*checks} | {START} - {*map(grade_id_of, cells)}
    unknown = {*checks} - {f"{lab().prefix}{step}" for step in lab().steps}
    worth = {name.removeprefix(lab().prefix): cell.metadata.nbgrader.points for cell in cells
             if (name := grade_id_of(cell)) in checks}
    other = [f"{lab().prefix}{step} gives {points:g} points, and step {step} says {lab().steps[step].points:g}: "
             f"points={points:g} in its @lab.step" for step, points in worth.items()
             if step in lab().steps and points != lab().steps[step].points]
    if missing or unknown or other:
        raise RuntimeError(f"{SOURCE.format(lab().name)} does not fit the lab's steps: " + "; ".join(filter(None, [
            missing and f"no cell has the grade_id {', '.join(sorted(missing))}, graded as it was",
            unknown and f"there is no check for {', '.join(sorted(unknown))}", *other])) + ". Nothing was released.")


def picture(cells):
    """Return the README's picture as PNG, from the source notebook's outputs."""
    place, _ = lab().picture
    for cell in cells:
        for output in cell.get("outputs", ()) if grade_id_of(cell) == place else ():
            if "image/png" in output.get("data", {}):
                return base64.b64decode(output.data["image/png"])
    raise RuntimeError(f"{SOURCE.format(lab().name)} has no figure in {place}: run the notebook from the top, save "
                       "it, then release again. Nothing was released.")
