"""What just fits into evidence and what just does not, in words that name the part; what fits is read as it was."""

import dataclasses
import json

import numpy as np
import pytest
from genuine import NONCE

from helpers import lab
from helpers.clusters import Clustering, Digits, Trials
from helpers.figures import Needed
from helpers.kit import wire
from helpers.kit.kinds import Array, Drawn, Figure, Missing, Number, Other
from helpers.kit.wire import BYTES, ITEMS, WHOLE, OtherRun, Unreadable
from helpers.kit.wire import LENGTH as TEXT

EMPTY = Digits(np.array([], "int64"), np.array([], "int64"))
NAMES = {"a": ["imports"], "b": ["x_train", "y_train", "x_test", "y_test"], "c": ["digits_figure"],
         "f": ["retrieve_info", "kmeans_10"], "g": ["kmeans_10", "reference_labels_10", "number_labels_10"],
         "h": ["kmeans_10", "number_labels_10", "accuracy_10"]}


def content(step, name, value):
    """Evidence of a step whose other names are missing, after a journey as JSON."""
    seen = dict.fromkeys(NAMES[step], Missing()) | {name: value}
    return json.loads(json.dumps(wire.write(step, seen, NONCE)))


def read(whole, step):
    """Read evidence, whichever rows were sampled."""
    return wire.read(whole, step, NONCE, lab.steps[step].schema)


def taken(step, name, value):
    return read(content(step, name, value), step)[name]


def array(values, name="y_test", **other):
    values = np.asarray(values)
    kept = {"dtype": values.dtype.name, "shape": values.shape, "low": float(values.min()), "high": float(values.max()),
            "rows": np.arange(len(values)), "values": values, **other}
    return Array(**kept)


def drawn(row=0, column=0, image=None, colours="gray", words="5"):
    return Drawn(row, column, np.zeros((2, 2), "uint8") if image is None else image, colours, words)


def figure(*images):
    return Figure(images)


def pairs(number, keys="int64", values="int64", more=0):
    return Digits(np.arange(number).astype(keys), np.zeros(number + more, values))


def model(**other):
    return Clustering(**{"type": "KMeans", "k": 10, "seeded": 1, "centroids": array(np.zeros((1, 4))),
                         "labels": array([3, 4]),
                         **other})


def wide(bytes_of_both):
    """An array of two sampled rows, which with the rows' indices takes this many bytes."""
    width = (bytes_of_both - 16) // 2
    return Array("uint8", (60000, width), 0.0, 0.0, np.array([0, 59999]), np.zeros((2, width), "uint8"))


FITS = {
    "as many imports": ("a", Needed(("x",) * ITEMS), Needed(("x",) * (ITEMS + 1)), "too long"),
    "as long a name": ("a", Needed(("x" * TEXT,)), Needed(("x" * (TEXT + 1),)), "text"),
    "as long a type": ("f", Other("x" * TEXT, ""), Other("x" * (TEXT + 1), ""), "text"),
    "as long words": ("f", Other("", "x" * TEXT), Other("", "x" * (TEXT + 1)), "text"),
    "as many answers": ("f", Trials((EMPTY,) * 10), Trials((EMPTY,) * 11), "too long"),
    "as many images": ("c", figure(*[drawn()] * 100), figure(*[drawn()] * 101), "too long"),
    "the last row": ("c", figure(drawn(row=100)), figure(drawn(row=101)), "out of range"),
    "the first row": ("c", figure(drawn(row=0)), figure(drawn(row=-1)), "out of range"),
    "the last column": ("c", figure(drawn(column=100)), figure(drawn(column=101)), "out of range"),
    "the first column": ("c", figure(drawn(column=0)), figure(drawn(column=-1)), "out of range"),
    "as high an image": ("c", figure(drawn(image=np.zeros((40, 1), "uint8"))),
                         figure(drawn(image=np.zeros((41, 1), "uint8"))), "small whole numbers"),
    "as wide an image": ("c", figure(drawn(image=np.zeros((1, 40), "uint8"))),
                         figure(drawn(image=np.zeros((1, 41), "uint8"))), "small whole numbers"),
    "a pixel": ("c", figure(drawn(image=np.zeros((1, 1), "uint8"))),
                figure(drawn(image=np.zeros((0, 1), "uint8"))), "small whole numbers"),
    "whole numbers drawn": ("c", figure(drawn(image=np.full((1, 1), 255, "uint8"))),
                            figure(drawn(image=np.zeros((1, 1), "int16"))), "small whole numbers"),
    "as long a colour map": ("c", figure(drawn(colours="x" * TEXT)), figure(drawn(colours="x" * (TEXT + 1))), "text"),
    "as long a title": ("c", figure(drawn(words="x" * TEXT)), figure(drawn(words="x" * (TEXT + 1))), "text"),
    "images in one place": ("c", figure(drawn(1, 2), drawn(1, 2)), figure(drawn(1, 2), drawn(1, 1)), "reading order"),
    "rows in order": ("c", figure(drawn(1), drawn(1), drawn(2)), figure(drawn(1), drawn(2), drawn(1)), "reading order"),
    "as many pairs": ("g", pairs(ITEMS), pairs(ITEMS + 1), "dict"),
    "keys": ("g", pairs(3), pairs(3, keys="int32"), "dict"),
    "digits": ("g", pairs(3), pairs(3, values="uint8"), "dict"),
    "a digit for each key": ("g", pairs(3), pairs(3, more=1), "dict"),
    "each key once": ("g", pairs(2), Digits(np.array([7, 7]), np.array([1, 1])), "one key twice"),
    "no cluster": ("f", model(k=0), model(k=-1), "out of range"),
    "as many clusters": ("f", model(k=WHOLE), model(k=WHOLE + 1), "out of range"),
    "labels": ("f", model(labels=array([3, 4])), model(labels=array([3, 4], low=0.0)), "labels: its extremes"),
    "labels of a kind": ("f", model(labels=Missing()), model(labels=EMPTY), "labels is of a kind"),
    "centroids": ("f", model(), model(centroids=array([[1.0]], low=0.0)), "centroids: its extremes"),
    "centroids of a kind": ("f", model(centroids=Other("", "")), model(centroids=EMPTY), "centroids is of a kind"),
    "as many dimensions": ("b", array(np.zeros((1,) * 8)), array(np.zeros((1,) * 9)), "too long"),
    "a dimension": ("b", array([1]), array([1], shape=()), "do not fit"),
    "as many bytes": ("b", wide(BYTES), wide(BYTES + 2), "larger than"),
    "characters before all halves": ("h", Number("\ud7ff", 1.0), Number("\ud800", 1.0), "cannot be written"),
    "characters after all halves": ("h", Number("\ue000", 1.0), Number("\udfff", 1.0), "cannot be written"),
    "as large a number": ("h", Number("float", 1e300), Number("float", 1.01e300), "out of range"),
    "as small a number": ("h", Number("float", -1e300), Number("float", -1.01e300), "out of range"),
    "rows that are there": ("b", array([1, 2], shape=(60000,), rows=np.array([0, 59999])),
                            array([1, 2], shape=(60000,), rows=np.array([0, 60000])), "other rows"),
    "a first row": ("b", array([1, 2], shape=(9,), rows=np.array([0, 1])),
                    array([1, 2], shape=(9,), rows=np.array([-1, 1])), "other rows"),
    "rows by whole numbers": ("b", array([1, 2], rows=np.array([0, 1], "uint8")),
                              array([1, 2], rows=np.array([0.0, 1.0])), "other rows"),
    "a row for each index": ("b", array([1, 2]), array([1, 2], rows=np.arange(1)), "do not fit"),
    "values of one dtype": ("b", array([1, 2]), array([1, 2], dtype="uint8"), "do not fit"),
    "values of one shape": ("b", array([[1], [2]]), array([[1], [2]], shape=(2, 3)), "do not fit"),
    "a whole array": ("h", array([1, 2]), array([1, 2], shape=(3,)), "number_labels_10: it is not whole"),
    "part of a huge array": ("h", array([1, 2]), array([1, 2], shape=(2 ** 40,)), "number_labels_10: it is not whole"),
    "lowest of all": ("h", array([1, 2]), array([1, 2], low=0.0), "number_labels_10: its extremes"),
    "highest of all": ("h", array([1, 2]), array([1, 2], high=3.0), "number_labels_10: its extremes"),
    "lower in other rows": ("b", array([1, 2], low=0.0), array([1, 2], low=1.5), "y_test: its extremes"),
    "higher in other rows": ("b", array([1, 2], high=3.0), array([1, 2], high=1.5), "y_test: its extremes"),
    "undefined": ("h", array([np.nan, 2]), array([np.nan, 2], high=2.0), "number_labels_10: its extremes"),
    "undefined at both ends": ("h", array([np.nan, 2]), array([np.nan, 2], low=2.0), "number_labels_10: its extremes"),
    "undefined where it is whole": ("h", array([np.nan]), array([1.0], low=np.nan, high=np.nan), "its extremes"),
    "undefined in other rows": ("b", array([1, 2], low=np.nan, high=np.nan), array([1, 2], low=np.nan), "its extremes"),
    "defined in no row": ("b", array([np.nan]), array([np.nan], low=0.0, high=1.0), "its extremes"),
    "a truth": ("b", array([True, False]), array(np.array([1, 2], "uint8").view("bool")),
                "truth value"),
    "no truths": ("b", Array("bool", (0,), 0.0, 0.0, np.arange(0), np.zeros(0, "bool")), Needed(()), "of a kind"),
    "no numbers": ("b", Array("int64", (2, 0), 0.0, 0.0, np.arange(2), np.zeros((2, 0), "int64")), Needed(()),
                   "y_test is of a kind"),
}
PLACE = {"a": "imports", "b": "y_test", "c": "digits_figure", "f": "kmeans_10", "g": "reference_labels_10"}


def place_of(step, value):
    if isinstance(value, Trials):
        return "retrieve_info"
    return {"h": "accuracy_10" if isinstance(value, Number) else "number_labels_10"}.get(step) or PLACE[step]


@pytest.mark.parametrize("what", FITS)
def test_what_just_fits_is_read_as_it_was_and_one_more_is_refused(what):
    step, fits, too_much, why = FITS[what]
    assert alike(taken(step, place_of(step, fits), fits), fits)
    with pytest.raises(Unreadable, match=why):
        taken(step, place_of(step, fits), too_much)


def alike(one, other):
    if dataclasses.is_dataclass(one):
        return one.wire == other.wire and all(alike(getattr(one, field.name), getattr(other, field.name))
                                                for field in dataclasses.fields(one))
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other or one != one and other != other


@pytest.mark.parametrize("value", [Missing(), Other("type", "text"), Number("float32", 0.25), Number("int", -7),
                                   Number("float", np.inf), Number("float", -np.inf), Number("float", np.nan)])
def test_a_number_is_read_as_it_was(value):
    assert alike(taken("h", "accuracy_10", value), value)


def test_the_most_bytes_are_those_of_all_arrays_of_a_step_together():
    half = wire.One().write(array(np.zeros(BYTES // 32, "int64")))       # with the indices of its rows
    whole = {"version": 1, "step": "b", "nonce": NONCE, "seen": dict.fromkeys(NAMES["b"], half)}
    with pytest.raises(Unreadable, match=f"larger than {BYTES} bytes"):
        read(whole, "b")
    whole["seen"] |= dict.fromkeys(["x_test", "y_test"], wire.One().write(Missing()))
    assert len(read(whole, "b")) == 4


@pytest.mark.parametrize(("change", "error", "why"), [
    ({"version": 2}, Unreadable, "out of range"), ({"version": 0}, Unreadable, "out of range"),
    ({"more": 1}, Unreadable, "fields"), ({"seen": {}}, Unreadable, "fields"), ({"seen": None}, Unreadable, "fields"),
    ({"nonce": None}, OtherRun, "another run"), ({"step": "b"}, OtherRun, "another step")])
def test_the_frame_is_exact(change, error, why):
    with pytest.raises(error, match=why):
        lab.read("h", content("h", "accuracy_10", Number("float", 1.0)) | change, NONCE)


def test_a_step_that_has_no_schema_is_refused_in_words():
    with pytest.raises(Unreadable, match="no step has this name"):
        lab.read("k", content("h", "accuracy_10", Missing()), NONCE)


@pytest.mark.parametrize(("change", "why"), [
    ({"base64": "AAA"}, "do not fit its shape"), ({"base64": "AA=A"}, "cannot be decoded"),
    ({"base64": None}, "known dtype"), ({"kind": "array"}, "known dtype"), ({"dtype": "complex64"}, "known dtype"),
    ({"shape": [4]}, "do not fit"), ({"shape": [2]}, "cannot be decoded"),
    ({"shape": [-1]}, "out of range"), ({"shape": [1, 1]}, "do not fit"), ({"shape": []}, "do not fit"),
    ({"shape": 1}, "list is missing"), ({"shape": [BYTES + 1]}, "out of range"), ({"more": 1}, "fields")])
def test_raw_bytes_are_exactly_those_of_their_shape(change, why):
    whole = content("b", "y_test", array(np.array([7], "uint8")))
    whole["seen"]["y_test"]["values"] |= change
    with pytest.raises(Unreadable, match=why):
        read(whole, "b")
