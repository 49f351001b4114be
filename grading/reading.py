"""Evidence, read as hostile bytes: a closed schema, a limit on every size, no trust in any claim.

What comes out is one of the dataclasses of `helpers.evidence`, ready to be judged. Everything else is refused.
"""

import base64
import functools
import math

import numpy as np

from helpers.evidence import DTYPES, TEXT, Answers, Array, Drawn, Figure, Missing, Model, Number, Other, Pairs, Source

BYTES = 2 * 2 ** 20         # of all arrays of a step together
ITEMS = 500                 # entries of a list, or of a dict of digits
WHOLE = 2 ** 40             # the largest whole number

ARRAY, PAIRS, MODEL = (Array, Other, Missing), (Pairs, Other, Missing), (Model, Other, Missing)
NUMBER, FIGURE, ANSWERS = (Number, Other, Missing), (Figure, Other, Missing), (Answers, Other, Missing)
# What each step's check looks at, by name, and the kinds it may be.
SCHEMA = {
    "a": {"imports": (Source,)},
    "b": dict.fromkeys(("x_train", "y_train", "x_test", "y_test"), ARRAY),
    "c": {"digits_figure": FIGURE},
    "d": dict.fromkeys(("x_train", "x_test"), ARRAY),
    "e": dict.fromkeys(("X_train", "X_test"), ARRAY),
    "f": {"retrieve_info": ANSWERS, "kmeans_10": MODEL},
    "g": {"kmeans_10": MODEL, "reference_labels_10": PAIRS, "number_labels_10": ARRAY},
    "h": {"kmeans_10": MODEL, "number_labels_10": ARRAY, "accuracy_10": NUMBER},
    "i": {"kmeans_50": MODEL, "reference_labels_50": PAIRS, "number_labels_50": ARRAY, "accuracy_50": NUMBER},
    "j": {"kmeans_50": MODEL, "centroids_50": ARRAY, "centroids_figure": FIGURE},
}
SAMPLED = {"x_train", "y_train", "x_test", "y_test", "X_train", "X_test"}      # arrays given by some of their rows
DECODE = functools.lru_cache(maxsize=4)(functools.partial(base64.b64decode, validate=True))    # steps share arrays


class Unreadable(ValueError):
    """The evidence is not what a check hands out."""


class OtherRun(ValueError):
    """The evidence was made in another execution."""


def read(content, step, nonce):
    """Read the evidence of one step, as a dict of str to one of the dataclasses of `helpers.evidence`.

    Parameters
    ----------
    content : object
        Parsed JSON from the kernel.
    step, nonce : str
        Of the cell it came from, and of this execution.

    Raises
    ------
    OtherRun
        It is tied to another step or another execution.
    Unreadable
        It is anything else than what a check hands out.
    """
    if step not in SCHEMA:
        raise Unreadable("no step has this name")
    reader = _Reader()
    _exactly(content, ("version", "step", "nonce", "seen"))
    _int(content["version"], 1, 1)
    if content["nonce"] != nonce or content["step"] != step:
        raise OtherRun("it belongs to another run, or to another step")
    _exactly(content["seen"], SCHEMA[step])
    return {name: reader.one(content["seen"][name], kinds, name) for name, kinds in SCHEMA[step].items()}


class _Reader:
    """Reads values and counts their bytes."""

    def __init__(self):
        self.left = BYTES

    def one(self, content, kinds, name=""):
        """Read one value, of one of some kinds."""
        given = content.get("kind") if isinstance(content, dict) else None
        kind = next((kind for kind in kinds if given == kind.__name__.lower()), None)
        if kind is None:
            raise Unreadable(f"{name or 'a part'} is of a kind that this step does not have")
        _exactly(content, ("kind", *kind.__dataclass_fields__))
        return getattr(self, kind.__name__.lower())(content, name)

    def missing(self, content, name):
        return Missing()

    def other(self, content, name):
        return Other(_text(content["type"]), _text(content["text"]))

    def number(self, content, name):
        return Number(_text(content["type"]), _float(content["value"]))

    def source(self, content, name):
        return Source(tuple(_text(item) for item in _list(content["imports"])))

    def answers(self, content, name):
        return Answers(tuple(self.one(item, PAIRS) for item in _list(content["answers"], 10)))

    def figure(self, content, name):
        images = tuple(self.one(item, (Drawn,)) for item in _list(content["images"], 100))
        if any((a.row, a.column) > (b.row, b.column) for a, b in zip(images, images[1:])):
            raise Unreadable("the images of a figure are not in reading order")
        return Figure(images)

    def drawn(self, content, name):
        image = self.ndarray(content["image"], 2)
        if image.dtype != "uint8" or not image.size or max(image.shape) > 40:
            raise Unreadable("a drawn image is not one of small whole numbers")
        return Drawn(_int(content["row"], 0, 100), _int(content["column"], 0, 100), image,
                     _text(content["colours"]), _text(content["words"]))

    def pairs(self, content, name):
        keys, values = self.ndarray(content["keys"], 1), self.ndarray(content["values"], 1)
        if keys.dtype != "int64" or values.dtype != "int64" or len(keys) != len(values) or len(keys) > ITEMS:
            raise Unreadable("a dict is not one of whole numbers")
        if len(set(keys.tolist())) < len(keys):
            raise Unreadable("a dict has one key twice")
        return Pairs(keys, values)

    def model(self, content, name):
        return Model(_text(content["type"]), _int(content["k"], 0, WHOLE),
                     self.one(content["centroids"], ARRAY, "centroids"), self.one(content["labels"], ARRAY, "labels"))

    def array(self, content, name):
        shape = tuple(_int(size, 0, WHOLE) for size in _list(content["shape"], 8))
        rows, values = self.ndarray(content["rows"], 1), self.ndarray(content["values"], len(shape))
        low, high = _float(content["low"]), _float(content["high"])
        if not shape or values.dtype.name != content["dtype"] or values.shape != (len(rows), *shape[1:]):
            raise Unreadable(f"{name}: its rows do not fit its shape and dtype")
        if rows.dtype.kind not in "iu" or (len(rows) and not 0 <= rows.min() <= rows.max() < shape[0]):
            raise Unreadable(f"{name}: it has other rows than its shape allows")
        if name not in SAMPLED and (len(rows) != shape[0] or not np.array_equal(rows, np.arange(shape[0]))):
            raise Unreadable(f"{name}: it is not whole")
        if values.size and not _fits(values, low, high, whole=name not in SAMPLED):
            raise Unreadable(f"{name}: its extremes contradict its values")
        return Array(content["dtype"], shape, low, high, rows, values)

    def ndarray(self, content, ndim):
        """Read raw array bytes, once their number is known to be right."""
        _exactly(content, ("kind", "dtype", "shape", "base64"))
        if content["kind"] != "ndarray" or content["dtype"] not in DTYPES or not isinstance(content["base64"], str):
            raise Unreadable("an array is not of a known dtype")
        shape = tuple(_int(size, 0, BYTES) for size in _list(content["shape"], 8))
        size = math.prod(shape) * np.dtype(content["dtype"]).itemsize
        self.left -= size
        if self.left < 0:
            raise Unreadable(f"its arrays are larger than {BYTES} bytes")
        if len(shape) != ndim or len(content["base64"]) != 4 * math.ceil(size / 3):
            raise Unreadable("the bytes of an array do not fit its shape")
        try:
            array = np.frombuffer(DECODE(content["base64"]), content["dtype"]).reshape(shape)
        except ValueError:
            raise Unreadable("the bytes of an array cannot be decoded") from None
        if content["dtype"] == "bool" and array.view("uint8").max(initial=0) > 1:
            raise Unreadable("a truth value is neither 0 nor 1")
        return array


def _fits(values, low, high, whole):
    """Whether claimed extremes can be those of all values: equal where these are all, else no narrower."""
    least, most = float(values.min()), float(values.max())
    if math.isnan(low) or math.isnan(high) or math.isnan(least):        # one undefined number makes all of them so
        return math.isnan(low) and math.isnan(high) and (math.isnan(least) or not whole)
    return (low, high) == (least, most) if whole else low <= least and most <= high


def _exactly(content, names):
    if not isinstance(content, dict) or set(content) != set(names):
        raise Unreadable("its fields are not those that a check hands out")


def _list(content, most=ITEMS):
    if not isinstance(content, list) or len(content) > most:
        raise Unreadable("a list is missing or too long")
    return content


def _text(content):
    if not isinstance(content, str) or len(content) > TEXT or any("\ud800" <= c <= "\udfff" for c in content):
        raise Unreadable("a text is missing, too long, or cannot be written to a file")
    return content


def _int(content, low, high):
    if type(content) is not int or not low <= content <= high:
        raise Unreadable("a whole number is missing or out of range")
    return content


def _float(content):
    if content in ("nan", "inf", "-inf"):
        return float(content)
    if type(content) not in (int, float) or abs(content) > 1e300:
        raise Unreadable("a number is missing or out of range")
    return float(content)
