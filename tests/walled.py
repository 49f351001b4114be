"""Cells run behind the wall, as the grader runs them."""

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from grading.submission.execute import ExecuteSubmission


def run(*cells, folder, **limits):
    """Run cells behind the wall, and return the text of each one's outputs and why the run was stopped."""
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    kinds = limits.keys() & {"memory", "processes", "running", "mappings", "channels", "files", "scratch"}
    config = Config(WalledProvisioner={name: limits.pop(name) for name in kinds})
    execute = ExecuteSubmission(config=config, **limits)
    made, resources = execute.preprocess(notebook, {"metadata": {"path": str(folder)}})
    nbformat.validate(made)             # or nbgrader could not save it
    return [text(cell) for cell in made.cells], resources["lab6_stopped"]


def text(cell):
    return "\n".join(str(o.get("text") or o.get("evalue") or o.get("data", {}).get("text/plain", ""))
                     for o in cell.outputs)
