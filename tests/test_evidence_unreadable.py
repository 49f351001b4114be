"""JSON that no check hands out: it is refused, in words and in no time."""

import base64
import copy

import numpy as np
import pytest
from genuine import NONCE, hand_out, judged, within

from helpers import lab
from helpers.kit.wire import Unreadable


def at(content, path):
    for key in path:
        content = content[key]
    return content


ROWS, VALUES = ("seen", "x_train", "rows"), ("seen", "x_train", "values")
UNREADABLE = {
    "negative size": ("d", ("seen", "x_train", "shape", 0), -60000),
    "float size": ("d", (*VALUES, "shape", 0), 32.0),
    "truth for a number": ("d", ("seen", "x_train", "low"), False),
    "text for a number": ("d", ("seen", "x_train", "low"), "0"),
    "list for a number": ("d", ("seen", "x_train", "low"), []),
    "digits of another script": ("f", ("seen", "kmeans_10", "k"), "١٠"),
    "truth for a size": ("d", ("seen", "x_train", "shape", 0), True),
    "float k": ("f", ("seen", "kmeans_10", "k"), 10.0),
    "huge k": ("f", ("seen", "kmeans_10", "k"), 10 ** 400),
    "huge number": ("h", ("seen", "accuracy_10", "value"), 10 ** 400),
    "truth for the version": ("d", ("version",), True),
    "float version": ("d", ("version",), 1.0),
    "no dtype": ("d", (*VALUES, "dtype"), "object"),
    "other dtype": ("d", (*VALUES, "dtype"), "int32"),
    "dtype claimed": ("d", ("seen", "x_train", "dtype"), "float64"),
    "list for a dtype": ("d", (*VALUES, "dtype"), []),
    "huge text": ("f", ("seen", "kmeans_10", "type"), "x" * 10 ** 7),
    "half a character": ("h", ("seen", "accuracy_10", "type"), "\ud800"),
    "huge base64": ("d", (*VALUES, "base64"), "A" * 10 ** 7),
    "not ASCII": ("d", (*VALUES, "base64"), "é" * 133804),
    "huge shape": ("d", (*VALUES, "shape"), [2 ** 21] * 3),
    "many dimensions": ("d", (*VALUES, "shape"), [1] * 60),
    "zero size": ("d", (*VALUES, "shape"), [0, 28, 28]),
    "low above a value": ("d", ("seen", "x_train", "low"), 0.5),
    "high below a value": ("d", ("seen", "x_train", "high"), 0.5),
    "undefined low": ("d", ("seen", "x_train", "low"), "nan"),
    "low below all": ("f", ("seen", "kmeans_10", "centroids", "low"), -1e9),
    "deep": ("d", ("seen", "x_train"), None),
    "kind of another step": ("d", ("seen", "x_train"), {"kind": "missing", "more": 1}),
    "a list": ("d", ("seen",), []),
    "unknown kind": ("d", ("seen", "x_train", "kind"), "one"),
    "kind in capitals": ("d", ("seen", "x_train", "kind"), "Array"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_unreadable_evidence_earns_nothing(genuine, what):
    step, path, value = UNREADABLE[what]
    content = copy.deepcopy(genuine[step])
    if what == "deep":
        for _ in range(500):
            value = {"kind": "array", "values": value}
    at(content, path[:-1])[path[-1]] = value
    with within(1):
        with pytest.raises(Unreadable):
            lab.read(step, content, NONCE)
        score, text = judged(step, content)
    assert score == 0
    assert "cannot be read" in text


@pytest.mark.parametrize("spoil", [lambda text: text[:8] + "\n" + text[9:], lambda text: " " + text[1:],
                                   lambda text: "====" + text[4:], lambda text: text[:-4] + "A===",
                                   lambda text: "-_-_" + text[4:], lambda text: text[:-4]])
def test_base64_is_taken_exactly(genuine, spoil):
    content = copy.deepcopy(genuine["d"])
    array = at(content, VALUES)
    array["base64"] = spoil(array["base64"])
    with pytest.raises(Unreadable):
        lab.read("d", content, NONCE)


def encoded(array):
    return {"kind": "ndarray", "dtype": array.dtype.name, "shape": list(array.shape),
            "base64": base64.b64encode(array.tobytes()).decode()}


def with_array(content, path, array):
    content = copy.deepcopy(content)
    at(content, path[:-1])[path[-1]] = encoded(array)
    return content


def test_a_dict_has_each_key_once(genuine):
    content = with_array(genuine["g"], ("seen", "reference_labels_10", "keys"), np.array([0] * 10))
    with pytest.raises(Unreadable, match="^reference_labels_10: a dict has one key twice"):
        lab.read("g", content, NONCE)
    content = with_array(genuine["f"], ("seen", "retrieve_info", "answers", 0, "keys"), np.array([0] * 2))
    with pytest.raises(Unreadable, match="^a dict has one key twice"):
        lab.read("f", content, NONCE)


@pytest.mark.parametrize("rows", [np.arange(32), np.arange(32) - 1, np.arange(32) + 59990, np.arange(32.0)])
def test_the_rows_are_those_that_the_run_samples(genuine, rows):
    assert judged("d", with_array(genuine["d"], ROWS, rows))[0] == 0


def test_a_truth_value_is_zero_or_one(genuine):
    content = copy.deepcopy(genuine["h"])
    labels = content["seen"]["number_labels_10"]
    labels["dtype"], labels["low"], labels["high"] = "bool", 0, 1
    labels["values"] = encoded(np.full(60000, 7, "uint8")) | {"dtype": "bool"}
    with pytest.raises(Unreadable, match="truth value"):
        lab.read("h", content, NONCE)


def test_a_step_that_does_not_exist_earns_nothing(genuine):
    with pytest.raises(Unreadable):
        lab.read("z", genuine["d"] | {"step": "z"}, NONCE)
    assert judged("z", genuine["d"] | {"step": "z"})[0] == 0


def test_an_empty_dict_and_text_are_read_and_judged(names, monkeypatch):
    for value in ({}, "text", None, object(), 7, [], [[1], [2, 3]], {1: 2}, np.zeros((0, 3)), np.zeros((3, 0))):
        for step, arguments in {"b": "x_train", "c": "digits_figure", "d": "scaled_train", "e": "X_test",
                                "f": "kmeans_10", "g": "number_labels_10", "h": "accuracy_10", "i": "kmeans_50",
                                "j": "centroids_50"}.items():
            score, text = judged(step, hand_out(monkeypatch, step, names | {arguments: value}))
            assert score == 0
            assert f"Step {step}" in text and "cannot be read" not in text
