"""The lab with the versions of IPython and ipykernel that Google Colab runs notebooks with."""

import os
import subprocess
import sys

import corpus
import pytest
from corpus import RELEASE
from nbclient import NotebookClient

from grading.lab import ROOT
from helpers import lab


@pytest.fixture(scope="module")
def colab(tmp_path_factory):
    """The environment variables by which Python finds these versions before its own."""
    folder = tmp_path_factory.mktemp("colab")
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
                    "--require-hashes", "--target", folder, "--requirement", ROOT / "requirements-colab.lock"],
                   check=True)
    return {**os.environ, "PYTHONPATH": str(folder)}


def test_the_whole_lab_runs_with_colabs_versions(colab, solved):
    notebook = corpus.submission(solved)
    for cell in notebook.cells:
        cell.metadata.pop("tags", None)                     # every cell is run, and none may end with an error
    notebook.cells[0] = corpus.nbformat.v4.new_code_cell("import IPython, ipykernel\n"
                                                         "print(IPython.__version__, ipykernel.__version__)")
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(RELEASE.parent)}}).execute(env=colab)
    shown = {cell.id: cell.get("outputs", []) for cell in notebook.cells}
    assert shown[notebook.cells[0].id][0].text == "7.34.0 6.17.1\n"
    for step in lab.steps:
        assert shown[f"check-{step}"][0].data["text/plain"].endswith(f"Step {step} is right: 1 point"), step
    for name in ("see-near", "watch", "see-cards", "see-weakest", "measure"):
        assert len(shown[name][0].data["image/png"]) > 10_000, name
    assert shown["progress"][0].data["text/plain"].startswith("All ten steps hold.")


def test_what_is_not_done_is_said_in_a_line_with_colabs_versions(colab):
    notebook = corpus.nbformat.read(RELEASE, as_version=4)
    NotebookClient(notebook, timeout=300, allow_errors=True, resources={"metadata": {"path": str(RELEASE.parent)}}
                   ).execute(env=colab)
    for cell in notebook.cells:
        if cell.id in {f"check-{step}" for step in lab.steps}:
            assert "\n".join(cell.outputs[0].traceback).startswith(f"Step {cell.id[-1]} is not done yet: "), cell.id
