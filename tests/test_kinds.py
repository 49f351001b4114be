"""What the kinds see of a student's objects, whatever these are."""

import dataclasses
from collections import Counter, OrderedDict
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, ListedColormap
from matplotlib.figure import Figure
from sklearn.cluster import KMeans

from helpers.images import Sampled
from helpers.kit import kinds, wire
from helpers.kit.kinds import LARGEST, Array, Fitted, Mapping, Missing, Number, Other
from helpers.kit.kinds import Figure as Seen

IMAGE = np.arange(784.0).reshape(28, 28)


class Mute:
    """Raises whatever is asked of it, also how it looks."""

    def __getattribute__(self, name):
        raise RuntimeError("do not look")

    def __repr__(self):
        raise RuntimeError("do not look")


def fields(seen):
    """Return what an array is seen as, in plain Python."""
    return seen.dtype, seen.shape, seen.low, seen.high, seen.rows.tolist(), seen.values.tolist()


def test_nothing_is_missing_and_what_cannot_be_looked_at_is_something_else():
    assert all(isinstance(kind.see(None), Missing) for kind in (Array, Number, Mapping, Fitted, Seen))
    for kind in (Array, Number, Mapping, Fitted, Seen):
        seen = kind.see(Mute())
        assert (seen.type, seen.text) == ("Mute", "(cannot be shown)")
    assert len(kinds.other("x" * 1000).text) == kinds.LENGTH
    assert len(kinds.other(type("T" * 1000, (), {})()).type) == kinds.LENGTH


def test_an_array_is_kept_up_to_a_size_and_objects_are_turned_into_numbers_up_to_a_number():
    assert isinstance(Array.see(np.zeros(LARGEST, "uint8")), Array)
    assert Array.see(np.zeros(LARGEST + 1, "uint8")).text == f"({LARGEST + 1},) numbers"
    objects = np.zeros(1_000_001, object)
    assert Array.see(objects[1:]).text == "(1000000,) numbers" and Array.see(objects).text != "(1000001,) numbers"


class Nameless(type):
    """Makes classes that raise when they are asked for their names."""

    @property
    def __name__(cls):
        raise RuntimeError("do not ask")


def test_what_has_not_even_the_name_of_a_type_is_something_else():
    seen = kinds.other(Nameless("x", (), {})())
    assert (seen.type, seen.text) == ("object", "(cannot be looked at)")


def test_a_kind_is_a_class_with_fields_that_nobody_changes():
    class Pair(kinds.Kind, wire="pair"):
        first: wire.Whole()
        second: wire.Text()

    class Twins(Pair):
        called = "twins"

    for kind in (Pair, Twins):
        one = kind(7, "seven")
        written = {"kind": "pair", "first": 7, "second": "seven"}
        assert wire.One().write(one) == written and one != kind(7, "seven")
        read = wire.One(kind).read(written, [0], "")
        assert (type(read), read.first, read.second) == (kind, 7, "seven")
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.first = 8


def test_what_a_function_answers_is_seen_for_each_trial_also_an_exception():
    class Tried(kinds.Answers):
        @staticmethod
        def trials(nonce):
            return [(np.array([number]),) for number in (0, 1, 2)]

    assert (Tried.see(7).type, Tried.see(7).text) == ("int", "7")
    raised = Tried.see(lambda given: {0: 1 / int(given[0])}).answers[0]
    assert (raised.type, raised.text) == ("ZeroDivisionError", "division by zero")

    def ends(given):
        if given[0] == 2:
            raise SystemExit("x" * 1000)
        return {0: given[0]} if given[0] else None

    missing, answer, ended = Tried.see(ends).answers
    assert isinstance(missing, Missing) and answer.dict() == {0: 1}
    assert (ended.type, ended.text) == ("SystemExit", "x" * kinds.LENGTH)


def test_a_clustering_is_what_has_a_number_of_clusters_whatever_else_it_lacks():
    seen = Fitted.see(SimpleNamespace(n_clusters=np.int64(2), random_state=0, cluster_centers_=[[7.0], [8.0]],
                                      labels_=[0, 1, 1]))
    assert (seen.type, seen.k, type(seen.k), seen.seeded) == ("SimpleNamespace", 2, int, 1)
    assert seen.centroids.values.tolist() == [[7], [8]] and seen.labels.values.tolist() == [0, 1, 1]
    bare = Fitted.see(SimpleNamespace(n_clusters=2))
    assert bare.seeded == 0 and isinstance(bare.centroids, Missing) and isinstance(bare.labels, Missing)
    assert Fitted.see(SimpleNamespace(n_clusters=2, random_state=None)).seeded == 0
    for value in (KMeans, [7], len, "a model", SimpleNamespace(n_clusters="two")):
        assert Fitted.see(value).type == type(value).__name__


@pytest.mark.parametrize(("value", "seen"), [
    ([3, 1, 2], ("int64", (3,), 1, 3, [0, 1, 2], [3, 1, 2])),
    ((0.5, 2), ("float64", (2,), 0.5, 2, [0, 1], [0.5, 2])),
    (np.array([2, Fraction(1, 2)], object)[:1], ("int64", (1,), 2, 2, [0], [2])),   # each number an object of its own
    (np.array([1, 2], ">i4"), ("int32", (2,), 1, 2, [0, 1], [1, 2])),               # another machine's order of bytes
    (np.array([[1, 2], [3, 4]], "uint8").T, ("uint8", (2, 2), 1, 4, [0, 1], [[1, 3], [2, 4]])),
    (np.array([True, False]), ("bool", (2,), 0, 1, [0, 1], [True, False])),
    ([], ("float64", (0,), 0, 0, [], []))])
def test_an_array_is_anything_of_numbers(value, seen):
    assert fields(Array.see(value)) == seen


@pytest.mark.parametrize("value", [
    "text", b"bytes", {1: 2}, len, np.poly1d([1, 2]), 7, np.float64(7), np.array(7), ["a", "b"], [[1], [2, 3]],
    [1, None], np.array([1j]), np.array([1, 2], "M8[s]"), np.array(["a"], object)])
def test_what_holds_no_row_of_numbers_is_no_array(value):
    seen = Array.see(value)
    assert isinstance(seen, Other) and seen.type == type(value).__name__


@pytest.mark.parametrize(("value", "type_", "number"), [
    (7, "int", 7.0), (0.25, "float", 0.25), (np.float32(0.5), "float32", 0.5), (np.array(3), "ndarray", 3.0),
    (Fraction(1, 4), "Fraction", 0.25)])
def test_a_number_is_one_of_any_type(value, type_, number):
    seen = Number.see(value)
    assert (seen.type, seen.value, type(seen.value)) == (type_, number, float)


@pytest.mark.parametrize("value", ["7", b"7", True, np.True_, [7], np.array([7]), (7,), len, 1j])
def test_what_is_not_one_number_is_something_else(value):
    assert isinstance(Number.see(value), Other)


@pytest.mark.parametrize("value", [
    {0: 7, 2: 3}, OrderedDict({0: 7, 2: 3}), Counter({0: 7, 2: 3}), {0.0: 7, np.int32(2): np.uint8(3)},
    {np.str_("0").__len__() - 1: np.array([7]), 2: 3.0}])
def test_a_dict_is_one_of_whole_numbers_however_they_are_kept(value):
    seen = Mapping.see(value)
    assert seen.dict() == {0: 7, 2: 3} and {seen.keys.dtype.name, seen.values.dtype.name} == {"int64"}


def test_an_empty_dict_is_one_of_whole_numbers():
    seen = Mapping.see({})
    assert seen.dict() == {} and {seen.keys.dtype.name, seen.values.dtype.name} == {"int64"}


@pytest.mark.parametrize("value", [[(0, 7)], {0: "7"}, {0: 7.5}, {0: None}, {0: [7, 8]}, {0: 2 ** 63}, {"0": 7}])
def test_a_dict_of_anything_else_is_something_else(value):
    seen = Mapping.see(value)
    assert isinstance(seen, Other) and seen.type == type(value).__name__


def test_only_the_rows_that_the_nonce_names_are_handed_out(monkeypatch):
    monkeypatch.setenv(wire.NONCE, "one")
    first = Sampled.see(np.arange(60000), "x_train", wire.nonce()).rows
    monkeypatch.setenv(wire.NONCE, "two")
    second = Sampled.see(np.arange(60000), "x_train", wire.nonce()).rows
    assert len(first) == len(second) == Sampled.sampled
    assert set(first) != set(second)


@pytest.mark.parametrize("shape", [(784, 60000), (1, 47_040_000), (60000, 784)])
def test_evidence_stays_small_whatever_shape_an_array_has(shape):
    seen = Sampled.see(np.zeros(shape, "float32"), "X_train", "practice")
    assert seen.shape == shape and seen.values.nbytes <= LARGEST


def test_evidence_of_an_array_that_is_far_too_large_says_its_shape():
    seen = Array.see(np.zeros((60000, 784), "float32"))
    assert str(seen) == "(60000, 784) numbers (of type ndarray)"


def figure_of(images, rows, columns, **draw):
    figure = Figure()
    for axes, (title, image) in zip(figure.subplots(rows, columns, squeeze=False).flat, images.items()):
        axes.imshow(image, **draw)
        axes.set_title(title)
    return figure


def drawn(image, change=lambda axes: None, **draw):
    """Return the one image of a figure as it is seen, in axes that are changed after it is drawn."""
    figure = figure_of({"": image}, 1, 1, **draw)
    change(figure.axes[0])
    return Seen.see(figure).images[0]


def test_a_figure_is_seen_in_reading_order_as_it_is_drawn():
    seen = Seen.see(figure_of({"one": IMAGE, "two": -IMAGE, "three": IMAGE.T, "four": IMAGE}, 2, 2, cmap="Greys"))
    assert [(shown.row, shown.column, shown.words) for shown in seen.images] == [
        (0, 0, "one"), (0, 1, "two"), (1, 0, "three"), (1, 1, "four")]
    assert {shown.colours for shown in seen.images} == {"Greys"}
    assert seen.images[0].image[0, 0] == 0 and seen.images[0].image[-1, -1] == 255
    assert seen.described() == "4 images in 2 rows: one, two; three, four"
    assert Seen.see(figure_of({"": IMAGE}, 1, 1)).described() == "1 image in 1 row: untitled"


def test_places_are_those_of_the_axes_wherever_they_were_put():
    figure = Figure()
    for name, place in {"d": (0.51, 0.004, .2, .2), "a": (0, 0.7, .2, .2), "c": (0.5, 0.4, .2, .2),
                        "b": (0.505, 0.695, .2, .2)}.items():
        axes = figure.add_axes(place)
        axes.imshow(IMAGE)
        axes.set_title(name)
    figure.add_axes((0, 0, 1, 1)).plot([1, 2])              # no image
    hidden = figure.add_axes((0.8, 0.8, .1, .1))
    hidden.imshow(IMAGE)
    hidden.set_visible(False)
    assert [(shown.words, shown.row, shown.column) for shown in Seen.see(figure).images] == [
        ("a", 0, 0), ("b", 0, 1), ("c", 1, 1), ("d", 2, 1)]


GRID = [(row, column) for row in range(3) for column in range(3)]


@pytest.mark.parametrize("layout", [None, "constrained", "tight", "compressed"])
@pytest.mark.parametrize("location", ["right", "bottom"])
@pytest.mark.parametrize("barred", [[8], [0, 4, 5], [*range(9)]], ids=len)
def test_a_colour_bar_takes_no_image_out_of_its_row_or_column(layout, location, barred):
    figure = figure_of({str(number): IMAGE for number in range(9)}, 3, 3)
    figure.set_layout_engine(layout)
    for number in barred:
        axes = figure.axes[number]
        figure.colorbar(axes.images[0] if number else ScalarMappable(), ax=axes, location=location)
    assert [(shown.row, shown.column) for shown in Seen.see(figure).images] == GRID
    FigureCanvasAgg(figure).draw()
    assert [(shown.row, shown.column) for shown in Seen.see(figure).images] == GRID


def test_images_of_other_heights_and_grids_in_grids_stand_where_their_places_are():
    figure = figure_of({str(number): IMAGE[:10] if number == 4 else IMAGE for number in range(9)}, 3, 3)
    figure.axes[4].set_anchor("N")
    FigureCanvasAgg(figure).draw()                          # ... moves it up
    assert [(shown.row, shown.column) for shown in Seen.see(figure).images] == GRID
    nested = Figure()
    for row in nested.add_gridspec(3, 1):
        for place in row.subgridspec(1, 3):
            nested.add_subplot(place).imshow(IMAGE)
    nested.colorbar(nested.axes[1].images[0], ax=nested.axes[1])
    assert [(shown.row, shown.column) for shown in Seen.see(nested).images] == GRID


def upside_down(axes):
    axes.invert_yaxis()


def mirrored(axes):
    axes.invert_xaxis()


def upwards(axes):
    axes.set_ylim(sorted(axes.get_ylim()))


def on_screen(figure):
    """Return what Matplotlib really draws of an image of two by two pixels that fills its figure."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    shown = np.asarray(canvas.buffer_rgba())[..., 0]
    return shown[[len(shown) // 4, -len(shown) // 4]][:, [shown.shape[1] // 4, -shown.shape[1] // 4]]


@pytest.mark.parametrize("draw", [{}, {"origin": "lower"}, {"extent": (2, 0, 0, 2)}, {"extent": (0, 2, 2, 0)},
                                  {"extent": (0, 2, 0, 2), "origin": "lower"}, {"extent": (2, 0, 2, 0)}], ids=str)
@pytest.mark.parametrize("change", [lambda axes: None, upside_down, mirrored, upwards])
def test_an_image_is_seen_as_it_is_drawn(draw, change):
    figure = Figure()
    axes = figure.add_axes((0, 0, 1, 1))
    axes.imshow([[0, 1], [2, 3]], cmap="gray", aspect="auto", **draw)
    change(axes)
    assert Seen.see(figure).images[0].image.tolist() == on_screen(figure).tolist()


def test_the_words_beside_an_image_are_those_that_can_be_read():
    def say(axes):
        for place in ("left", "center", "right"):
            axes.set_title(place, loc=place)
        axes.set_xlabel("below")
        axes.text(3, 3, "inside")

    assert drawn(IMAGE, say).words == "center left right below inside"
    assert drawn(IMAGE, lambda axes: (say(axes), axes.axis("off"))).words == "center left right inside"
    assert drawn(IMAGE, lambda axes: (say(axes), axes.xaxis.set_visible(False))).words == "center left right inside"
    assert len(drawn(IMAGE, lambda axes: axes.set_title("x" * 1000)).words) == kinds.LENGTH


@pytest.mark.parametrize(("scale", "named"), [
    ("gray", "gray"), ("Greys_r", "Greys_r"), ("viridis", "viridis"),
    (LinearSegmentedColormap.from_list("own", ["black", "white"]), "gray"),
    (LinearSegmentedColormap.from_list("own", ["white", "black"]), "gray"),
    (LinearSegmentedColormap.from_list("gray", ["black", "white"]), "gray"),
    (LinearSegmentedColormap.from_list("own", ["black", "red"]), "own"),
    (LinearSegmentedColormap.from_list("own", [(.5, .5, .5), (.5, .5, .51)]), "own"),
    (LinearSegmentedColormap.from_list("own", ["black", (.4, .4, .4)]), "own"),         # too dark to tell digits
    (LinearSegmentedColormap.from_list("own", ["black", (.6, .6, .6)]), "gray"),
    (LinearSegmentedColormap.from_list("own", ["black", (0.6, 0.6, 0.6), "red"]), "own"),
    (LinearSegmentedColormap.from_list("own", ["black", "red", "white"]), "own"),
    (ListedColormap([colormaps["gray"](n) for n in (0, 255)], name="own"), "gray")])
def test_a_scale_of_ones_own_from_dark_to_bright_is_grey(scale, named):
    assert drawn(IMAGE, cmap=scale).colours == named


def test_an_image_of_colours_is_grey_where_the_three_agree():
    grey = np.repeat((IMAGE / 784)[..., None], 3, axis=2)
    assert drawn(grey).colours == "gray" and np.array_equal(drawn(grey).image, kinds.stretch(IMAGE))
    assert drawn(np.dstack([grey, np.full((28, 28), .5)])).colours == "gray"        # see-through, and grey
    red = np.dstack([IMAGE, IMAGE.T, IMAGE]) / 784
    assert drawn(red).colours == "rgb" and np.array_equal(drawn(red).image, kinds.stretch(IMAGE))


def test_a_large_image_is_cut_and_stretched_from_its_darkest_to_its_brightest_pixel():
    assert drawn(np.arange(10_000.).reshape(100, 100)).image.shape == (kinds.SIDE, kinds.SIDE)
    assert kinds.stretch([[10, 20], [30, 60]]).tolist() == [[0, 51], [102, 255]]
    assert kinds.stretch(np.array([[100, 250]], "uint8")).tolist() == [[0, 255]]
    assert kinds.stretch([["0", "1"]]).tolist() == [[0, 255]]
    for image in ([[7, 7]], [[0, np.nan]], [[0, np.inf]]):
        assert kinds.stretch(image).tolist() == [[0, 0]]


@pytest.mark.parametrize("value", [Figure, np.zeros((2, 2)), Figure().subplots(), "a figure", 7])
def test_what_draws_no_figure_is_something_else(value):
    assert Seen.see(value).type == type(value).__name__
