"""Thousands of arbitrary and of mutated pieces of evidence: none breaks the grader, keeps it busy or earns anything.

Mutated evidence may still earn its point only where every difference is one that the lab does not ask about.
"""

import base64
import copy
import random
import re
import string

import numpy as np
import pytest
from genuine import NONCE, within
from hypothesis import given
from hypothesis import strategies as st
from tiers import cases

from helpers import lab
from helpers.kit import kinds
from helpers.kit.kinds import GREY, Missing, Other
from helpers.kit.wire import DTYPES, OtherRun, Unreadable

SECONDS = 1
CLASSES = [value for value in vars(kinds).values() if getattr(value, "wire", "")]
KINDS = [*(kind.wire for kind in CLASSES), "ndarray"]
FIELDS = sorted({name for kind in CLASSES for name in kind.__dataclass_fields__}
                | {"kind", "dtype", "shape", "base64"})


NUMBERS = st.one_of(st.integers(), st.floats(), st.sampled_from([-1, 0, 1, 10, 784, 60000, 2 ** 31, 2 ** 63, 10 ** 400,
                                                                 -0.0, 1e308, 5e-324, "nan", "inf", "-inf"]))
LEAVES = st.one_of(st.none(), st.booleans(), NUMBERS, st.text(max_size=20), st.sampled_from(KINDS + FIELDS + ["AAAA"]))
JSON = st.recursive(LEAVES, lambda inside: st.one_of(
    st.lists(inside, max_size=4), st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=4), inside, max_size=4)),
    max_leaves=12)
# What looks like an array, with any shape, dtype and bytes.
ARRAYS = st.builds(
    lambda dtype, shape, raw: {"kind": "ndarray", "dtype": dtype, "shape": shape,
                               "base64": base64.b64encode(raw).decode()},
    st.sampled_from(DTYPES), st.lists(st.integers(0, 3), max_size=3), st.binary(max_size=72))


def plausible(some):
    """Evidence of one of some kinds, with arbitrary content."""
    return st.one_of([st.fixed_dictionaries({"kind": st.just(kind.wire), **{
        name: JSON | ARRAYS for name in kind.__dataclass_fields__}}) for kind in some])


def earned(step, content):
    """Read and judge as the grader does; whatever else than a refusal is raised is a defect."""
    with within(SECONDS):
        try:
            return lab.judge(step, lab.read(step, content, NONCE), NONCE).passed
        except (Unreadable, OtherRun):
            return False


@cases(300, 3000)
@given(step=st.sampled_from(list(lab.steps)), content=JSON)
def test_arbitrary_json_is_refused(step, content):
    for whole in (content, {"version": 1, "step": step, "nonce": NONCE, "seen": content}):
        with pytest.raises((Unreadable, OtherRun)):
            lab.read(step, whole, NONCE)


@cases(50, 500)
@given(draw=st.data(), step=st.sampled_from(list(lab.steps)))
def test_arbitrary_content_in_the_right_frame_earns_nothing(draw, step):
    seen = {name: draw.draw(plausible((kind, Other, Missing))) for name, kind in lab.steps[step].kinds.items()}
    assert not earned(step, {"version": 1, "step": step, "nonce": NONCE, "seen": seen})


# --- mutations of genuine evidence ---

def places(content, path=()):
    """Yield the path of every part of a piece of JSON."""
    yield path
    inside = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in inside:
        yield from places(value, (*path, key))


def at(content, path):
    for key in path:
        content = content[key]
    return content


def mutate(content, rng, junk):
    """Change one part of evidence, or exchange two, in place."""
    *above, key = path = rng.choice([path for path in places(content) if path])
    inside, value = at(content, above), at(content, path)
    ways = ["junk", "delete", "more", "copy", "swap", *["near"] * 4 * (not isinstance(value, (dict, list)))]
    match rng.choice(ways):
        case "junk":
            inside[key] = copy.deepcopy(junk)
        case "delete":
            del inside[key]
        case "more" if isinstance(inside, list):
            inside.insert(rng.randrange(len(inside) + 1), copy.deepcopy(rng.choice([junk, value])))
        case "more":
            inside[rng.choice(FIELDS)] = copy.deepcopy(junk)
        case "copy":
            inside[key] = copy.deepcopy(at(content, rng.choice(list(places(content)))))
        case "swap":
            other = rng.choice(list(inside)) if isinstance(inside, dict) else rng.randrange(len(inside))
            inside[key], inside[other] = inside[other], inside[key]
        case "near":
            inside[key] = near(value, rng, key)


def near(value, rng, key):
    """Return something much like a number, a text or raw bytes."""
    if isinstance(value, str) and key == "base64" and value:
        place = rng.randrange(len(value))
        return value[:place] + rng.choice(string.ascii_letters + "0189+/=\n é") + value[place + 1:]
    if isinstance(value, str):
        return rng.choice([value + "x", value[1:], value.upper(), "", "3", "hot", "gray", "KMeans", "float32", "int32",
                           *KINDS])
    if isinstance(value, (int, float)):
        return rng.choice([-value, value + 1, value - 1, value / 2, value * 2, float(value), value + 0.004,
                           value + 0.1, 0, bool(value), str(value), "nan"])
    return value


def parts(content, path=()):
    """Yield (path, leaf) of all that evidence says, arrays as arrays."""
    if isinstance(content, dict) and content.get("kind") == "ndarray":
        yield path, np.frombuffer(base64.b64decode(content["base64"]), content["dtype"]).reshape(content["shape"])
    elif isinstance(content, dict) and content.get("kind") == "pairs":
        keys, digits = (dict(parts(content[name]))[()].tolist() for name in ("keys", "values"))
        yield path, dict(zip(keys, digits))
    elif isinstance(content, (dict, list)):
        for key, value in content.items() if isinstance(content, dict) else enumerate(content):
            yield from parts(value, (*path, key))
    else:
        yield path, content


def unasked(step, path, old, new, content):
    """Whether the lab does not ask about a difference between genuine and mutated evidence."""
    name, last = path[1], path[-1]
    if path[:2] == ("seen", "imports"):
        return set(content["seen"]["imports"]["imports"]) >= MODULES        # more than once, or more of them
    if name.startswith("kmeans") and (path[2:3] == ("labels",) or step in "ghj" and last in ("k", "type")):
        return True                                                         # the centroids speak for themselves
    if last in ("type", "text"):
        return step != "f" or new == "KMeans"
    if last == "seeded":
        return new in (0, 1)                                                # a remark says that there is no seed
    if last == "words":
        return step == "c" or str(old) in re.findall(r"\d+", str(new))
    if last == "colours":
        return new.removesuffix("_r") in GREY
    if isinstance(old, dict) and isinstance(new, dict):
        return old.items() <= new.items()
    if isinstance(old, (int, float)) and isinstance(new, (int, float)) and not isinstance(new, bool):
        return last in ("value", "low", "high") and abs(old - new) <= (0.005 if last == "value" else 0.0256)
    return isinstance(old, np.ndarray) and isinstance(new, np.ndarray) and alike(last, name, old, new)


def alike(last, name, old, new):
    if last == "rows" or old.shape != new.shape:
        return False
    if name.startswith("number_labels"):
        return np.mean(old != new) <= 0.001
    close = 3 if last == "image" else 0.0256 if old.max() > 1 else 0.02
    return np.allclose(old.astype(float), new.astype(float), rtol=0, atol=close)


MODULES = {"keras", "numpy", "matplotlib.pyplot", "sklearn.cluster.MiniBatchKMeans", "sklearn.metrics.accuracy_score"}


def differences(old, new):
    old, new = dict(parts(old)), dict(parts(new))
    for path in old.keys() | new.keys():
        one, two = old.get(path), new.get(path)
        same = np.array_equal(one, two) if isinstance(one, np.ndarray) else one == two and type(two) is not bool
        if path not in old or path not in new or not same:
            yield path, one, two


@cases(650, 6500)
@given(step=st.sampled_from(list(lab.steps)), seed=st.integers(0, 2 ** 64), junk=LEAVES | JSON | ARRAYS,
       times=st.integers(1, 3))
def test_mutated_evidence_earns_only_where_nothing_asked_for_differs(genuine, step, seed, junk, times):
    content, rng = copy.deepcopy(genuine[step]), random.Random(seed)
    for _ in range(times):
        mutate(content, rng, junk)
    if earned(step, content):
        wrong = [(path, one, two) for path, one, two in differences(genuine[step], content)
                 if not unasked(step, path, one, two, content)]
        assert not wrong
