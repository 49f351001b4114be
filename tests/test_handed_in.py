"""What is handed in is looked at before anything opens it."""

import os

import pytest
from nbformat.v4 import new_notebook

from grading.handed_in import unfit
from grading.restore import Restore

NOTEBOOK = "lab6_kmeans.ipynb"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "lab6_kmeans"
    (made / "more").mkdir(parents=True)
    (made / NOTEBOOK).write_text("{}")
    (made / "more" / "data.csv").write_text("1,2")
    return made


def test_files_and_folders_are_fit(folder):
    assert unfit(folder, NOTEBOOK) == ""


def test_nothing_handed_in_is_for_others_to_say(tmp_path):
    assert unfit(tmp_path / "missing", NOTEBOOK) == ""


@pytest.mark.parametrize("target", ["/dev/zero", "/etc/passwd", "missing", "."])
def test_no_link_is_followed(folder, target):
    (folder / "more" / "link").symlink_to(target)
    assert "more/link is a symbolic link and not a file" in unfit(folder, NOTEBOOK)


def test_nobody_waits_for_a_pipe(folder):
    os.mkfifo(folder / "timestamp.txt")
    assert "timestamp.txt is a pipe and not a file" in unfit(folder, NOTEBOOK)


def test_a_folder_is_no_notebook(folder):
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).mkdir()
    assert "is a folder" in unfit(folder, NOTEBOOK)


@pytest.mark.parametrize("time", ["yesterday", "9" * 500, "0000-00-00", b"\xff\xff", "99999999999999999999-01-01"])
def test_a_time_that_is_none_is_named(folder, time):
    (folder / "timestamp.txt").write_bytes(time if isinstance(time, bytes) else time.encode())
    assert "holds no time" in unfit(folder, NOTEBOOK)


@pytest.mark.parametrize("time", ["2026-02-02 15:58:23.948203 UTC", "2026-02-02 15:58:23 Mars/Olympus", "", "\n"])
def test_a_time_as_nbgrader_reads_it_is_fit(folder, time):
    (folder / "timestamp.txt").write_text(time)
    assert unfit(folder, NOTEBOOK) == ""


def test_the_folder_of_somebody_else_is_not_graded_by_nbgrader_either(folder, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(folder)
    with pytest.raises(ValueError, match="link is a symbolic link"):
        Restore().preprocess(new_notebook(), {"metadata": {"path": str(link), "name": "lab6_kmeans"}})
