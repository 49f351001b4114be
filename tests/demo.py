"""The class of `lab6 demo`: a dozen submissions in a course of their own."""

import shutil
from pathlib import Path

import corpus
import nbformat
from corpus import NOTEBOOK

from grading.course.commands import new_course
from grading.lab import ROOT

# From tests/honest and tests/mutants, named by what they do.
CLASS = {
    "honest": ("as_in_the_solution", "full_kmeans", "without_a_seed"),
    "mutants": ("half_finished", "untouched", "reads_the_global_model", "loops_over_the_number_of_clusters",
                "mapping_of_ten_clusters_used_for_fifty", "digits_between_whole_numbers",
                "mapping_made_on_test_labels", "refitted_on_the_test_images"),
}
BROKEN = "not_a_notebook"
MARK = ".made-by-lab6-demo"     # only a folder that holds this is ever replaced


def lay_out(folder):
    """Make a course with a class of submissions.

    Parameters
    ----------
    folder : path-like
        New, empty, or left by an earlier demo, which is then replaced.

    Raises
    ------
    FileExistsError
        The folder holds something else.
    """
    folder = Path(folder)
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise FileExistsError(f"{folder} holds something that no demo made. Name a new folder: lab6 demo FOLDER")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    new_course(folder)
    for kind, names in CLASS.items():
        for name in names:
            case = corpus.read(ROOT / "tests" / kind / f"{name}.py")
            nbformat.write(corpus.submission(case), _place(folder, name))
    _place(folder, BROKEN).write_text("This file was meant to be a notebook.\n")


def _place(folder, student):
    place = folder / "submitted" / student / NOTEBOOK
    place.mkdir(parents=True)
    return place / f"{NOTEBOOK}.ipynb"
