"""What a check looked at, as plain data: numbers, short texts and arrays, never a live object.

A check judges what these functions return, in the notebook and again at grading, where the same data
travels as JSON with raw array bytes. It leaves judging to `helpers.checks` and reading to `grading`.
"""

import base64
import dataclasses
import functools
import hashlib
import os
from collections.abc import Mapping

import numpy as np

from helpers.names import NotDone

MIME = "application/vnd.lab6.evidence+json"
NONCE = "LAB6_NONCE"        # set by the grader for one execution; without it nothing is handed out
ROWS = 32                   # images looked at in each image array
ALWAYS = (71, 149)          # of these: the ones that other scales than 1 / 255 change, in x_train and in x_test
LARGEST = 2 ** 20           # bytes kept of one array: fewer rows where they are wide
DTYPES = ("bool", "uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64",
          "float16", "float32", "float64")
TEXT = 200                  # characters kept of any text


@dataclasses.dataclass(frozen=True, eq=False)
class Missing:
    """A name whose step is not done yet."""


@dataclasses.dataclass(frozen=True, eq=False)
class Other:
    """Something of a kind that the step does not ask for: its type's name and a short text."""

    type: str
    text: str


@dataclasses.dataclass(frozen=True, eq=False)
class Array:
    """An array of numbers: its dtype and shape, the extremes of all of it, and the rows with these indices."""

    dtype: str
    shape: tuple
    low: float
    high: float
    rows: np.ndarray
    values: np.ndarray


@dataclasses.dataclass(frozen=True, eq=False)
class Number:
    """A number, and the name of its type."""

    type: str
    value: float


@dataclasses.dataclass(frozen=True, eq=False)
class Pairs:
    """A dict from whole numbers to whole numbers: two int64 arrays of one length."""

    keys: np.ndarray
    values: np.ndarray


@dataclasses.dataclass(frozen=True, eq=False)
class Model:
    """A clustering: its class, the k it was told, its centroids and the label of each image it was fitted on."""

    type: str
    k: int
    centroids: object
    labels: object


@dataclasses.dataclass(frozen=True, eq=False)
class Drawn:
    """One image of a figure, stretched to 0..255 as it is seen: place, colour map, and the words beside it."""

    row: int
    column: int
    image: np.ndarray
    colours: str
    words: str


@dataclasses.dataclass(frozen=True, eq=False)
class Figure:
    """The images that a figure shows, in reading order."""

    images: tuple


@dataclasses.dataclass(frozen=True, eq=False)
class Answers:
    """What a function returned for each trial input."""

    answers: tuple


@dataclasses.dataclass(frozen=True, eq=False)
class Source:
    """The dotted names that a namespace holds by importing them."""

    imports: tuple


def nonce():
    """Return the nonce of this execution, "practice" outside grading."""
    return os.environ.get(NONCE, "practice")


def rng(nonce, *purpose):
    """Return a generator whose draws nobody knows before the nonce is known."""
    digest = hashlib.sha256("/".join((nonce, *purpose)).encode()).digest()
    return np.random.default_rng(np.frombuffer(digest, "uint32"))


def sample(nonce, name, n, rows=ROWS):
    """Return the sorted indices, int64, of the rows of an array of length `n` that are looked at: some are drawn."""
    if n <= rows:
        return np.arange(n)
    first = [row for row in ALWAYS if row < n]
    drawn = rng(nonce, "rows", name).choice(n, rows, replace=False)
    return np.sort(np.append(first, drawn[~np.isin(drawn, first)])[:rows].astype("int64"))


def careful(look):
    """Let a function that looks at an object answer `Other` when the object itself raises."""
    @functools.wraps(look)
    def looks(*args, **kwargs):
        try:
            return look(*args, **kwargs)
        except Exception:
            return Other("object", "(cannot be looked at)")
    return looks


@careful
def other(value):
    """Return an `Other` for any object, whatever its repr does."""
    try:
        text = repr(value)[:TEXT]
    except Exception:
        text = "(cannot be shown)"
    return Missing() if value is None or isinstance(value, NotDone) else Other(type(value).__name__[:TEXT], text)


@careful
def array(name, value, rows=None):
    """Look at an array or a list of numbers.

    Parameters
    ----------
    name : str
        The name in the notebook; it decides which rows are sampled.
    value : array_like
        Numbers of any shape.
    rows : int, optional
        How many rows to keep; all by default.

    Returns
    -------
    Array, Other or Missing
    """
    if isinstance(value, (NotDone, str, bytes, Mapping)) or callable(value) or value is None:
        return other(value)
    try:
        numbers = np.asarray(value)
        if numbers.dtype == object and numbers.size <= 1e6:     # each number an object of its own
            numbers = np.array(numbers.tolist())
        numbers = numbers.astype(numbers.dtype.newbyteorder("="), copy=False)
    except Exception:
        return other(value)
    if numbers.dtype.name not in DTYPES or numbers.ndim == 0:
        return other(value)
    if rows is None and numbers.nbytes > LARGEST:
        return Other(type(value).__name__[:TEXT], f"{' × '.join(map(str, numbers.shape))} numbers")
    width = max(numbers[:1].nbytes, 1)
    kept = np.arange(len(numbers)) if rows is None else \
        sample(nonce(), name, len(numbers), min(rows, LARGEST // width))
    low, high = (float(numbers.min()), float(numbers.max())) if numbers.size else (0.0, 0.0)
    return Array(numbers.dtype.name, numbers.shape, low, high, kept, np.ascontiguousarray(numbers[kept]))


@careful
def number(value):
    """Look at a single number, also one in an array without dimensions."""
    try:
        if isinstance(value, (NotDone, str, bytes, bool, np.bool_)) or np.ndim(value) != 0:
            return other(value)
        return Number(type(value).__name__[:TEXT], float(value))
    except Exception:
        return other(value)


@careful
def pairs(value):
    """Look at a dict whose keys and values are whole numbers, of any integer type."""
    if not isinstance(value, Mapping):
        return other(value)
    try:
        items = [(_whole(key), _whole(digit)) for key, digit in value.items()]
        keys, values = zip(*items) if items else ((), ())
        return Pairs(np.array(keys, "int64"), np.array(values, "int64"))
    except Exception:                                   # also a number beyond int64
        return other(value)


def _whole(value):
    whole = int(np.asarray(value).item())
    if whole != np.asarray(value).item():
        raise ValueError("not a whole number")
    return whole


@careful
def model(value):
    """Look at a fitted scikit-learn clustering with centroids."""
    if isinstance(value, (NotDone, type)) or not hasattr(value, "n_clusters"):
        return other(value)
    try:
        return Model(type(value).__name__[:TEXT], int(value.n_clusters),
                     array("centroids", getattr(value, "cluster_centers_", None)),
                     array("labels", getattr(value, "labels_", None)))
    except Exception:                                   # n_clusters is no number
        return other(value)


@careful
def answers(function, trials):
    """Call a function on trial inputs and look at each answer; an exception is an answer too.

    Parameters
    ----------
    function : callable
        Takes cluster labels and digits.
    trials : list of tuple of ndarray
        Its arguments.
    """
    if isinstance(function, NotDone) or not callable(function):
        return other(function)
    return Answers(tuple(_answer(function, trial) for trial in trials))


def _answer(function, trial):
    try:
        return pairs(function(*(part.copy() for part in trial)))
    except (Exception, SystemExit) as error:
        return Other(type(error).__name__[:TEXT], str(error)[:TEXT])


def hand_out(step, seen):
    """When grading, publish what the check of `step` looked at, for the grader outside this process.

    Parameters
    ----------
    step : str
        "a" to "j".
    seen : dict of str to dataclass
        By the name in the notebook.
    """
    if NONCE not in os.environ:
        return
    from IPython.display import display

    content = {"version": 1, "step": step, "nonce": nonce(), "seen": {k: encode(v) for k, v in seen.items()}}
    display({MIME: content}, raw=True)


def encode(value):
    """Return `value`, one of the dataclasses above, as JSON-ready plain data."""
    if isinstance(value, np.ndarray):
        content = base64.b64encode(np.ascontiguousarray(value)).decode()
        return {"kind": "ndarray", "dtype": value.dtype.name, "shape": list(value.shape), "base64": content}
    if dataclasses.is_dataclass(value):
        fields = {field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"kind": type(value).__name__.lower(), **fields}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, float) and not np.isfinite(value):
        return repr(value)          # "nan", "inf", "-inf": JSON has no such numbers
    return value
