"""The names that the lab asks for, and what stands behind each until its step is done.

A name that has no value yet says which step gives it one, where Python would only say that it is not defined. And where
a student calls a variable ``results``, the lab's own cells still find the module of that name.
"""

import builtins
import importlib
import re

# Every name that a check looks at, by the step that gives it a value.
NAMES = {
    "x_train": "b", "y_train": "b", "x_test": "b", "y_test": "b",
    "digits_figure": "c",
    "X_train": "e", "X_test": "e",
    "retrieve_info": "f", "kmeans_10": "f",
    "reference_labels_10": "g", "number_labels_10": "g",
    "accuracy_10": "h",
    "kmeans_50": "i", "reference_labels_50": "i", "number_labels_50": "i", "accuracy_50": "i",
    "centroids_50": "j", "centroids_figure": "j",
}

HELPER = re.compile(r"^(checks|plots|results)\.(\w+)\(", re.MULTILINE)     # the lab's own cells call them so


class NotDoneYet(NameError):
    """A cell needs a name whose step is not done yet. Shown as one line, without a traceback."""

    def _render_traceback_(self):
        """The lines that IPython shows instead of a traceback."""
        return [str(self)]


class NotDone:
    """Stands for a value until its step is done; any use of it raises `NotDoneYet`.

    Parameters
    ----------
    name : str
        The name in the notebook.
    step : str
        The step, "a" to "j", that gives the name its value.
    """

    def __init__(self, name, step):
        self.__dict__.update(name=name, step=step)

    def __repr__(self):
        return f"{self.name} has no value yet: step {self.step} is not done yet."

    def _needed(self, *args, **kwargs):
        raise NotDoneYet(f"Step {self.step} is not done yet: "
                         f"this cell needs {self.name}, which step {self.step} makes. "
                         "Run it first, also after each restart of the kernel.")

    def __getattr__(self, attribute):
        # IPython and NumPy ask every object for underscored names before they show or convert it.
        if attribute.startswith("_"):
            raise AttributeError(attribute)
        self._needed()

    __array__ = __bool__ = __call__ = __iter__ = __len__ = __getitem__ = __setitem__ = _needed
    __add__ = __sub__ = __mul__ = __truediv__ = __radd__ = __rsub__ = __rmul__ = __rtruediv__ = _needed
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __neg__ = __float__ = __int__ = __format__ = _needed
    __round__ = __pow__ = __rpow__ = __matmul__ = __floordiv__ = __mod__ = __abs__ = __enter__ = __exit__ = _needed
    __hash__ = object.__hash__


def start(namespace):
    """Make the lab ready: the data at hand, a Keras backend chosen, every name of the lab known.

    The names without values stand among Python's built-in ones: no name of the notebook is in the way of somebody who
    looks into ``globals()``, and each is back after ``del``. Running it again changes nothing.

    Parameters
    ----------
    namespace : dict
        The notebook's ``globals()``.
    """
    from IPython import get_ipython

    from helpers import data, errors, showing

    at_hand = data.prepare()
    showing.give_alt_text()
    _keep_helpers(namespace)
    if shell := get_ipython():
        errors.watch(shell)
    for name, step in NAMES.items():
        setattr(builtins, name, NotDone(name, step))
    where = "The data is at hand" if at_hand else "Step b will download the data once (11 MB)"
    print(f"Ready. {where}; work through the steps in order, a to j.")


def _keep_helpers(namespace):
    """Make IPython look, around each cell, whether it needs a helper whose name means something else now."""
    from IPython import get_ipython

    theirs = {}

    def lend(info):
        for name, function in HELPER.findall(info.raw_cell or ""):
            helper = importlib.import_module(f"helpers.{name}")
            if hasattr(helper, function) and not callable(getattr(namespace.get(name), function, None)):
                theirs[name] = helper, name in namespace, namespace.get(name)
                namespace[name] = helper

    def give_back(result):
        for name, (helper, known, value) in theirs.items():
            if namespace.get(name) is helper:           # and not what the cell itself has made of it
                namespace.pop(name)
                namespace.update({name: value} if known else {})
        theirs.clear()

    if shell := get_ipython():
        shell.events.register("pre_run_cell", lend)
        shell.events.register("post_run_cell", give_back)
