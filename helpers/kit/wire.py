"""Plain data between a check and the grader outside its process: how each part is written, and read as hostile bytes.

A field of a kind (`helpers.kit.kinds`) is declared with one of the codecs here, and each has its own limit. What is
read is exactly what is declared; everything else is refused.
"""

import base64
import dataclasses
import functools
import hashlib
import math
import os

import numpy as np

MIME = "application/vnd.lab6.evidence+json"
NONCE = "LAB6_NONCE"        # set by the grader for one execution; without it nothing is handed out
BYTES = 2 * 2 ** 20         # of all arrays of a step together
ITEMS = 500                 # entries of a list, or of a dict
WHOLE = 2 ** 40             # the largest whole number
LENGTH = 200                # characters of a text
DTYPES = ("bool", "uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64",
          "float16", "float32", "float64")
DECODE = functools.lru_cache(maxsize=4)(functools.partial(base64.b64decode, validate=True))    # steps share arrays


class Unreadable(ValueError):
    """The evidence is not what a check hands out."""


class OtherRun(ValueError):
    """The evidence was made in another execution."""


def nonce():
    """Return the nonce of this execution, "practice" outside grading."""
    return os.environ.get(NONCE, "practice")


def rng(nonce, *purpose):
    """Return a generator whose draws nobody knows before the nonce is known."""
    digest = hashlib.sha256("/".join((nonce, *purpose)).encode()).digest()
    return np.random.default_rng(np.frombuffer(digest, "uint32"))


class Text:
    """A short text that can be written to a file."""

    def write(self, value):
        """Return the value as JSON has it; see the other codecs."""
        return value

    def read(self, content, left, name):
        """Return the value, or raise `Unreadable`; `left` counts the bytes of arrays, `name` is said in messages."""
        if not isinstance(content, str) or len(content) > LENGTH or any("\ud800" <= c <= "\udfff" for c in content):
            raise Unreadable("a text is missing, too long, or cannot be written to a file")
        return content


@dataclasses.dataclass
class Whole(Text):
    """A whole number within bounds."""

    low: int = 0
    high: int = WHOLE

    def read(self, content, left, name):
        if type(content) is not int or not self.low <= content <= self.high:
            raise Unreadable("a whole number is missing or out of range")
        return content


class Real:
    """A number; JSON has no names for the undefined and the infinite ones, so they travel as text."""

    def write(self, value):
        return value if np.isfinite(value) else repr(value)

    def read(self, content, left, name):
        if content in ("nan", "inf", "-inf"):
            return float(content)
        if type(content) not in (int, float) or abs(content) > 1e300:
            raise Unreadable("a number is missing or out of range")
        return float(content)


@dataclasses.dataclass
class Many:
    """A tuple of parts that one codec reads."""

    part: object
    most: int = ITEMS

    def write(self, value):
        return [self.part.write(item) for item in value]

    def read(self, content, left, name):
        if not isinstance(content, list) or len(content) > self.most:
            raise Unreadable("a list is missing or too long")
        return tuple(self.part.read(item, left, "") for item in content)


@dataclasses.dataclass
class Raw:
    """The raw bytes of an array, decoded once their number is known to be right."""

    ndim: int | None = None

    def write(self, value):
        content = base64.b64encode(np.ascontiguousarray(value)).decode()
        return {"kind": "ndarray", "dtype": value.dtype.name, "shape": list(value.shape), "base64": content}

    def read(self, content, left, name):
        exactly(content, ("kind", "dtype", "shape", "base64"))
        if content["kind"] != "ndarray" or content["dtype"] not in DTYPES or not isinstance(content["base64"], str):
            raise Unreadable("an array is not of a known dtype")
        shape = Many(Whole(0, BYTES), 8).read(content["shape"], left, "")
        size = math.prod(shape) * np.dtype(content["dtype"]).itemsize
        left[0] -= size
        if left[0] < 0:
            raise Unreadable(f"its arrays are larger than {BYTES} bytes")
        if self.ndim not in (None, len(shape)) or len(content["base64"]) != 4 * math.ceil(size / 3):
            raise Unreadable("the bytes of an array do not fit its shape")
        try:
            array = np.frombuffer(DECODE(content["base64"]), content["dtype"]).reshape(shape)
        except ValueError:
            raise Unreadable("the bytes of an array cannot be decoded") from None
        if content["dtype"] == "bool" and array.view("uint8").max(initial=0) > 1:
            raise Unreadable("a truth value is neither 0 nor 1")
        return array


class One:
    """One value, of one of some kinds."""

    def __init__(self, *kinds):
        self.kinds = kinds

    def write(self, value):
        return {"kind": value.wire, **{name: codec.write(getattr(value, name)) for name, codec in fields(value)}}

    def read(self, content, left, name):
        given = content.get("kind") if isinstance(content, dict) else None
        kind = next((kind for kind in self.kinds if given == kind.wire), None)
        if kind is None:
            raise Unreadable(f"{name or 'a part'} is of a kind that this step does not have")
        exactly(content, ("kind", *dict(fields(kind))))
        value = kind(*(codec.read(content[field], left, field) for field, codec in fields(kind)))
        if fault := value.contradiction():
            raise Unreadable(f"{name}: {fault}" if name else fault)
        return value


def fields(kind):
    """Return the fields of a kind, or of a value of it: pairs of a name and a codec."""
    return [(field.name, field.type) for field in dataclasses.fields(kind)]


def exactly(content, names):
    """Refuse all but a dict with these keys."""
    if not isinstance(content, dict) or set(content) != set(names):
        raise Unreadable("its fields are not those that a check hands out")


def write(step, seen, nonce):
    """Return what the check of a step saw, a dict of values by name, as JSON-ready plain data."""
    return {"version": 1, "step": step, "nonce": nonce, "seen": {name: One().write(one) for name, one in seen.items()}}


def hand_out(step, seen):
    """When grading, publish what the check of a step saw, for the grader outside this process."""
    if NONCE in os.environ:
        from IPython.display import display

        display({MIME: write(step, seen, nonce())}, raw=True)


def read(content, step, nonce, kinds):
    """Read the evidence of one step.

    Parameters
    ----------
    content : object
        Parsed JSON from the kernel.
    step, nonce : str
        Of the cell it came from, and of this execution.
    kinds : dict of str to tuple of kinds
        What each name may be.

    Returns
    -------
    dict of str to a value of one of its kinds

    Raises
    ------
    OtherRun
        It is tied to another step or another execution.
    Unreadable
        It is anything else than what a check hands out.
    """
    exactly(content, ("version", "step", "nonce", "seen"))
    Whole(1, 1).read(content["version"], None, "")
    if content["nonce"] != nonce or content["step"] != step:
        raise OtherRun("it belongs to another run, or to another step")
    exactly(content["seen"], kinds)
    left = [BYTES]
    return {name: One(*kinds[name]).read(content["seen"][name], left, name) for name in kinds}
