"""Work that was not done, shown by a process that knows its nonce and may hand out what it likes: it earns nothing."""

import copy

import numpy as np
import pytest
from forged import (
    Fitted,
    class_means,
    means_of_random_groups,
    pixels,
    random_points,
    score_of,
    several_to_a_class,
    some_images,
    with_model,
)
from genuine import IMPORTS, NONCE, grid, hand_out, judged, within

from helpers import clusters, truth
from helpers.images import Sampled
from helpers.kit.kinds import Fitted as Seen
from helpers.kit.kinds import stretch


def test_the_means_of_the_true_classes_are_no_clustering(names, monkeypatch):
    forged = with_model(names, Fitted(class_means()))
    assert [score_of(monkeypatch, step, forged) for step in "fgh"] == [0, 0, 0]


def test_five_clusters_in_each_true_class_are_no_clustering(names, monkeypatch):
    forged = with_model(names, Fitted(several_to_a_class(5)))
    assert [score_of(monkeypatch, step, forged) for step in "ij"] == [0, 0]


@pytest.mark.parametrize("number", [2, 6, 10])
def test_more_centroids_do_not_hide_that_they_were_made_with_digits(names, monkeypatch, number):
    forged = with_model(names, Fitted(several_to_a_class(number)))
    made = f"_{10 * number}"
    forged |= {name.replace(made, "_10"): value for name, value in forged.items() if name.endswith(made)}
    assert [score_of(monkeypatch, step, forged) for step in "fgh"] == [0, 0, 0]


@pytest.mark.parametrize(("k", "steps"), [(10, "fgh"), (50, "ij")])
@pytest.mark.parametrize("points", [some_images, random_points, means_of_random_groups])
def test_points_that_were_not_fitted_are_no_centroids(names, monkeypatch, points, k, steps):
    forged = with_model(names, Fitted(points(k)))
    assert [score_of(monkeypatch, step, forged) for step in steps] == [0] * len(steps)


def test_the_costliest_centroids_with_labels_that_disagree_are_refused_in_time(names, monkeypatch):
    model = Fitted(pixels()[:clusters.MOST] / 3, labels=np.zeros(60000, "int64"))
    content = hand_out(monkeypatch, "h", names | {"kmeans_10": model})
    with within(1):
        assert judged("h", content)[0] == 0


@pytest.mark.parametrize(("k", "step"), [(10, "f"), (50, "i")])
def test_labels_must_name_the_nearest_centroid(names, monkeypatch, k, step):
    centroids = names[f"kmeans_{k}"].cluster_centers_
    shuffled = Fitted(centroids[::-1], names[f"kmeans_{k}"].labels_)
    assert score_of(monkeypatch, step, names | {f"kmeans_{k}": shuffled}) == 0
    noise = Fitted(np.random.default_rng(0).random((k, 784)), names[f"kmeans_{k}"].labels_)
    assert score_of(monkeypatch, step, names | {f"kmeans_{k}": noise}) == 0


@pytest.mark.parametrize(("k", "steps"), [(10, "gh"), (50, "i")])
def test_the_truth_is_no_prediction(names, monkeypatch, k, steps):
    forged = names | {f"number_labels_{k}": names["y_train"], f"accuracy_{k}": 1.0}
    assert [score_of(monkeypatch, step, forged) for step in steps] == [0] * len(steps)


@pytest.mark.parametrize("value", [0.5, 0.9, 55.15, 33090, -0.5515, np.nan, np.inf, -np.inf, True, "0.5515"])
def test_an_accuracy_must_be_that_of_the_digits(names, monkeypatch, value):
    assert score_of(monkeypatch, "h", names | {"accuracy_10": value}) == 0
    assert score_of(monkeypatch, "i", names | {"accuracy_50": value}) == 0


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300, -1e308, 1e6])
@pytest.mark.parametrize("rows", [0, slice(None)])
def test_numbers_beyond_measure_are_no_centroids(names, monkeypatch, value, rows):
    model = Fitted(some_images(10), labels=())
    model.cluster_centers_ = names["kmeans_10"].cluster_centers_.astype("float64")
    model.cluster_centers_[rows, 0] = value
    assert score_of(monkeypatch, "f", names | {"kmeans_10": model}) == 0


@pytest.mark.parametrize("values", [
    [1e-300, -1], [5e-324, -999_999], [-2 ** 63, 1], [2 ** 64 - 1, 0], [-0.0, -0.0], [1e-30, 1e-30], [1e5, -1e5]])
@pytest.mark.parametrize("dtype", ["float64", "int64"])
def test_no_inertia_is_too_undefined_to_be_compared(names, monkeypatch, values, dtype):
    model = Fitted(some_images(10), labels=())
    model.labels_ = None
    with np.errstate(all="ignore"):
        model.cluster_centers_ = np.resize(np.array(values, "float64").astype(dtype), (10, 784))
    assert score_of(monkeypatch, "f", names | {"kmeans_10": model}) == 0


@pytest.mark.parametrize("undefined", ["inertia", "shift"])
def test_an_undefined_measure_is_no_good_one(names, genuine, monkeypatch, undefined):
    good = truth.about(Seen.see(names["kmeans_10"]))
    monkeypatch.setattr(clusters, "about", lambda model: good._replace(**{undefined: np.nan}))
    assert judged("f", genuine["f"])[0] == 0


@pytest.mark.parametrize("row", [0, 30_000])
@pytest.mark.parametrize("value", [np.nan, np.inf, 1e30, -5])
def test_one_wrong_pixel_in_images_that_nobody_samples_shows(names, monkeypatch, row, value):
    for step, name in ("b", "x_train"), ("d", "scaled_train"), ("e", "X_train"):
        array = names[name].astype("float32")
        rows = Sampled.sample(NONCE, name.replace("scaled", "x"), 60000)
        array[row if row not in rows else row + 1].flat[0] = value
        assert score_of(monkeypatch, step, names | {name: array}) == 0, step


@pytest.mark.parametrize("change", [lambda a: a[:1000], lambda a: a[:32], lambda a: np.concatenate([a, a]),
                                    lambda a: a[..., None], lambda a: a[:, :0], lambda a: a[:0], lambda a: a[::-1],
                                    lambda a: a.astype("float16"), lambda a: a > 0.5, lambda a: 1 - a])
def test_other_images_do_not_earn_step_d(names, monkeypatch, change):
    assert score_of(monkeypatch, "d", names | {"scaled_train": change(names["scaled_train"])}) == 0


@pytest.mark.parametrize("images", [
    np.zeros((9, 28, 28)), np.ones((9, 784)).reshape(9, 28, 28), np.random.default_rng(0).random((9, 28, 28)),
    np.zeros((9, 1, 1)), np.zeros((9, 40, 40))])
def test_other_pictures_do_not_earn_step_c(names, monkeypatch, images):
    drawn = np.array(names["x_train"][:9])
    assert score_of(monkeypatch, "c", names | {"digits_figure": grid(images, range(9), 3, 3)}) == 0
    some = [*images[:4], *drawn[4:]]
    assert score_of(monkeypatch, "c", names | {"digits_figure": grid(some, range(9), 3, 3)}) == 0


@pytest.mark.parametrize(("title", "earned"), [
    ("{digit}", 1), ("cluster {c}: {digit}", 1), ("{next}. {digit}", 1), ("{digit} (0.93)", 1),
    ("{digit}, n = 1204", 1), ("0 1 2 3 4 5 6 7 8 9", 0), ("0123456789", 0), ("{digit} or {other}", 0), ("{c}", 0),
    ("", 0), ("{other}", 0), ("0,1,2,3,4,5,6,7,8,9", 0), ("٣", 0), ("0.{digit}", 0)])
def test_a_title_names_one_digit(names, monkeypatch, title, earned):
    digits = names["reference_labels_50"]
    words = [title.format(c=c, next=c + 1, digit=digits.get(c, 0),
                          other=next(d for d in range(10) if d not in (digits.get(c), c, c + 1))) for c in range(50)]
    forged = names | {"centroids_figure": grid(names["centroids_50"], words, 5, 10)}
    assert score_of(monkeypatch, "j", forged) == earned


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e308, -1e308, 1e7])
def test_numbers_beyond_measure_are_not_centroids_50(names, monkeypatch, value):
    for some in (np.s_[:], np.s_[0], np.s_[0, 0, 0]):
        centroids = names["centroids_50"].astype("float64")
        centroids[some] = value
        centroids[0, 1, 1] = -1e308
        assert score_of(monkeypatch, "j", names | {"centroids_50": centroids}) == 0


def test_an_undefined_image_is_not_a_constant_one(names, monkeypatch):
    centroids = np.array(names["kmeans_50"].cluster_centers_)
    centroids[0] = 0
    forged = with_model(names, Fitted(centroids))
    assert score_of(monkeypatch, "j", forged) == 1
    forged["centroids_50"] = np.array(forged["centroids_50"])           # else the model would change with it
    forged["centroids_50"][0] = np.nan
    assert score_of(monkeypatch, "j", forged) == 0


@pytest.mark.parametrize("values", [[-1e308, 1e308], [0, np.nan], [0, np.inf], [-np.inf, 0], [7, 7]])
def test_a_picture_of_numbers_beyond_measure_is_black(values):
    assert not stretch([values]).any()


def test_another_number_of_centroids_does_not_earn_step_j(names, monkeypatch):
    for k in (1, 49, 51, 300):
        assert score_of(monkeypatch, "j", names | {"kmeans_50": Fitted(some_images(k), labels=())}) == 0


def test_centroids_in_one_place_are_no_grid(genuine):
    content = copy.deepcopy(genuine["j"])
    for image in content["seen"]["centroids_figure"]["images"][:-1]:
        image["row"], image["column"] = 0, 0
    assert judged("j", content)[0] == 0


def test_the_helpers_hold_no_answer_to_step_f():
    pairs = clusters.Trials.trials(NONCE)
    for function in (value for value in vars(clusters).values() if callable(value)):
        try:
            answers = [function(*pair) for pair in pairs]
        except Exception:
            continue
        assert not all(isinstance(answer, dict) for answer in answers), function


@pytest.mark.parametrize(("written", "earned"), [
    ("import matplotlib", 0), ("import matplotlib.ticker as plt", 0), ("from matplotlib import *", 0),
    ("import matplotlib.pyplot", 1), ("from matplotlib import pyplot as plt", 1),
    ("from matplotlib.pyplot import *", 1)])
def test_matplotlib_alone_is_not_pyplot(genuine, written, earned):
    source = IMPORTS.replace("import matplotlib.pyplot as plt", written)
    assert judged("a", genuine["a"], source=source)[0] == earned


@pytest.mark.parametrize("written", ["import sklearn", "import sklearn.metrics", "from sklearn import cluster, metrics",
                                     "from sklearn import *"])
def test_a_package_that_loads_its_modules_itself_is_enough(genuine, written):
    source = "\n".join([*IMPORTS.split("\n")[:3], written])
    assert judged("a", genuine["a"], source=source)[0] == 1


def answers(names, monkeypatch, function):
    return score_of(monkeypatch, "f", names | {"retrieve_info": function})


def test_a_function_that_finds_no_majority_does_not_earn_step_f(names, monkeypatch):
    for function in (lambda labels, y: {}, lambda labels, y: {c: 5 for c in range(500)}, lambda labels, y: None,
                     lambda labels, y: dict(enumerate(range(10))), lambda labels, y: {c: 2 ** 70 for c in range(10)},
                     lambda labels, y: names["reference_labels_10"]):
        assert answers(names, monkeypatch, function) == 0
