"""The notebook, in a real kernel: the source with its stored outputs, and the release as a student meets it."""

import subprocess
import sys

import corpus
import nbformat
import pytest
from corpus import RELEASE, SOURCE
from nbclient import NotebookClient

from grading.lab import ROOT


def run(notebook, folder):
    """Run a notebook beside its helpers, as a student's JupyterLab does, errors and all."""
    for cell in notebook.cells:                         # JupyterLab runs what grading leaves out
        cell.metadata.pop("tags", None)
    NotebookClient(notebook, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}}).execute()
    return {cell.id: cell for cell in notebook.cells}


def said(cell):
    """What a student sees below a cell."""
    parts = []
    for output in cell.outputs:
        parts += output.get("traceback", []) or [output.get("text", "") or output.get("data", {}).get("text/plain", "")]
    return "\n".join(parts)


def test_nbval_finds_the_stored_outputs_again(tmp_path):
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "-c", "/dev/null",
               "--rootdir", str(ROOT), "--nbval", "--nbval-cell-timeout", "120",
               "--nbval-sanitize-with", str(ROOT / "tests" / "nbval.cfg"), str(SOURCE)]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout[-4000:]


@pytest.mark.long("the whole notebook once more: its checks are tested one by one")
def test_nbval_notices_another_output(tmp_path):
    notebook = nbformat.read(SOURCE, as_version=4)
    place = next(place for place, cell in enumerate(notebook.cells) if cell.id == "check-b")
    notebook.cells, table = notebook.cells[:place + 1], notebook.cells[place]
    shown = table.outputs[0].data
    shown["text/plain"] = shown["text/plain"].replace("60000", "50000")
    nbformat.write(notebook, tmp_path / "changed.ipynb")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "-c", "/dev/null",
               "--nbval", "changed.ipynb"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert found.returncode == 1 and "50000" in found.stdout, found.stdout[-4000:]


def test_the_untouched_lab_says_of_each_step_in_one_line_that_it_is_not_done():
    cells = run(nbformat.read(RELEASE, as_version=4), RELEASE.parent)
    for step in "abcdefghij":
        assert said(cells[f"check-{step}"]).startswith(f"Step {step} is not done yet: "), step
        assert "\n" not in said(cells[f"check-{step}"]), step
    for cell in cells.values():
        if cell.cell_type == "code":
            assert "NameError" not in said(cell) and len(said(cell).split("\n")) <= 2, cell.id
    assert "0 of 10 steps" in said(cells["progress"])


@pytest.mark.long("the whole notebook once more: its checks are tested one by one")
def test_later_steps_name_the_step_that_they_need(solved):
    skipped = corpus.Case("skipped", "Leaves out e.", frozenset(), "", {"step_e": "# Your code here"})
    cells = run(corpus.submission(skipped, further=False), RELEASE.parent)
    assert said(cells["step-f"]) == ("Step e is not done yet: this cell needs X_train, which step e makes. "
                                     "Run the line that makes it first, also after each restart of the kernel.")
    assert said(cells["check-e"]).startswith("Step e is not done yet: X_train and X_test have no values yet")
    for name, step, lacking in (("table-e", "e", "X_train"), ("table-h", "h", "accuracy_10")):
        assert said(cells[name]).startswith(f"Step {step} is not done yet: this cell needs {lacking}, ")
    assert "4 of 10 steps so far. Steps that hold: a b c d." in said(cells["progress"])


@pytest.mark.long("the whole notebook once more: its checks are tested one by one")
def test_every_cell_but_step_d_can_be_run_again(solved):
    notebook = corpus.submission(solved, further=False)
    again = [cell.copy() for cell in notebook.cells if cell.cell_type == "code" and cell.id != "step-d"]
    for number, cell in enumerate(again):
        cell["id"] = f"again-{number}"
        # Run again, step b replaces what d normalised, so d's own turn comes right after it.
        if "step_d" in cell.source:
            again[number] = nbformat.v4.new_code_cell(
                "\n".join(c.source for c in notebook.cells if c.id == "step-d") + "\n" + cell.source)
    notebook.cells += again
    cells = run(notebook, RELEASE.parent)
    assert [said(cell) for cell in cells.values() if cell.cell_type == "code"
            and any(output.output_type == "error" for output in cell.outputs)] == []


@pytest.mark.long("the whole notebook once more: its checks are tested one by one")
def test_step_d_run_twice_says_to_run_step_b_again(solved):
    notebook = corpus.submission(solved, further=False)
    place = next(index for index, cell in enumerate(notebook.cells) if cell.id == "step-d")
    notebook.cells.insert(place, nbformat.v4.new_code_cell(notebook.cells[place].source))
    notebook.cells = notebook.cells[:place + 4]
    cells = run(notebook, RELEASE.parent)
    assert "the cell ran twice" in said(cells["check-d"])
    assert "run step b again" in said(cells["check-d"])
