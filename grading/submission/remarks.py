"""What a person should look at although every point stands: work that was done elsewhere than in its own cell, and
results that somebody else has too.
"""

import re
from collections import defaultdict

from grading.lab import grade_id_of, lab

NAMED = 3                       # cells that are named for a step
SEED = re.compile(r"\brandom_state\s*=\s*([\w.]{1,60}(?:\(\d{0,20}\))?)")
GLOBAL_SEED = re.compile(r"\b(?:np|numpy)\.random\.seed\(\s*(\w{1,60})")


def as_released(cells, released):
    """Return the grade_ids of cells in which nothing but comments was changed.

    Parameters
    ----------
    cells : list of nbformat.NotebookNode
    released : dict of str to str
        The released source of each solution cell, by grade_id.
    """
    return [name for cell in cells if (name := grade_id_of(cell)) in released
            and _code(cell.source) == _code(released[name])]


def culprits(cells, step, untouched):
    """Return the cells that may have done a step which its own cell did not do: none where it did.

    Parameters
    ----------
    cells : list of nbformat.NotebookNode
        Those above the step's check.
    step : str
    untouched : list of str
        As `as_released` returns it.

    Returns
    -------
    tuple of str
        Those that mention a name of the step, else all that were changed or added.
    """
    own, changed = f"step_{step}", {}
    for place, cell in enumerate(cells, 1):
        about = cell.metadata.get("nbgrader", {"solution": True})
        name = grade_id_of(cell)
        if cell.cell_type == "code" and about.get("solution") and name not in untouched and cell.source.strip():
            changed[name or f"cell {place}"] = cell.source
    if any(name == own or name.startswith(f"{own}_") for name in changed):
        return ()
    names = [name for name, maker in lab().names.items() if maker == step]
    mention = [name for name, source in changed.items() if any(one in source for one in names)]
    return tuple(mention or changed)


def elsewhere(found):
    """Say which steps were done elsewhere, in a sentence for each group of cells.

    Parameters
    ----------
    found : dict of str to tuple of str
        What `culprits` returned, by step.
    """
    together = defaultdict(list)
    for step, names in found.items():
        if names:
            together[names].append(step)
    return [f"{'Step' if len(steps) == 1 else 'Steps'} {' '.join(steps)}: earned, though the step's own cell is as "
            f"released. Look at what did it: {', '.join(names[:NAMED])}"
            + (f" or {len(names) - NAMED} more" if len(names) > NAMED else "") for names, steps in together.items()]


def fingerprints(cells, verified):
    """Return what tells this work from another's, and its seed as written, by name.

    Parameters
    ----------
    cells : list of nbformat.NotebookNode
        The code cells of the notebook.
    verified : dict of str to dict
        See `helpers.kit.step.Lab`.

    Returns
    -------
    dict of str to list
        The fingerprint, and the seed as text or None.
    """
    return {name: [print_, _seed(cells, f"{lab().prefix}{step}")]
            for name, (step, print_) in lab().fingerprints(verified).items()}


def shared(rows):
    """Return what several submissions have alike, unless all say the same seed.

    Parameters
    ----------
    rows : iterable of grading.submission.outcome.Row

    Returns
    -------
    list of (str, list of (str, str or None))
        What it is, and who has it with which seed.
    """
    groups = defaultdict(list)
    for row in rows:
        for model, (mixed, seed) in row.fingerprints.items():
            groups[model, mixed].append((row.student, seed))
    return [(model, who) for (model, _), who in sorted(groups.items())
            if len(who) > 1 and (len({seed for _, seed in who}) > 1 or who[0][1] is None)]


def _code(source):
    lines = (line.strip() for line in source.split("\n"))
    return [line for line in lines if line and not line.startswith("#")]


def _seed(cells, check):
    """Return the seed that is written above a check, in cells of its own step, as text; None where there is none."""
    above, own = [], []
    for cell in cells:
        name = grade_id_of(cell) or ""
        if name == check:
            break
        own = [] if name.startswith(lab().prefix) else [*own, cell.source]
        above.append(cell.source)
    written = SEED.findall("\n".join(own)) or GLOBAL_SEED.findall("\n".join(above))
    if not written:
        return None
    if not written[-1].isidentifier():
        return written[-1]
    values = re.findall(rf"^[ \t]*{written[-1]}[ \t]*=[ \t]*(\S{{1,60}})", "\n".join(above), re.MULTILINE)
    return values[-1] if values and any(map(str.isdigit, values[-1])) else None
