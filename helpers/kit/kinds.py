"""The kinds of things that a step looks at, one small class each.

A kind looks at a live object of any sort without being fooled or raising, and says what stands there in a few words.
Its fields say how it is written as plain data and read back (`helpers.kit.wire`). A lab narrows a kind by a subclass:
what else is likely where another thing stands, which rows are sampled, which imports count.
"""

import bisect
import dataclasses
import math
import sys
import types
from collections import abc

import numpy as np

from helpers.kit.verdict import how_many, shape_of
from helpers.kit.wire import DTYPES, ITEMS, LENGTH, Many, One, Raw, Real, Text, Whole, rng

LARGEST = 2 ** 20           # bytes kept of one array: fewer rows where they are wide
SIDE, IMAGES, ANSWERS, NAME = 40, 100, 10, 100  # pixels and images of a figure, trials, characters of an imported name
DOTS = "the … of the text was typed: it marks what you put there yourself"
UNCALLED = dict.fromkeys(("builtin_function_or_method", "method", "function"), "its brackets are missing")
GREY = {"gray", "grey", "gist_gray", "gist_grey", "Greys", "Grays", "binary", "gist_yarg", "gist_yerg"}


class Kind:
    """What all kinds have in common."""

    called = expected = "a value"   # what is there, and what a step asks for: "x is …"
    why = {}                        # the likely cause where something of another type has the name, by its type's name
    whole = False                   # whether it looks at all names of a notebook, and not at one value
    otherwise = "the name was given to something else"

    def __init_subclass__(cls, wire=None):
        if wire:                    # the name of the kind in plain data; a lab's own kinds keep that of theirs
            cls.wire = wire
            dataclasses.dataclass(frozen=True, eq=False)(cls)

    @classmethod
    def see(cls, value, name="", nonce=""):
        """Look at any object: return one of this kind, or `Other`, or `Missing` for None."""
        try:
            return Missing() if value is None else cls.look(value, name, nonce)
        except Exception:           # not of this kind, or one that raises when it is looked at
            return other(value)

    def __str__(self):
        return self.called

    def contradiction(self):
        """Say what is wrong between fields that are right one by one, or nothing; asked when evidence is read."""

    def is_of(self, name, nonce):
        """Whether the value can be what a check saw under this name in the execution with this nonce."""
        return True

    def confirmed(self, written):
        """Return what remains of the value where the cells above import only these names; `written` returns them."""
        return self

    def fault(self):
        """Say why the value is none that a step can judge, or nothing."""

    @classmethod
    def likely(cls, found):
        """Say why something of another kind, an `Other`, most likely has the name."""
        return cls.why.get(found.type, DOTS if found.type == "ellipsis" else cls.otherwise)


class Missing(Kind, wire="missing"):
    """A name that has no value yet."""

    called = "nothing"


class Other(Kind, wire="other"):
    """Something of a kind that the step does not ask for: its type's name and a short text."""

    type: Text()
    text: Text()

    def __str__(self):
        text = " ".join(self.text.split())
        return f"{text if len(text) < 60 else text[:56] + ' …'} (of type {self.type})"


def other(value):
    """Return an `Other` for any object, whatever its repr and its type do."""
    try:
        text = repr(value)[:LENGTH]
    except Exception:
        text = "(cannot be shown)"
    try:
        return Other(type(value).__name__[:LENGTH], text)
    except Exception:
        return Other("object", "(cannot be looked at)")


class Array(Kind, wire="array"):
    """An array or list of numbers: its dtype and shape, the extremes of all of it, and the rows with these indices."""

    dtype: Text()
    shape: Many(Whole(), 8)
    low: Real()
    high: Real()
    rows: Raw(1)
    values: Raw()

    expected, why = "an array of numbers", UNCALLED
    sampled, always = None, ()      # how many rows are looked at, all by default, and some of them

    def __str__(self):
        return "an empty list" if self.shape == (0,) else f"an array of {self.dtype}, {shape_of(self.shape)}"

    @classmethod
    def look(cls, value, name, nonce):
        if callable(value):             # a polynomial, say, which NumPy takes for its coefficients
            return other(value)
        numbers = np.asarray(value)
        if numbers.dtype == object and numbers.size <= 1e6:     # each number an object of its own
            numbers = np.array(numbers.tolist())
        numbers = numbers.astype(numbers.dtype.newbyteorder("="), copy=False)
        if numbers.dtype.name not in DTYPES:
            return other(value)
        if cls.sampled is None and numbers.nbytes > LARGEST:
            return Other(type(value).__name__[:LENGTH], f"{shape_of(numbers.shape)} numbers")
        kept = cls.sample(nonce, name, len(numbers), LARGEST // max(numbers[:1].nbytes, 1))
        low, high = (float(numbers.min()), float(numbers.max())) if numbers.size else (0.0, 0.0)
        return cls(numbers.dtype.name, numbers.shape, low, high, kept, np.ascontiguousarray(numbers[kept]))

    @classmethod
    def sample(cls, nonce, name, n, most=LARGEST):
        """Return the sorted indices, int64, of the rows of an array of length `n` that are looked at."""
        rows = n if cls.sampled is None else min(cls.sampled, most)
        if n <= rows:
            return np.arange(n)
        always = [row for row in cls.always if row < n]
        drawn = rng(nonce, "rows", name).choice(n, rows, replace=False)
        return np.sort(np.append(always, drawn[~np.isin(drawn, always)])[:rows].astype("int64"))

    def contradiction(self):
        rows, values, whole = self.rows, self.values, self.sampled is None
        if not self.shape or values.dtype.name != self.dtype or values.shape != (len(rows), *self.shape[1:]):
            return "its rows do not fit its shape and dtype"
        if rows.dtype.kind not in "iu" or (len(rows) and not 0 <= rows.min() <= rows.max() < self.shape[0]):
            return "it has other rows than its shape allows"
        if whole and (len(rows) != self.shape[0] or not np.array_equal(rows, np.arange(self.shape[0]))):
            return "it is not whole"
        if values.size and not _fits(values, self.low, self.high, whole):
            return "its extremes contradict its values"

    def is_of(self, name, nonce):
        width = max(math.prod(self.shape[1:]) * np.dtype(self.dtype).itemsize, 1)
        return self.sampled is None or np.array_equal(
            self.rows, self.sample(nonce, name, self.shape[0], LARGEST // width))

    def fault(self):
        return None if math.prod(self.shape) else "nothing was put into it"


def _fits(values, low, high, whole):
    """Whether claimed extremes can be those of all values: equal where these are all, else no narrower."""
    least, most = float(values.min()), float(values.max())
    if math.isnan(low) or math.isnan(high) or math.isnan(least):        # one undefined number makes all of them so
        return math.isnan(low) and math.isnan(high) and (math.isnan(least) or not whole)
    return (low, high) == (least, most) if whole else low <= least and most <= high


class Number(Kind, wire="number"):
    """A single number, also one in an array without dimensions, and the name of its type."""

    type: Text()
    value: Real()

    expected, otherwise = "a number", "the call is missing, or its result was not kept"
    why = {**UNCALLED, "tuple": "a comma at the end of the line makes a tuple", "str": "it is a text",
           "ndarray": "it holds one value for each image: their mean is the share"}

    def __str__(self):
        return f"the number {self.value:g}"

    @classmethod
    def look(cls, value, name, nonce):
        if isinstance(value, (str, bytes, bool, np.bool_)) or np.ndim(value) != 0:
            return other(value)
        return cls(type(value).__name__[:LENGTH], float(value))


class Mapping(Kind, wire="pairs"):
    """A dict from whole numbers to whole numbers of any integer type: two int64 arrays of one length."""

    keys: Raw(1)
    values: Raw(1)

    expected = "a dict of whole numbers"
    otherwise = "the function itself, or the result of another call, was given the name"
    why = dict.fromkeys(("dict", "Counter", "defaultdict"), "a key or a value of it is not one whole number")

    def __str__(self):
        return f"a dict with {how_many(len(self.keys), 'entry')}"

    @classmethod
    def look(cls, value, name, nonce):
        if not isinstance(value, abc.Mapping):
            return other(value)
        keys, values = ([_whole(number) for number in numbers] for numbers in (value.keys(), value.values()))
        return cls(np.array(keys, "int64"), np.array(values, "int64"))         # a number beyond int64 raises

    def contradiction(self):
        sizes, dtypes = {len(self.keys), len(self.values)}, {self.keys.dtype.name, self.values.dtype.name}
        if dtypes != {"int64"} or len(sizes) > 1 or max(sizes) > ITEMS:
            return "a dict is not one of whole numbers"
        if len(set(self.keys.tolist())) < len(self.keys):
            return "a dict has one key twice"

    def dict(self):
        """Return the dict."""
        return dict(zip(self.keys.tolist(), self.values.tolist()))


def _whole(value):
    number = np.asarray(value).item()
    if int(number) != number:
        raise ValueError("not a whole number")
    return int(number)


class Fitted(Kind, wire="model"):
    """A clustering: its class, the k it was told, whether it starts the same way each time, its centroids, and the
    label of each row it was fitted on.
    """

    type: Text()
    k: Whole()
    seeded: Whole(0, 1)
    centroids: One(Array, Other, Missing)
    labels: One(Array, Other, Missing)

    called, expected = "a clustering", "a fitted clustering"
    otherwise = "the result of another call was given the name, such as labels"
    why = {"method": "fit was named and not called: its brackets are missing"}

    @classmethod
    def look(cls, value, name, nonce):
        seeded = getattr(value, "random_state", None) is not None
        return cls(type(value).__name__[:LENGTH], int(value.n_clusters), int(seeded),
                   *(Array.see(getattr(value, part, None)) for part in ("cluster_centers_", "labels_")))


class Answers(Kind, wire="answers"):
    """What a function returned, a dict of whole numbers, for each trial input; an exception is an answer too."""

    answers: Many(One(Mapping, Other, Missing), ANSWERS)

    called = expected = "a function"

    @staticmethod
    def trials(nonce):
        """Return the arguments for each trial, a list of tuples of arrays: a lab says which."""
        raise NotImplementedError

    @classmethod
    def look(cls, value, name, nonce):
        return cls(tuple(cls._answer(value, trial) for trial in cls.trials(nonce))) if callable(value) else other(value)

    @staticmethod
    def _answer(function, trial):
        try:
            return Mapping.see(function(*(part.copy() for part in trial)))
        except (Exception, SystemExit) as error:
            return Other(type(error).__name__[:LENGTH], str(error)[:LENGTH])


class Drawn(Kind, wire="drawn"):
    """One image of a figure, stretched to 0..255 as it is seen: place, colour map, and the words beside it."""

    row: Whole(0, 100)
    column: Whole(0, 100)
    image: Raw(2)
    colours: Text()
    words: Text()

    def contradiction(self):
        if self.image.dtype != "uint8" or not self.image.size or max(self.image.shape) > SIDE:
            return "a drawn image is not one of small whole numbers"


class Figure(Kind, wire="figure"):
    """The images that a Matplotlib figure shows, in reading order."""

    images: Many(One(Drawn), IMAGES)

    called, expected = "a figure", "a Matplotlib figure"
    otherwise = "the name was given to what another call returned (axes, say)"
    why = {"Figure": "a part of it was replaced, such as a title (axes.title = …): axes.set_title(…) gives one"}

    @classmethod
    def look(cls, value, name, nonce):
        shown = [axes for axes in value.get_axes() if axes.images and axes.get_visible()][:IMAGES]
        # A subfigure counts places in itself.
        boxes = [_box(axes, shown).transformed(axes.figure.transSubfigure - value.transSubfigure) for axes in shown]
        rows = _ranks([-box.intervaly.mean() for box in boxes])
        columns = _ranks([box.intervalx.mean() for box in boxes])
        return cls(tuple(sorted(map(_drawn, shown, rows, columns), key=_place)))

    def contradiction(self):
        places = [_place(image) for image in self.images]
        if places != sorted(places):
            return "the images of a figure are not in reading order"

    def described(self):
        """Say in words what the figure shows, row by row: its alt text."""
        rows = [[image.words or "untitled" for image in self.images if image.row == row]
                for row in sorted({image.row for image in self.images})]
        shown = "; ".join(", ".join(row) for row in rows)
        return f"{how_many(len(self.images), 'image')} in {how_many(len(rows), 'row')}: {shown}"


def _place(image):
    return image.row, image.column


def _box(axes, shown):
    """Return where axes were placed, before a layout engine moved them or a colour bar took a part of their place."""
    place, grid = axes.get_subplotspec(), axes.get_gridspec()
    if place is None:
        return axes.get_position()
    # A grid within a place of another, with one image in it: the place.
    if hasattr(grid, "get_topmost_subplotspec") and [other.get_gridspec() for other in shown].count(grid) == 1:
        place = grid[:, :]
    return place.get_position(axes.figure)


def _ranks(positions):
    """Number positions 0, 1, … in order; what lies within a hundredth of the figure counts as one."""
    inner = sorted(positions)
    starts = [place for before, place in zip([-np.inf, *inner], inner) if place - before > 0.01]
    return [bisect.bisect(starts, position) - 1 for position in positions]


def _drawn(axes, row, column):
    picture = axes.images[-1]
    image = np.ma.getdata(picture.get_array())
    colours = _colours(picture.get_cmap())
    if image.ndim == 3:                                 # RGB or RGBA: grey when the three agree
        grey = np.ptp(image[..., :3], axis=-1).max() == 0
        image, colours = image[..., 0], "gray" if grey else "rgb"
    left, right, bottom, top = picture.get_extent()
    upper, lower = (top, bottom) if picture.origin == "upper" else (bottom, top)
    if (upper > lower) == axes.yaxis_inverted():        # row 0 is at the bottom
        image = image[::-1]
    if (left < right) == axes.xaxis_inverted():
        image = image[:, ::-1]
    words = [axes.get_title(loc=place) for place in ("center", "left", "right")]
    words += [axes.get_xlabel()] if axes.axison and axes.xaxis.get_visible() else []    # axis("off") hides it
    words += [text.get_text() for text in axes.texts]
    return Drawn(row, column, stretch(image[:SIDE, :SIDE]), colours, " ".join(filter(None, words))[:LENGTH])


def _colours(scale):
    """Return the name of a colour map, "gray" for one of somebody's own that goes from dark to bright in grey."""
    values = scale(np.arange(scale.N))[:, :3]
    own = scale.name.removesuffix("_r") not in GREY
    return "gray" if own and np.ptp(values, axis=1).max() < 1e-6 and np.ptp(values) > 0.5 else scale.name


def stretch(image):
    """Return an image as uint8, its darkest pixel 0 and its brightest 255."""
    image = np.asarray(image, "float64")
    low, high = float(np.min(image)), float(np.max(image))
    if not 0 < high - low < np.inf:                     # constant, or undefined somewhere
        return np.zeros(image.shape, "uint8")
    return np.round((image - low) / (high - low) * 255).astype("uint8")


LOADS_NOTHING = ("matplotlib",)     # packages whose modules are there only once they are imported by name
PYLAB, IN_PYLAB = ("pylab", "matplotlib.pylab"), {"numpy", "matplotlib.pyplot"}     # modules, and what is in them


class Imports(Kind, wire="source"):
    """The dotted names that a namespace holds by importing them: of those that a lab asks for, and some look-alikes."""

    imports: Many(Text())

    whole = True
    ways, alike = {}, ()            # a thing: the dotted names that give it; packages that only look like one of these

    @classmethod
    def look(cls, value, name, nonce):
        names = set()
        for own, held in list(value.items()) if issubclass(type(value), dict) else ():
            try:
                names.update(cls._names(own, held))
            except Exception:                           # an object that raises when it is looked at
                continue
        return cls(tuple(sorted(name for name in names
                                if len(name) <= NAME and (cls.given_by([name]) or cls._is_near(name)))))

    @classmethod
    def _is_near(cls, name):
        """Whether a name gives nothing by itself, and explains what is missing: a look-alike, or a way's package."""
        return within(name, cls.alike) or name in LOADS_NOTHING and any(within(way, [name]) for way in cls._all())

    @classmethod
    def _names(cls, own, held):
        if isinstance(held, types.ModuleType):
            # import matplotlib.pyplot gives matplotlib, with pyplot inside it; import matplotlib as plt does not
            package = held.__name__
            inside = [name for name in (*cls._all(), *cls.alike) if name.startswith(package + ".")]
            loaded = own == package or package not in LOADS_NOTHING
            return IN_PYLAB if package in PYLAB else {package, *(n for n in inside if loaded and n in sys.modules)}
        if isinstance(held, type | types.FunctionType):
            package = ".".join(str(held.__module__).split(".")[:2])         # sklearn.cluster, not ._kmeans
            return {f"{package}.{held.__name__}"}
        return ()

    @classmethod
    def _all(cls):
        return [way for ways in cls.ways.values() for way in ways]

    @classmethod
    def given_by(cls, names):
        """Return the things that imported names give; a part of a package is enough where the package is a way."""
        return [thing for thing, ways in cls.ways.items() if any(
            not within(name, cls.alike) and (name in ways or within(name, [way for way in ways if "." not in way]))
            for name in names)]

    def confirmed(self, written):
        kept = [way for ways in self.ways.values() if self.leads_to(written(), ways) for way in ways]
        return type(self)(tuple(name for name in self.imports if within(name, kept) or not self.given_by([name])))

    @staticmethod
    def leads_to(names, ways):
        """Whether an import of some names gives a way: itself, what it lies in, or what its package loads."""
        names = names | IN_PYLAB if any(within(name, PYLAB) for name in names) else names
        return any(within(name, ways) or name not in LOADS_NOTHING and any(within(way, [name]) for way in ways)
                   for name in names)


def within(name, packages):
    """Whether a dotted name is one of some packages, or lies in one."""
    return any(name == package or name.startswith(package + ".") for package in packages)
