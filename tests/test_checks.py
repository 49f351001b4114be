"""The checks as the notebook calls them, on live objects."""

import re
import types

import corpus
import matplotlib
import nbformat
import numpy as np
import pytest
import sklearn
from genuine import check
from sklearn.cluster import MiniBatchKMeans

from grading.submission.imported import written_in
from helpers import checks, data, lab
from helpers.figures import ROUNDING, Needed, same_picture
from helpers.kit import wire
from helpers.kit.verdict import WIDTH, CheckFailed, StepNotDone, Verdict, ended, how_many

SHOWN = {corpus.grade_id_of(cell): "".join(output.get("data", {}).get("text/plain", "") + "\n"
                                           for output in cell.get("outputs", []))
         for cell in nbformat.read(corpus.SOURCE, as_version=4).cells}


def function(name, module):
    """Return a function that says that it comes from a module."""
    made = types.FunctionType((lambda: None).__code__, {}, name)
    made.__module__ = module
    return made


class Odd:
    """Raises when it is looked at."""

    @property
    def __class__(self):
        raise RuntimeError("do not look")


@pytest.fixture(autouse=True)
def not_grading(monkeypatch):
    monkeypatch.delenv(wire.NONCE, raising=False)


@pytest.mark.parametrize("step", lab.steps)
def test_a_check_shows_what_the_notebook_shows_and_each_line_is_short(names, capsys, step):
    check(step, names)
    without_accuracy = (re.sub(r"\d\.\d+", "#", text) for text in (capsys.readouterr().out, SHOWN[f"check_{step}"]))
    said, = set(without_accuracy)
    assert said.endswith(f"Step {step} is right: 1 point\n")
    assert all(len(line) < 65 for line in said.split("\n"))


def test_a_check_that_fails_shows_what_holds_and_only_then_what_does_not(names, capsys):
    with pytest.raises(CheckFailed, match="Step g does not hold yet"):
        check("g", {**names, "number_labels_10": names["kmeans_10"].labels_})
    shown = capsys.readouterr().out
    assert shown.count("✓") == 1 and "is right" not in shown


def failing(names, **own):
    with pytest.raises(CheckFailed) as found:
        check("g", {**names, **own})
    return str(found.value)


def test_a_check_gives_the_idea_first_and_the_code_where_it_fails_again_in_the_same_way(names):
    lab.said.clear()
    code = "\n            number_labels_10 = np.array("
    labels, none = {"number_labels_10": names["kmeans_10"].labels_}, {"number_labels_10": np.zeros(7)}
    first, again, otherwise = failing(names, **labels), failing(names, **labels), failing(names, **none)
    assert "Try:      look up the label of each image" in first
    assert code not in first and first + again.removeprefix(first) == again and code in again
    assert code not in otherwise
    check("g", names)
    assert code not in failing(names, **none)           # it was right in between


def test_a_value_of_dots_is_told_to_be_the_texts(names):
    for step, name in (("c", "digits_figure"), ("e", "X_train"), ("h", "accuracy_10")):
        with pytest.raises(CheckFailed, match="the … of the text was typed"):
            check(step, {**names, name: ...})


def test_a_part_of_a_step_is_checked_without_the_rest(names, capsys):
    checks.step_f_part_1(names["retrieve_info"])
    assert capsys.readouterr().out.endswith("Step f, part 1 is right.\n")
    with pytest.raises(CheckFailed, match=r"^Step f, part 1 does not hold yet"):
        checks.step_f_part_1(len)
    with pytest.raises(StepNotDone, match=r"^Step f, part 1 is not done yet"):
        checks.step_f_part_1(None)


def test_the_steps_that_hold_are_those_of_the_values_as_they_are_now(names):
    whole = {**vars(matplotlib), **names}
    whole.update(plt=matplotlib.pyplot, np=np, keras=types.ModuleType("keras"), sklearn=sklearn,
                 x_train=names["scaled_train"], x_test=names["scaled_test"])
    assert lab.standing(whole) == [*lab.steps]
    assert lab.standing({**whole, "accuracy_10": 0.1}) == [step for step in lab.steps if step != "h"]
    assert lab.standing({}) == []


def test_without_the_data_step_a_holds_and_another_step_says_how_to_get_it(names, monkeypatch):
    def missing():
        raise FileNotFoundError("The archive is not here.")
    monkeypatch.setattr(data, "mnist", missing)
    check("a", names)
    with pytest.raises(StepNotDone) as found:
        check("b", names)
    assert str(found.value) == "Step b is not done yet: The archive is not here."


def test_a_message_is_shown_line_by_line():
    shown = CheckFailed(Verdict("h", (), "one thing", "another", "a slip", "once more"))._render_traceback_()
    assert shown == ["Step h does not hold yet.", "  Expected: one thing", "  Found:    another", "  Likely:   a slip",
                     "  Try:      once more"]


def test_only_what_is_expected_and_what_to_try_have_lines_of_code():
    said = Verdict("d", expected="this\n1 + 1", found="that\nand more", likely="a\nslip", hint="try\n2 + 2").words
    assert said == ("Step d does not hold yet.\n  Expected: this\n            1 + 1\n  Found:    that and more\n"
                    "  Likely:   a slip\n  Try:      try\n            2 + 2")


def test_a_long_message_is_folded_between_words_and_nowhere_else():
    words = ["x" * 90, *["so-called"] * 20]             # so- has room at the end of a line, and stays with called
    said = Verdict("h", (), " ".join(words), "another", "a slip", "once more").words
    first, *more = said.split("\n")[1:-3]
    assert first.startswith("  Expected:") and " ".join([first, *more]).split() == ["Expected:", *words]
    assert len(more) > 2 and all(line.startswith(" " * 12 + "s") and len(line) <= WIDTH for line in more[1:])
    assert all(len(line) + len(" so-called") > WIDTH for line in more[1:-1])


def test_a_number_of_things_is_said_in_words():
    assert [how_many(count, thing) for count in (0, 1, 2) for thing in ("entry", "row", "day")] == [
        "0 entries", "0 rows", "0 days", "1 entry", "1 row", "1 day", "2 entries", "2 rows", "2 days"]
    assert [how_many(2, thing) for thing in ("key", "boy", "guy", "city")] == ["2 keys", "2 boys", "2 guys", "2 cities"]


def test_how_a_cell_ended_is_said_in_a_line_that_is_cut():
    assert ended("KeyError", "'x'\n y ") == "its cell ended with KeyError: 'x' y"
    assert ended("X", "", "Its check") == "Its check ended with X"
    assert ended("X", "odd: ") == "its cell ended with X: odd"
    assert ended("E" * 1000, "v" * 1000) == f"its cell ended with {'E' * 100}: {'v' * 1000}"[:200]


@pytest.mark.parametrize(("namespace", "held"), [
    ({"odd": Odd(), "np": np, "json": re}, ("numpy",)), ({"linalg": np.linalg}, ("numpy.linalg",)),
    ({"matplotlib": matplotlib}, ("matplotlib", "matplotlib.pyplot")), ({"plt": matplotlib}, ("matplotlib",)),
    ({"pl": types.ModuleType("pylab")}, ("matplotlib.pyplot", "numpy")),
    ({"plt": matplotlib.pyplot}, ("matplotlib.pyplot",)), ({"sk": sklearn}, ("sklearn.cluster", "sklearn.metrics")),
    ({"sklearn": sklearn}, ("sklearn.cluster", "sklearn.metrics")),
    ({"a": MiniBatchKMeans}, ("sklearn.cluster.MiniBatchKMeans",)),
    ({"tensorflow": types.ModuleType("tensorflow")}, ()),
    ({"keras": types.ModuleType("keras._tf_keras.keras")}, ("keras._tf_keras.keras",)),
    ({"mnist": types.ModuleType("tensorflow.keras.datasets.mnist")}, ("tensorflow.keras.datasets.mnist",)),
    (7, ()),
    ({"f": function("f" * 94, "numpy")}, ("numpy." + "f" * 94,)), ({"f": function("f" * 95, "numpy")}, ())])
def test_imports_are_found_by_what_names_hold(namespace, held):
    assert Needed.see(namespace).imports == held


def test_a_part_of_a_package_gives_what_the_package_gives_and_no_other():
    assert Needed.given_by(["keras.datasets", "sklearn.cluster"]) == ["Keras", "MiniBatchKMeans"]
    assert Needed.given_by(["matplotlib.pyplot.figure", "kerasx", "sklearn.cluster.DBSCAN"]) == []


def test_pictures_are_the_same_up_to_what_rounding_moves():
    image = np.full((28, 28), 100, "uint8")
    assert same_picture(image, image + np.uint8(ROUNDING)) and same_picture(image, image - np.uint8(ROUNDING))
    assert not same_picture(image, image - np.uint8(ROUNDING + 1)) and not same_picture(image, image[:27])


CLUSTERS_AND_SCORE = {"MiniBatchKMeans", "accuracy_score"}


@pytest.mark.parametrize(("source", "things"), [
    ("import sklearn", CLUSTERS_AND_SCORE), ("import sklearn.datasets", CLUSTERS_AND_SCORE),
    ("from sklearn import *", CLUSTERS_AND_SCORE),
    ("from sklearn.cluster import *", {"MiniBatchKMeans"}), ("import numpy.linalg as la", {"NumPy"}),
    ("from tensorflow import keras", set()), ("from matplotlib import pyplot", {"Matplotlib's pyplot"}),
    ("import matplotlib", set()), ("from . import keras", set()), ("import keras (", set()),
    ("x = 'import keras'", set()), ("from pylab import *", {"NumPy", "Matplotlib's pyplot"}),
    ("from pylab import np, plt", {"NumPy", "Matplotlib's pyplot"}), ("__import__(7)", set()),
    ("np = __import__('numpy')", {"NumPy"}), ("print('numpy')", set()),
    ("import importlib\nk = importlib.import_module('keras')", {"Keras"})])
def test_imports_are_found_by_what_is_written(source, things):
    written = written_in(["%matplotlib inline", source])
    assert {what for what, ways in Needed.ways.items() if Needed.leads_to(written, ways)} == things
