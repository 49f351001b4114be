"""Students get what the source notebook says, without its answers, and everything that must agree does."""

import base64
import copy
import json
import re

import nbformat
import pytest
from corpus import NOTEBOOK, RELEASE, SOURCE
from grade_one import lab6
from nbgrader.api import Gradebook

from grading.course import release
from grading.course.commands import NbgraderFailed, nbgrader
from grading.lab import ROOT, lab
from helpers import clusters, guesses


@pytest.fixture(scope="module")
def source():
    return nbformat.read(SOURCE, as_version=4)


@pytest.fixture(scope="module")
def released():
    return nbformat.read(RELEASE, as_version=4)


def metadata(cell):
    return cell.metadata.get("nbgrader", {})


def test_the_release_is_what_nbgrader_generates_now(make_course):
    made = make_course() / "release" / NOTEBOOK
    theirs = {path.relative_to(made): path.read_bytes() for path in made.rglob("*") if path.is_file()}
    ours = {path.relative_to(RELEASE.parent): path.read_bytes() for path in RELEASE.parent.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts}
    assert sorted(theirs) == sorted(ours)
    assert [str(path) for path in theirs if theirs[path] != ours[path]] == [], "run make release"


def test_the_notebook_at_the_top_is_the_released_one():
    assert (ROOT / f"{NOTEBOOK}.ipynb").read_bytes() == RELEASE.read_bytes(), "run make release"


@pytest.mark.parametrize(("change", "said"), [
    (lambda cell: cell.metadata.nbgrader.update(grade_id="check_step_c"), "check_c, graded as it was; there is no"),
    (lambda cell: cell.metadata.nbgrader.update(grade=False), "no cell has the grade_id check_c"),
    (lambda cell: cell.metadata.nbgrader.update(points=2), "check_c gives 2 points, and step c says 1: points=2 in"),
    (lambda cell: cell.metadata.clear(), "no cell has the grade_id check_c")])
def test_a_source_without_a_check_is_not_released(source, change, said):
    cells = copy.deepcopy(source.cells)
    release.refuse_incomplete(cells)
    change(next(cell for cell in cells if metadata(cell).get("grade_id") == "check_c"))
    with pytest.raises(RuntimeError, match=f"{said}.*Nothing was released"):
        release.refuse_incomplete(cells)
    with pytest.raises(RuntimeError, match="grade_id start"):
        release.refuse_incomplete([cell for cell in source.cells if metadata(cell).get("grade_id") != "start"])


def test_a_check_of_a_step_that_the_lab_does_not_declare_is_not_released(source, monkeypatch):
    monkeypatch.delitem(release.lab().steps, "j")
    with pytest.raises(RuntimeError, match="there is no check for check_j. Nothing was released"):
        release.refuse_incomplete(source.cells)


def test_a_release_that_is_refused_leaves_the_old_one_as_it_was(make_course):
    course = make_course()
    place = course / "release" / NOTEBOOK
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
        gradebook.add_student("ada")
        gradebook.add_submission(NOTEBOOK, "ada")
    source = course / "source" / NOTEBOOK / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(source, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if metadata(cell).get("grade_id") != "homework_3"]
    nbformat.write(notebook, source)
    done = lab6(course.parent, "release", "--course", str(course))
    assert done.returncode == 2 and "Traceback" not in done.stderr, done.stderr
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before
    assert [path.name for path in course.iterdir() if path.name.startswith(".release")] == []


@pytest.mark.long("the same release, in another folder")
def test_a_course_elsewhere_is_released_there(make_course):
    course = make_course()
    (course / "release" / NOTEBOOK / f"{NOTEBOOK}.ipynb").write_text("old")
    (course / "release" / NOTEBOOK / "mine.txt").touch()
    (course / "release").rename(course / "kept")            # as a run that was killed leaves it
    (course / "kept" / NOTEBOOK).rename(course / f".release-{NOTEBOOK}.old")
    before = (ROOT / f"{NOTEBOOK}.ipynb").stat().st_mtime_ns
    done = lab6(course.parent, "release", "--course", str(course))
    assert done.returncode == 0 and f"Made release/{NOTEBOOK}, with" in done.stdout, done.stderr
    assert (course / "release" / NOTEBOOK / f"{NOTEBOOK}.ipynb").read_bytes() == RELEASE.read_bytes()
    assert not (course / f".release-{NOTEBOOK}.old").exists()
    assert (ROOT / f"{NOTEBOOK}.ipynb").stat().st_mtime_ns == before
    assert "has no nbgrader_config.py" in lab6(course / "release", "release").stderr


def test_nbgraders_errors_are_passed_on_without_its_traceback(make_course):
    course = make_course()
    (course / "source" / NOTEBOOK / f"{NOTEBOOK}.ipynb").write_text("{")
    with pytest.raises(NbgraderFailed, match="does not appear to be JSON") as caught:
        nbgrader("generate_assignment", NOTEBOOK, "--force", course=course)
    assert "Traceback" not in str(caught.value) and "INFO" not in str(caught.value)


def test_what_an_editor_leaves_is_not_handed_out(tmp_path, monkeypatch):
    (tmp_path / "helpers" / ".ipynb_checkpoints").mkdir(parents=True)
    (tmp_path / "helpers" / ".ipynb_checkpoints" / "data-checkpoint.py").touch()
    (tmp_path / "environment.yml").touch()
    monkeypatch.setattr(release, "ROOT", tmp_path)
    monkeypatch.setattr(release, "packages", lambda: [tmp_path / "helpers"])
    monkeypatch.chdir(tmp_path)
    release.send_lab(NOTEBOOK, "", [])
    assert [path.name for path in (tmp_path / "release" / NOTEBOOK / "helpers").iterdir()] == []


def test_a_source_without_its_last_figure_is_not_released(source):
    cells = copy.deepcopy(source.cells)
    for cell in cells:
        cell.pop("outputs", None)
    with pytest.raises(RuntimeError, match="no figure in step_j"):
        release.picture(cells)


def test_the_picture_in_the_readme_is_of_this_notebook(source):
    assert (ROOT / "docs" / "centroids.png").read_bytes() == release.picture(source.cells), "run make release"
    words = re.search(r"!\[(.+?)\]\(docs/centroids.png\)", (ROOT / "README.md").read_text(), flags=re.DOTALL)
    assert words and len(words.group(1)) > 20


def test_helpers_travel_with_the_release_without_the_data():
    names = {path.name for path in (RELEASE.parent / "helpers").rglob("*")}
    assert {"checks.py", "data.py", "results.py", "step.py"} <= names
    assert not {name for name in names if name.endswith(".npz")}


def test_the_release_holds_no_solution_no_output_and_no_marker(source, released):
    text = json.dumps(released)
    assert "SOLUTION" not in text
    assert "Marking scheme" not in text
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in released.cells)
    given = {line.strip() for cell in released.cells for line in cell.source.split("\n")}
    for cell in source.cells:
        if metadata(cell).get("solution"):
            inside = cell.source.split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0]
            answers = {line.strip() for line in inside.split("\n") if len(line.strip()) > 8}
            assert not answers & given - {"import matplotlib.pyplot as plt", "import numpy as np",
                                          "from sklearn.cluster import MiniBatchKMeans"}, metadata(cell).grade_id


def test_nothing_in_helpers_answers_a_step(source):
    helpers = "\n".join(path.read_text() for path in (ROOT / "helpers").rglob("*.py"))
    assert "load_data()" in helpers                     # the text that names Keras's call ...
    assert "datasets.mnist.load_data()\n" not in helpers      # ... and nowhere the call itself
    assert ".fit(" not in re.sub(r'"[^"]*"', "", helpers)


def test_the_points_in_the_prose_are_those_of_the_metadata(released):
    points = {metadata(cell)["grade_id"]: metadata(cell)["points"] for cell in released.cells
              if metadata(cell).get("grade")}
    assert points == {**{f"check_{step}": 1 for step in "abcdefghij"},
                      "homework_1": 1, "homework_2": 2, "homework_3": 2}
    prose = "\n".join(cell.source for cell in released.cells if cell.cell_type == "markdown")
    assert f"{sum(points.values()):g} points in all" in prose
    assert "Ten **steps**, a to j, are worth one point each" in prose
    assert "three homework questions 1, 2 and 2 points" in prose
    for number, worth in (("1", "1 point"), ("2", "2 points"), ("3", "2 points")):
        assert f"### Homework {number} ({worth})" in prose
    for cell in released.cells:
        if metadata(cell).get("grade") and cell.cell_type == "code":
            step = metadata(cell).grade_id.removeprefix("check_")
            assert lab().steps[step].points == 1 and f"**Check step {step}** (1 point)." in prose


def test_every_picture_has_words(source):
    for cell in source.cells:
        if cell.cell_type == "markdown":
            assert "![](" not in cell.source
            for name, shown in cell.get("attachments", {}).items():
                assert f"](attachment:{name})" in cell.source
                assert base64.b64decode(shown["image/png"]) == (ROOT / "docs" / name).read_bytes(), "make screenshots"
            assert all("alt=" in tag for tag in re.findall(r"<img[^>]*>", cell.source))
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                alt = output.metadata["image/png"]["alt"]
                assert len(alt) > 20 and f'alt="{alt}"' in output.data["text/html"], cell.id


def test_the_model_answers_use_the_numbers_of_this_very_run(source):
    outputs = "\n".join(str(output.get("data", {}).get("text/plain", output.get("text", "")))
                        for cell in source.cells for output in cell.get("outputs", []))
    answers = [cell.source for cell in source.cells if metadata(cell).get("grade_id", "").startswith("homework")]
    answers = [answer.replace("with 1.6.1 it is 0.5806", "") for answer in answers]       # of another version
    numbers = {number for answer in answers for number in re.findall(r"\d+\.\d{2,}", answer)}
    assert len(numbers) >= 3
    assert {number for number in numbers if number not in outputs} == set()


def test_every_step_says_predicts_does_and_checks(source):
    kinds = [metadata(cell).get("grade_id", cell.id) for cell in source.cells]
    for step in "abcdefghij":
        steps = [kind for kind in kinds if kind in (f"step-{step}-text", f"step_{step}", f"check_{step}")]
        assert steps == [f"step-{step}-text", f"step_{step}", f"check_{step}"]
        words = "\n".join(cell.source for cell in source.cells if cell.id.startswith(f"step-{step}-"))
        assert ("*Predict:*" in words or "**Guess**" in words) == (step != "a"), step     # a has nothing to foresee


def test_what_the_text_says_is_what_helpers_know(source):
    texts = {cell.id: cell.source for cell in source.cells}
    labels, digits, found = clusters.EXAMPLE
    said = f"the labels {', '.join(map(str, labels))} with the digits {', '.join(map(str, digits))} give `{found}`"
    assert said in texts["step-f-text"]
    names = [text.partition(" = ")[0] for name, text in texts.items() if name.startswith("guess-")]
    assert sorted(names) == sorted(guesses.NAMES)


def test_code_cells_are_short(source):
    lengths = sorted(len(cell.source.split("\n")) for cell in source.cells if cell.cell_type == "code")
    assert lengths[len(lengths) // 2] <= 3
    assert lengths[-1] <= 12


def test_the_source_was_run_from_top_to_bottom(source):
    counts = [cell.execution_count for cell in source.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    assert not [output for cell in source.cells for output in cell.get("outputs", []) if output.output_type == "error"]
    assert "version" not in source.metadata.language_info
