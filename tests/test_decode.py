"""What is handed in is read as hostile bytes: with limits before anything is parsed, and nothing of it left to act."""

import json
import os
from datetime import datetime

import nbformat
import pytest
from corpus import NOTEBOOK
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grading.submission import exporter, received, timestamp
from grading.submission.decode import CELLS, DEPTH, FILE_SIZE, VALUES, Unreadable, decode

FILE = f"{NOTEBOOK}.ipynb"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def written(**changes):
    made = json.loads(nbformat.writes(new_notebook(cells=[new_code_cell("x = 1", id="one"), new_markdown_cell("an")])))
    return json.dumps({**made, **changes}).encode()


def with_cell(**changes):
    made = json.loads(written())
    made["cells"][0].update(changes)
    return json.dumps(made).encode()


def test_of_a_notebook_only_what_grading_looks_at_is_taken_over():
    hostile = with_cell(outputs=[{"output_type": "no such"}], metadata={"tags": ["skip-execution"], "deletable": 5,
                        "nbgrader": {"grade_id": "step_a", "points": 100, "locked": False}}, execution_count="<b>",
                        attachments={"a": {"text/plain": "x"}}, more={"deep": []})
    made = decode(hostile, FILE)
    assert made.cells[0] == {"cell_type": "code", "id": "one", "source": "x = 1", "outputs": [],
                             "execution_count": None, "metadata": {"nbgrader": {"grade_id": "step_a"}}}
    assert made.metadata == {}
    nbformat.validate(made)


@pytest.mark.parametrize("change", [
    {"id": None}, {"id": "x" * 65}, {"id": "<b>"}, {"id": []}, {"metadata": []}, {"metadata": {"nbgrader": [1]}},
    {"metadata": {"nbgrader": {"grade_id": 5}}}, {"source": ["x", " = 1"]}, {"outputs": {}}, {"source": "\ud800"}])
def test_what_is_odd_beside_the_work_is_passed_over(change):
    nbformat.validate(decode(with_cell(**change), FILE))


def test_ids_that_stand_twice_become_one_each():
    made = json.loads(written())
    made["cells"] = [{**made["cells"][0], "id": "cell-2"}] * 4
    ids = [cell.id for cell in decode(json.dumps(made).encode(), FILE).cells]
    assert ids[0] == "cell-2" and len(set(ids)) == 4


def test_pictures_of_a_text_stay_and_nothing_else_that_is_attached():
    made = json.loads(written())
    made["cells"][1]["attachments"] = {"a.png": {"image/png": PNG, "image/svg+xml": "<svg>"}, "b": {"x": [[]]},
                                       "c": 5}
    assert decode(json.dumps(made).encode(), FILE).cells[1].attachments == {"a.png": {"image/png": PNG}}


@pytest.mark.parametrize(("content", "why"), [
    (b"", "is empty"), (b"my lab", "it is not JSON"), (b"\xff\xfe\x00", "byte order mark"),
    (b"[1, 2]", "not a notebook"),
    (b"[" * 100_000, "nested too deep"), (b'{"a":' * (DEPTH + 1), "nested too deep"),
    (b"[" + b"0," * VALUES, "holds more than 2,000,000 values"),
    (b'{"cells": "' + b"x" * FILE_SIZE, "has 20 MiB"), (written(nbformat=3), "format '3'"),
    (written(nbformat=True), "format 'True'"), (written(cells={"a": 1}), "no list of cells"),
    (written(cells=[5]), "its cell 1 is none"), (with_cell(source=5), "its cell 1 is none"),
    (with_cell(cell_type="x"), "its cell 1 is none"), (with_cell(source=["x", 5]), "its cell 1 is none"),
    (written(cells=[{}] * (CELLS + 1)), "has 6,001 cells"), (b'"' + b"\\" * 10 ** 6, "not JSON"),
    (b'"\\"' * 400_000, "not JSON")])
def test_what_is_no_notebook_is_said_in_words(content, why):
    with pytest.raises(Unreadable, match=why):
        decode(content, FILE)


@pytest.mark.parametrize(("said", "when"), [
    ("2026-02-02 15:58:23.948203 UTC", datetime(2026, 2, 2, 15, 58, 23, 948203)),
    ("2026-02-02 15:58:23", datetime(2026, 2, 2, 15, 58, 23)), ("2026-02-02T15:58Z", datetime(2026, 2, 2, 15, 58)),
    ("2026-07-02 15:58:23 CEST", datetime(2026, 7, 2, 13, 58, 23)),
    ("2026-07-02 15:58:23 Europe/Berlin\n", datetime(2026, 7, 2, 13, 58, 23)),
    ("2026-02-02 15:58:23 +0530", datetime(2026, 2, 2, 10, 28, 23)),
    ("2026-02-02 15:58:23 -05", datetime(2026, 2, 2, 20, 58, 23))])
def test_a_time_is_read_and_written_in_one_form(said, when):
    assert timestamp.when(said.encode()) == when
    assert timestamp.when(timestamp.written(when)) == when


@pytest.mark.parametrize("said", ["yesterday", "9" * 500, "0000-00-00", b"\xff\xff", "99999999999999999999-01-01", "",
                                  "2026-02-02 15:58:23 Mars/Olympus", "2026-02-02 15:58:23 ../../etc/localtime",
                                  "2026-02-02 15:58:23 /etc/localtime", "2026-02-02 15:58:23 UTC and more",
                                  "2026-02-02 15:58:23 UTC" + " " * 100, "0001-01-01 00:00 +1400",
                                  "2026-02-30 00:00", "٢٠٢٦-02-02 15:58"])
def test_what_is_no_time_is_none(said):
    assert timestamp.when(said if isinstance(said, bytes) else said.encode()) is None


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "ada" / NOTEBOOK
    made.mkdir(parents=True)
    (made / FILE).write_bytes(written())
    return made


def test_words_behind_a_time_are_named_and_reach_nobody(folder):
    (folder / "timestamp.txt").write_text("2026-02-02 15:58:23 UTC" + " 1" * 10 ** 6)
    found = received.read("ada", folder)
    assert found.left_out == ("timestamp.txt",) and found.files["timestamp.txt"] == b"" and found.timestamp is None
    (folder / "timestamp.txt").write_text("2026-02-02 15:58:23 +0100")
    found = received.read("ada", folder)
    assert not found.left_out and found.files["timestamp.txt"] == b"2026-02-02 14:58:23.000000 UTC"


@pytest.mark.parametrize("name", ["timestamp.txt", "no-timestamp.txt", FILE])
def test_nothing_in_a_folder_of_the_name_of_a_file_of_ours_is_read(folder, name):
    name = timestamp.NO_TIME if name.startswith("no-") else name
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()
    (folder / name / "a.txt").write_text("2026-02-02 15:58:23 UTC")
    found = received.read("ada", folder)
    assert {f"{name}/a.txt"} <= {*found.left_out} <= {name, f"{name}/a.txt"}
    assert found.files.keys() <= {FILE} and found.timestamp is None


@pytest.mark.parametrize("make", [
    lambda path: path.write_text("2026-02-02 15:58:23 UTC" + " 1" * 10 ** 6), lambda path: os.mkfifo(path),
    lambda path: path.symlink_to("/dev/zero"), lambda path: path.write_bytes(b"\xff"), lambda path: path.mkdir()])
def test_nbgrader_itself_never_parses_what_is_no_time(folder, make):
    make(folder / "timestamp.txt")
    exporter.normalise_times(NOTEBOOK, "*", [str(folder / FILE)])
    assert (folder / "timestamp.txt").read_bytes() == b"" and not (folder / "timestamp.txt").is_symlink()
    assert os.path.lexists(folder / "timestamp.txt.as-handed-in")


def test_a_time_as_nbgrader_writes_it_stays_as_it_is(folder):
    (folder / "timestamp.txt").write_text("2026-02-02 15:58:23.000000 UTC")
    exporter.normalise_times(NOTEBOOK, "*", [str(folder / FILE)])
    assert [path.name for path in sorted(folder.iterdir())] == [FILE, "timestamp.txt"]


@pytest.mark.parametrize("secret", [b"\xff\xfe", "ß".encode(), b"", b"x" * 1001])
def test_a_secret_that_nbgrader_cannot_read_costs_nobody_their_feedback(tmp_path, secret):
    exporter._clear(tmp_path / NOTEBOOK, {exporter.SECRET: secret})
    assert (tmp_path / NOTEBOOK / exporter.SECRET).read_text() not in ("", secret.decode(errors="replace"))
    exporter._clear(tmp_path / NOTEBOOK, {exporter.SECRET: b"0123abc"})
    assert (tmp_path / NOTEBOOK / exporter.SECRET).read_text() == "0123abc"
