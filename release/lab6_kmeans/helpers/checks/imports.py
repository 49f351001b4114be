"""Step a: the imports, however they are written: by what names hold, and at grading also by the source."""

import ast
import sys
import types

from helpers.checks.verdict import CheckFailed, StepNotDone
from helpers.words import what_of

# What step a needs, with the modules that give it.
IMPORTS = {
    "NumPy": ("numpy",),
    "Matplotlib's pyplot": ("matplotlib.pyplot",),
    "Keras": ("keras",),
    "MiniBatchKMeans": ("sklearn.cluster.MiniBatchKMeans", "sklearn.cluster.KMeans", "sklearn.cluster"),
    "accuracy_score": ("sklearn.metrics.accuracy_score", "sklearn.metrics"),
}
TENSORFLOW = ("tensorflow.keras", "tf_keras", "keras._tf_keras")      # Keras too, but grading has no TensorFlow
LOADS_NOTHING = ("matplotlib",)     # packages whose modules are there only once they are imported by name
PYLAB, IN_PYLAB = ("pylab", "matplotlib.pylab"), {"numpy", "matplotlib.pyplot"}     # modules, and what is in them
HOW = {
    "NumPy": "import numpy as np", "Matplotlib's pyplot": "import matplotlib.pyplot as plt", "Keras": "import keras",
    "MiniBatchKMeans": "from sklearn.cluster import MiniBatchKMeans",
    "accuracy_score": "from sklearn.metrics import accuracy_score",
}


def held_by(namespace):
    """Return the dotted names of the modules, classes and functions that a namespace holds by importing them.

    Parameters
    ----------
    namespace : dict
        The notebook's ``globals()``.

    Returns
    -------
    tuple of str
        Such as "numpy" or "sklearn.cluster.MiniBatchKMeans".
    """
    names = set()
    for name, value in list(namespace.items()) if issubclass(type(namespace), dict) else ():
        try:
            names.update(_names_of(name, value))
        except Exception:                               # an object that raises when it is looked at
            continue
    return tuple(sorted(name for name in names if (_gives(name) or within(name, TENSORFLOW)) and len(name) <= 100))


def _names_of(name, value):
    if isinstance(value, types.ModuleType):
        # import matplotlib.pyplot gives the name matplotlib, and pyplot inside it; import matplotlib as plt does not
        package = value.__name__
        if package in PYLAB:
            return IN_PYLAB
        return {package, *(_loaded_inside(package) if name == package or package not in LOADS_NOTHING else ())}
    if isinstance(value, type | types.FunctionType):
        package = ".".join(str(value.__module__).split(".")[:2])            # sklearn.cluster, not ._kmeans
        return {f"{package}.{value.__name__}"}
    return ()


def _loaded_inside(package):
    return [name for ways in (*IMPORTS.values(), TENSORFLOW) for name in ways
            if name.startswith(package + ".") and name in sys.modules]


def _gives(name):
    """Return the things of step a that an imported name gives."""
    return [what for what, ways in IMPORTS.items() if not within(name, TENSORFLOW)
            and (name in ways or what in ("NumPy", "Keras") and within(name, ways))]


def within(name, packages):
    """Whether a dotted name is one of some packages, or lies in one."""
    return any(name == package or name.startswith(package + ".") for package in packages)


def written_in(cells):
    """Return the things of step a for which Python sources have an import, read from their syntax trees.

    Parameters
    ----------
    cells : iterable of str
        A source that is not Python is passed over.

    Returns
    -------
    set of str
        Keys of `IMPORTS`.
    """
    names = set()
    for cell in cells:
        try:
            nodes = list(ast.walk(ast.parse(cell)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in nodes:
            if isinstance(node, ast.Import):            # import a.b gives the name a
                names.update(name for alias in node.names for name in (alias.name, alias.name.split(".")[0]))
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.update(f"{node.module}.{alias.name}".removesuffix(".*") for alias in node.names)
            elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if called in ("import_module", "__import__") and isinstance(node.args[0].value, str):
                    names.add(node.args[0].value)
    names |= IN_PYLAB if any(within(name, PYLAB) for name in names) else set()
    return {what for what, ways in IMPORTS.items() if any(_leads_to(name, way) for name in names for way in ways)}


def _leads_to(name, way):
    """Whether an import of one dotted name gives another: itself, what it lies in, or what its package loads."""
    return name == way or name.startswith(way + ".") or way.startswith(name + ".") and name not in LOADS_NOTHING


def check_a(seen, truth, nonce):
    """Everything the lab needs is imported."""
    imports = seen["imports"].imports
    given = {what for name in imports for what in _gives(name)}
    missing = [what for what in IMPORTS if what not in given]
    if len(missing) == len(IMPORTS):
        raise StepNotDone("a", "nothing that the lab needs is imported yet.")
    for what in IMPORTS:
        if what not in missing:
            yield f"{what} is imported."
    if missing == ["Keras"] and any(within(name, TENSORFLOW) for name in imports):
        raise CheckFailed("a", "Keras itself imported in step a", "Keras as a part of TensorFlow",
                          "it was imported from tensorflow, which is not there when the lab is graded: the cell would "
                          "end with that line", "write import keras, and keras where you wrote tensorflow.keras or "
                          "tf.keras; run the cell, then this one")
    if missing:
        raise CheckFailed("a", f"{what_of(missing)} imported in step a", "no such import so far",
                          "the line is missing, or its cell has not been run yet",
                          "add this in step a, run its cell, then this one: " + "; ".join(map(HOW.get, missing)))
