"""The lab that is graded: the one that c.Lab.module names in the course's configuration. Nothing else knows a lab."""

import os
from importlib import import_module
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
MODULE = "LAB6_MODULE"      # says to the processes that this one starts which lab it is


def use(config):
    """Grade the lab that a configuration names, in this process and in those that it starts.

    Parameters
    ----------
    config : traitlets.config.Config

    Raises
    ------
    ValueError
        It names no lab.
    """
    name = config.Lab.get("module", "helpers")
    try:
        import_module(name).lab         # noqa: B018 - that it is there is what is asked
    except (ImportError, AttributeError) as error:
        raise ValueError(f"c.Lab.module in nbgrader_config.py names {name!r}, which is no lab here: {error}. Write the "
                         "name of a module that Python finds and that has a lab, such as helpers") from None
    os.environ[MODULE] = name


def module():
    """Return the name of the lab's module."""
    return os.environ.get(MODULE, "helpers")


def lab():
    """Return the lab; see `helpers.kit.step.Lab`."""
    return import_module(module()).lab


def packages():
    """Return the folders of the code that stands on both sides of the wall: the lab, and what its steps are made of."""
    return list(dict.fromkeys(Path(import_module(name).__file__).parent for name in (module(), "helpers")))


def is_lab(resources):
    """Whether nbgrader grades this lab, and not another assignment of the course; see nbconvert's resources."""
    return resources.get("nbgrader", {}).get("assignment", lab().name) == lab().name


def grade_id_of(cell):
    """Return a cell's grade_id, or None."""
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def insert(nb, index, cell):
    """Insert a new cell into a notebook, without an id where the notebook's format knows none."""
    if nb.nbformat_minor < 5:
        del cell["id"]
    nb.cells.insert(index, cell)
