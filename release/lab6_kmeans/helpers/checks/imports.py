"""Step a: the imports, read from syntax trees, so that every way of writing them counts."""

import ast

from helpers.checks.verdict import CheckFailed, StepNotDone

# What step a needs, with the imports that give it.
IMPORTS = {
    "NumPy": ("numpy",),
    "Matplotlib's pyplot": ("matplotlib.pyplot", "matplotlib.*"),
    "Keras": ("keras", "tensorflow.keras", "tensorflow", "tf_keras"),
    "MiniBatchKMeans": ("sklearn.cluster.MiniBatchKMeans", "sklearn.cluster.KMeans", "sklearn.cluster",
                        "sklearn.cluster.*"),
    "accuracy_score": ("sklearn.metrics.accuracy_score", "sklearn.metrics", "sklearn.metrics.*"),
}
HOW = {
    "NumPy": "import numpy as np", "Matplotlib's pyplot": "import matplotlib.pyplot as plt", "Keras": "import keras",
    "MiniBatchKMeans": "from sklearn.cluster import MiniBatchKMeans",
    "accuracy_score": "from sklearn.metrics import accuracy_score",
}


def imports_of(cells):
    """Return the dotted names that Python sources import, read from their syntax trees.

    Parameters
    ----------
    cells : iterable of str
        A source that is not Python is passed over.

    Returns
    -------
    tuple of str
        Such as "numpy" or "sklearn.cluster.MiniBatchKMeans".
    """
    names = set()
    for cell in cells:
        try:
            nodes = list(ast.walk(ast.parse(cell)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in nodes:
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(sorted(names))


def check_a(seen, truth, nonce):
    """Everything the lab needs is imported."""
    imports = seen["In"].imports
    missing = [what for what, ways in IMPORTS.items() if not _imported(imports, ways)]
    if len(missing) == len(IMPORTS):
        raise StepNotDone("a", "nothing that the lab needs is imported yet.")
    for what in IMPORTS:
        if what not in missing:
            yield f"{what} is imported."
    if missing:
        raise CheckFailed("a", f"{what_of(missing)} imported in step a", "no such import in the cells run so far",
                          "the line is missing, or its cell has not been run yet",
                          "add " + " and ".join(HOW[what] for what in missing) + ", run the cell, then this one")


def what_of(names):
    """Join names as prose: "A, B and C"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _imported(imports, ways):
    return any(name == way or way in ("keras", "tensorflow.keras") and name.startswith(way + ".")
               for name in imports for way in ways)
