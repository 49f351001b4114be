"""Which cause a check names, and how it names what it found, for troubles that no example submission has."""

import copy
import dataclasses
import re

import numpy as np
import pytest
from genuine import NONCE, add_centroids, add_clustering, array, hand_out, judged

from helpers import clusters, data, lab
from helpers.clusters import Trials
from helpers.figures import Needed
from helpers.kit import wire
from helpers.kit.kinds import Answers, Figure, Fitted, Mapping, Missing, Number, Other
from helpers.kit.verdict import CheckFailed
from helpers.kit.wire import OtherRun


def other(name):
    return lambda seen: Other(name, "…")


def changed(**fields):
    """Return a function that changes fields of what a check saw."""
    return lambda seen: dataclasses.replace(seen, **fields)


def values(change):
    """Return a function that changes the values of an array and says nothing of it."""
    return lambda seen: dataclasses.replace(seen, values=change(seen.values))


def missing(seen):
    return Missing()


def raises(name, text):
    """Return a function that makes the first trial of retrieve_info end in an error."""
    return lambda seen: Answers((Other(name, text), *seen.answers[1:]))


def answers(name):
    return raises(name, "…")


def function(retrieve_info):
    """Return a function that tries a student's retrieve_info in the place of what was seen."""
    return lambda seen: Trials.see(retrieve_info, "retrieve_info", NONCE)


def only(number, answer):
    """Return a function that changes one answer of retrieve_info to the dict that is made of it."""
    def change(seen):
        given = [*seen.answers]
        given[number] = answer(given[number])
        return Answers(tuple(given))
    return change


def pictures(change):
    """Return a function that changes each image of a figure."""
    return lambda seen: Figure(tuple(dataclasses.replace(image, image=change(image.image)) for image in seen.images))


def one_in(colours):
    """Return a function that changes the colours of the fourth image alone."""
    return lambda seen: Figure(tuple(dataclasses.replace(image, colours=colours if place == 3 else image.colours)
                                     for place, image in enumerate(seen.images)))


def keras_from(module):
    """Return a function that gives another module than Keras itself to a student who imported Keras from elsewhere."""
    return lambda seen: Needed((*(name for name in seen.imports if not name.startswith("keras")), module))


def titled(words, order=slice(None)):
    """Return a function that puts a figure's images in another order, with titles made of place, centroid and title."""
    def change(seen):
        images = [*enumerate(seen.images)][order]
        return Figure(tuple(dataclasses.replace(
            seen.images[place], image=image.image, words=words(place, centroid, image.words))
            for place, (centroid, image) in enumerate(images)))
    return change


def by_cluster(find):
    """Return a retrieve_info that finds something in the digits of each cluster that occurs."""
    return lambda labels, digits: {c: find(digits[labels == c]) for c in np.unique(labels)}


def counted(digits):
    return np.unique(digits, return_counts=True)[1]


def most(digits):
    return int(np.bincount(digits, minlength=10).argmax())


@pytest.fixture
def failure(genuine):
    """Return a function that judges the evidence of a finished step with one thing changed."""
    def judge(step, name, change):
        seen = lab.read(step, genuine[step], NONCE)
        verdict = lab.judge(step, {**seen, name: change(seen[name])}, NONCE)
        return None if verdict.passed else verdict
    return judge


OUTSIDE = "an array from outside"
NO_CLUSTER = "clusters that do not occur"
RAISED = [
    ("NameError", "name 'x' is not defined", "misspelt"), ("NameError", "x", "no value"),
    ("NotFittedError", "not fitted", "from outside"), ("ModuleNotFoundError", "No module", "NumPy is enough"),
    ("IndexError", "List assignment index out of range", "a list's way"),
    ("AttributeError", "'dict' object has no attribute 'append'", "a list's way"),
    ("AttributeError", "'numpy.ndarray' object has no attribute 'x'", "another kind of object"),
    ("AttributeError", "module 'numpy' has no attribute 'x'", "another kind of object"),
    ("TypeError", "'dict' object is not callable", "does not work for these arrays"),
    ("IndexError", "Boolean index did not match", OUTSIDE), ("ValueError", "could not be broadcast", OUTSIDE),
    ("ValueError", "must be of the same length", OUTSIDE), ("ValueError", "of equal length", OUTSIDE),
    ("TypeError", "f() takes 1 positional argument but 2 were given", "two arguments"),
    ("ValueError", "argmax of an empty sequence", NO_CLUSTER), ("IndexError", "index 5 is out of bounds", NO_CLUSTER),
    ("StatisticsError", "no mode", NO_CLUSTER), ("ValueError", "zero-size array", NO_CLUSTER),
    ("StopIteration", "", "does not work for these arrays"), ("OddException", "7", "does not work for these arrays")]


@pytest.mark.parametrize(("name", "text", "cause"), RAISED)
def test_an_error_in_the_function_is_explained(failure, name, text, cause):
    found = failure("f", "retrieve_info", raises(name, text))
    assert cause in found.likely and found.found == f"{name}: {text}" and "only the two arguments" in found.hint


CAUSES = [
    ("f", "retrieve_info", other("int"), "something else"),
    ("f", "retrieve_info", missing, "forgotten or is misspelt"),
    ("f", "retrieve_info", lambda seen: Answers(seen.answers[:4]), "not whole"),
    *(("f", "retrieve_info", answers(name), "one whole number") for name in ("dict", "Counter", "defaultdict")),
    ("f", "retrieve_info", answers("list"), "something else than a dict"),
    ("f", "retrieve_info", lambda seen: Answers((array([1, 2]), *seen.answers[1:])), "something else than a dict"),
    ("f", "retrieve_info", function(by_cluster(lambda digits: counted(digits).argmax())), "the place of the digit"),
    ("f", "retrieve_info", function(by_cluster(lambda digits: counted(digits).max())), "argmax the digit"),
    ("f", "retrieve_info", function(by_cluster(lambda digits: (most(digits) + 1) % 10)), "not counted per cluster"),
    ("f", "retrieve_info", function(lambda labels, digits: {
        c: most(digits[labels == c]) for c in range(10)}), "misses larger ones"),
    ("f", "retrieve_info", function(lambda labels, digits: {
        c: (most(digits[labels == c]) + 1) % 10 for c in range(50)}), "not counted per cluster"),
    ("f", "retrieve_info", function(lambda labels, digits: {
        labels.max(): most(digits[labels == labels.max()])}), "made anew in each round"),
    ("f", "retrieve_info", function(lambda labels, digits: {
        most(digits[labels == c]): c for c in np.unique(labels)}), "the dict is reversed"),
    ("g", "reference_labels_10", other("dict"), "not one whole number"),
    ("f", "retrieve_info", only(5, lambda given: Mapping(given.keys, (given.values + 1) % 10)), "not counted"),
    ("f", "retrieve_info", only(4, lambda given: Mapping(given.keys, (given.values + 1) % 10)), "not counted"),
    ("f", "kmeans_10", other("type"), "n_clusters are missing"),
    ("f", "kmeans_10", other("ABCMeta"), "n_clusters are missing"),
    ("f", "kmeans_10", other("method"), "fit was named and not called"),
    ("f", "kmeans_10", other("ndarray"), "the result of another call"),
    ("f", "kmeans_10", changed(type="KMedoids"), "another class of clustering was used"),
    ("f", "kmeans_10", changed(k=8), "was left out"),
    ("f", "kmeans_10", changed(k=12), "another number of clusters was asked for"),
    ("f", "kmeans_10", changed(centroids=Missing()), "fit was not called"),
    ("f", "kmeans_10", changed(labels=array(np.zeros(70000, "int32"))), "on the test images as well"),
    ("f", "kmeans_10", changed(labels=array(np.zeros(10000, "int32"))), "on the test images"),
    ("f", "kmeans_10", changed(labels=array(np.zeros(70001, "int32"))), "on a part of the images"),
    ("f", "kmeans_10", changed(centroids=array(np.ones((9, 784)))), "changed after the fit"),
    ("f", "kmeans_10", changed(centroids=array(np.ones((10, 1)))), "on the digits"),
    ("f", "kmeans_10", changed(centroids=array(np.ones((10, 28)))), "step e comes first"),
    ("g", "reference_labels_10", missing, "forgotten or is misspelt"),
    ("g", "reference_labels_10", other("function"), "the function itself"),
    ("g", "reference_labels_10", lambda seen: Mapping(seen.values, seen.keys), "digits lead to clusters"),
    ("g", "reference_labels_10", lambda seen: Mapping(seen.keys[:7], seen.values[:7]), "another clustering"),
    ("g", "reference_labels_10", lambda seen: Mapping(seen.keys, seen.values[::-1]), "another fit"),
    *(("g", "number_labels_10", lambda seen, text=text: Other("ndarray", text), cause) for text, cause in [
        ("array(['7', '1'], dtype='<U1')", "as text"), ("['7', '1']", "as text"), ("[np.str_('7')]", "as text"),
        ("array([['7'], ['1']], dtype=object)", "as text"), ("'7'", "something else"), ("['seven']", "something else"),
        ("(60000, 10) numbers", "something else")]),
    ("g", "number_labels_10", lambda seen: array(seen.values[:10000]), "for the test images"),
    ("g", "number_labels_10", lambda seen: array(seen.values[:10]), "one digit for each cluster"),
    ("g", "number_labels_10", lambda seen: array(np.tile(seen.values, 2)), "filled again"),
    ("g", "number_labels_10", lambda seen: array(seen.values[:7]), "not one digit an image"),
    ("g", "number_labels_10", lambda seen: array(seen.values.reshape(60000, 1)), "in a row of its own"),
    ("g", "number_labels_10", lambda seen: array(seen.values.reshape(1, 60000)), "not one digit an image"),
    ("g", "number_labels_10", lambda seen: array(np.where(seen.values == 0, 10, seen.values)), "in another mapping"),
    ("i", "number_labels_50", lambda seen: array(data.mnist().y_train.astype(int)), "this is y_train itself"),
    ("f", "kmeans_10", lambda seen: dataclasses.replace(seen, labels=array(seen.labels.values[::-1])),
     "changed after the fit"),
    ("h", "accuracy_10", other("tuple"), "comma"), ("h", "accuracy_10", other("function"), "brackets"),
    ("h", "accuracy_10", other("method"), "brackets"), ("h", "accuracy_10", other("str"), "a text"),
    ("h", "accuracy_10", other("list"), "not kept"),
    ("h", "accuracy_10", other("ndarray"), "their mean"),
    ("h", "accuracy_10", lambda seen: Number("float", 100 * seen.value), "percent"),
    ("h", "accuracy_10", lambda seen: Number("int", 60000 * seen.value), "counts images"),
    ("h", "accuracy_10", lambda seen: Number("float", 12.0), "typed in"),
    ("h", "accuracy_10", lambda seen: Number("float", 1 - seen.value), "wrong digits"),
    ("h", "accuracy_10", lambda seen: Number("float", seen.value - 0.0051), "typed in or rounded too far"),
    ("h", "number_labels_10", other("list"), "does not hold yet"),
    ("h", "number_labels_10", lambda seen: array(seen.values[:10000]), "does not hold yet"),
    ("c", "digits_figure", other("ndarray"), "axes, say"), ("c", "digits_figure", other("Figure"), "axes.title"),
    ("j", "centroids_figure", other("Figure"), "axes.title"),
    ("c", "digits_figure", lambda seen: Figure(()), "before it drew"),
    ("c", "digits_figure", pictures(lambda image: image[::-1]), "upside down"),
    ("c", "digits_figure", pictures(lambda image: image[::-1, ::-1]), "turned or cut"),
    ("c", "digits_figure", lambda seen: Figure(seen.images[:8]), "another number of images"),
    ("c", "digits_figure", one_in("viridis"), "changes only the last image"),
    ("c", "digits_figure", one_in("rgb"), "red, green and blue"),
    ("c", "digits_figure", one_in("hot"), "another colour map was named"),
    ("j", "centroids_figure", missing, "it was forgotten"), ("j", "centroids_50", missing, "forgotten or is misspelt"),
    ("j", "centroids_50", changed(shape=(50, 100)), "reshaped to another size"),
    ("j", "centroids_figure", titled(lambda place, centroid, title: title if place == 8 else ""), "only one title"),
    ("j", "centroids_figure", titled(lambda place, centroid, title: title * (place < 2)), "in another order"),
    ("j", "centroids_figure", titled(lambda place, centroid, title: title if place != 30 else ""), "in another order"),
    ("j", "centroids_figure", titled(lambda place, centroid, title: f"{title} or {(int(title) + 1) % 10}"),
     "in another order"),
    ("j", "centroids_figure", other("ndarray"), "axes, say"),
    ("j", "centroids_figure", lambda seen: Figure(()), "before it drew"),
    ("j", "centroids_figure", lambda seen: Figure(seen.images[:49]), "another number of images"),
    ("j", "centroids_50", changed(high=float("inf")), "undefined, infinite or very large"),
    ("j", "centroids_50", changed(low=-1e7), "undefined, infinite or very large"),
    ("j", "centroids_50", lambda seen: array(np.round(seen.values).astype("int64")), "fractions were cut off"),
    ("j", "centroids_50", lambda seen: array(np.round(2 * seen.values).astype("int64")), "another model"),
    ("j", "centroids_50", lambda seen: array(seen.values[::-1]), "another order"),
    ("j", "centroids_50", lambda seen: array(np.sqrt(np.abs(seen.values))), "another model"),
    ("d", "x_train", changed(high=1 / 255), "divided by 255 twice"),
    ("d", "x_train", changed(high=2.0), "another number than 255"),
    ("d", "x_train", changed(high=float("nan")), "another number than 255"),
    ("d", "x_train", changed(high=0.0), "cut off"), ("d", "x_train", changed(dtype="int64"), "cut off"),
    ("d", "x_train", changed(high=255.0), "only the other array"),
    ("d", "x_test", changed(high=255.0), "only the other array"),
    ("d", "x_train", changed(dtype="float64"), "twice the memory"),
    ("d", "x_test", missing, "forgotten or is misspelt"), ("d", "x_test", changed(shape=(9, 28, 28)), "only a part"),
    ("d", "x_train", values(lambda given: given * np.float32(0.99)), "was scaled by a number of its own"),
    ("d", "x_train", values(np.floor), "// gives whole numbers"),
    ("d", "x_train", changed(dtype="float16"), "another dtype was asked for"),
    ("b", "x_train", changed(shape=(10000, 28, 28)), "the shape of x_test"),
    ("b", "x_train", changed(shape=(59999, 28, 28)), "only a part"),
    ("b", "x_train", changed(shape=(3,)), "its shape, not the array"),
    ("b", "x_train", changed(shape=(60000, 784)), "was reshaped"),
    ("b", "y_train", changed(shape=(59999,)), "only a part"), ("b", "y_train", changed(shape=(60001,)), "was reshaped"),
    ("b", "x_train", changed(high=0.0), "changed or reordered"),
    ("b", "x_train", values(lambda given: (given * 0.9).astype("uint8")), "changed or reordered"),
    ("b", "x_test", changed(low=-7.0), "changed or reordered"),
    ("b", "x_train", values(lambda given: given[1:]), "changed or reordered"),
    ("e", "X_train", values(lambda given: given[1:]), "transposed before it was reshaped"),
    ("b", "y_train", lambda seen: values(lambda given: given / 9)(changed(high=1.0)(seen)), "changed or reordered"),
    ("b", "y_test", changed(high=8.0), "changed or reordered"),
    ("e", "X_train", changed(shape=(2,)), "a shape, not the array"),
    ("e", "X_train", changed(shape=(3,)), "a shape, not the array"),
    ("e", "X_test", changed(shape=(10000, 28, 28)), "still 28 × 28"),
    ("e", "X_train", changed(shape=(784, 60000)), "have become columns"),
    ("e", "X_train", changed(shape=(60000, 28, 28)), "still 28 × 28"),
    ("e", "X_train", changed(shape=(10000, 784)), "the other set"),
    ("e", "X_train", changed(shape=(47040000,)), "one long row"),
    ("e", "X_train", changed(shape=(600, 784)), "a part of the images"),
    ("e", "X_train", changed(shape=(60000, 785)), "another number of pixels"),
    ("e", "X_train", missing, "forgotten or is misspelt"), ("e", "X_train", other("method"), "brackets"),
    ("e", "X_train", other("function"), "brackets"), ("e", "X_train", other("builtin_function_or_method"), "brackets"),
    ("e", "X_train", other("str"), "something else"),
    ("e", "X_train", changed(shape=(0, 784)), "nothing was put into it"),
    *(("a", "imports", keras_from(name), "not there when the lab is graded")
      for name in ("tensorflow.keras", "tensorflow.keras.datasets.mnist", "tf_keras", "keras._tf_keras.keras")),
    *(("a", "imports", keras_from(name), "the line is missing") for name in ("tensorflow", "tensorflow.kerasnlp"))]


@pytest.mark.parametrize(("step", "name", "change", "cause"), CAUSES)
def test_the_likely_cause_is_named(failure, step, name, change, cause):
    found = failure(step, name, change)
    assert cause in found.likely and found.step == step and found.words.startswith(f"Step {step} does not hold yet.")
    assert all(part and isinstance(part, str) and "None" not in part for part in (
        found.expected, found.found, found.hint))


def test_of_a_long_title_the_beginning_is_quoted(failure):
    title = "".join(map(chr, range(65, 126)))
    found = failure("j", "centroids_figure", titled(lambda *_: title)).found
    assert found == f"{title[:40]!r}; 50 of 50 titles differ"


def test_labels_that_were_written_over_are_named(genuine):
    seen = lab.read("g", genuine["g"], NONCE)
    labels = seen["reference_labels_10"]
    seen["reference_labels_10"] = Mapping(labels.keys, (labels.values + 1) % 10)
    assert "kmeans_10" not in lab.judge("g", seen, NONCE).likely
    seen["kmeans_10"] = dataclasses.replace(seen["kmeans_10"], labels=array(np.zeros(60000, "int32")))
    found = lab.judge("g", seen, NONCE)
    assert found.likely == "kmeans_10.labels_ was written over since the fit" and "a new array" in found.hint
    assert found.found == "other digits" and found.expected.endswith("digit of each cluster of kmeans_10")


def test_entries_for_clusters_that_do_not_occur_do_no_harm_unless_an_earlier_call_left_them(failure):
    def up_to(last):
        return lambda labels, digits: {c: most(digits[labels == c]) for c in range(last or labels.max() + 1)}

    def kept(labels, digits, info={}):      # noqa: B006, the mistake itself
        info.update(by_cluster(most)(labels, digits))
        return info

    assert failure("f", "retrieve_info", function(up_to(None))) is None
    assert failure("f", "retrieve_info", function(up_to(50))) is None
    fifty = only(2, lambda given: Mapping(np.append(given.keys, 50), np.append(given.values, 3)))
    assert failure("f", "retrieve_info", fifty) is None
    found = failure("f", "retrieve_info", function(kept))
    assert found.expected == "only the clusters that occur: 0, 1, 3, 7" and "earlier call" in found.found
    assert "outside the function" in found.likely and "info = {}" in found.hint


@pytest.mark.parametrize(("number", "named"), [(6, "(0, 1, 2, 3, 4, 5)"), (7, "(0, 1, 2, 3, 4, 5 …)")])
def test_the_first_clusters_are_named(number, named):
    with pytest.raises(CheckFailed) as found:
        clusters._is_right(Other("list", "[]"), np.arange(9), np.arange(9), dict.fromkeys(range(number), 1))
    assert named in found.value.verdict.expected


def test_trials_are_arrays_as_the_lab_has_them():
    assert {(labels.dtype.name, digits.dtype.name) for labels, digits in Trials.trials(NONCE)} == {("int32", "uint8")}


@pytest.mark.parametrize(("step", "name"), [
    ("b", "x_train"), ("d", "x_test"), ("e", "X_test"), ("g", "number_labels_10"), ("i", "number_labels_50"),
    ("j", "centroids_50")])
def test_what_is_no_array_is_called_by_its_name(failure, step, name):
    assert failure(step, name, other("str")).expected == f"{name} is an array of numbers"


@pytest.mark.parametrize(("step", "name"), [
    ("b", "x_train"), ("b", "y_train"), ("b", "x_test"), ("b", "y_test"), ("d", "x_train"), ("d", "x_test"),
    ("e", "X_train"), ("e", "X_test")])
def test_rows_of_another_run_are_refused(genuine, step, name):
    content = copy.deepcopy(genuine[step])
    rows = lab.read(step, content, NONCE)[name].rows
    content["seen"][name]["rows"] = wire.Raw().write(rows[::-1])
    with pytest.raises(OtherRun, match="another run"):
        lab.read(step, content, NONCE)


@pytest.mark.parametrize(("step", "name"), [
    ("b", "y_train"), ("d", "x_test"), ("e", "X_train"), ("g", "reference_labels_10"), ("i", "reference_labels_50"),
    ("i", "number_labels_50"), ("j", "centroids_50"), ("j", "centroids_figure")])
def test_a_name_without_a_value_is_named(failure, step, name):
    found = failure(step, name, missing)
    assert name in found.expected and name in found.hint and found.step == step


@pytest.mark.parametrize("number", [
    lambda place, centroid: centroid, lambda place, centroid: centroid + 1, lambda place, centroid: place,
    lambda place, centroid: place + 1])
def test_titles_may_number_the_centroids_or_their_places(failure, number):
    for order in (slice(None), slice(None, None, -1)):
        change = titled(lambda place, centroid, title: f"{number(place, centroid)}: {title}", order)
        assert failure("j", "centroids_figure", change) is None


@pytest.mark.parametrize("title", ["{} 104", "{} 1204", "{} (n = 1 048)", "{} (3%)", "{} 97 %", "np.uint8({})"])
def test_a_title_may_hold_a_count_or_a_share_beside_its_digit(failure, title):
    change = titled(lambda place, centroid, digit: title.format(digit))
    assert failure("j", "centroids_figure", change) is None
    wrong = titled(lambda place, centroid, digit: title.format((int(digit) + 1) % 10))
    assert failure("j", "centroids_figure", wrong) is not None


def test_a_digit_may_be_written_as_a_fraction_in_a_title(failure):
    change = titled(lambda place, centroid, title: f"{title}.0", slice(None))
    assert failure("j", "centroids_figure", change) is None
    wrong = titled(lambda place, centroid, title: f"{(int(title) + 1) % 10}.0", slice(None))
    assert "50 of 50 titles differ" in failure("j", "centroids_figure", wrong).found


def test_a_centroid_without_images_needs_no_title(names, monkeypatch):
    model = copy.copy(names["kmeans_50"])
    model.cluster_centers_ = model.cluster_centers_.copy()
    model.cluster_centers_[7] = np.arange(784) % 2
    own = {**names, "kmeans_50": model, "reference_labels_50": {**names["reference_labels_50"], 7: ""}}
    add_centroids(own, model)
    assert judged("j", hand_out(monkeypatch, "j", own))[0] == 1


def test_the_first_wrong_entry_of_a_mapping_is_named(failure, names):
    digits = {**names["reference_labels_10"]}
    first = 3
    second = next(c for c in range(4, 10) if digits[c] != digits[first])
    wrong = {**digits, first: 10, second: 11}
    found = failure("g", "reference_labels_10", lambda seen: Mapping(np.array([*wrong]), np.array([*wrong.values()])))
    assert found.found.startswith(f"cluster {first}: 10; 2 of")
    assert found.expected.endswith(f"(cluster {first}: {digits[first]})")


def test_an_accuracy_that_no_fit_has_is_said(names, monkeypatch):
    """One centroid at the mean of nearly all images, and others far out with few."""
    model, images = copy.copy(names["kmeans_10"]), names["X_train"]
    brightest = images[np.argsort(images.sum(axis=1))[-10:]]
    model.cluster_centers_ = np.vstack([images.mean(axis=0), 1.5 * brightest[1:]]).astype("float32")
    model.labels_ = model.predict(images)
    own = {**names}
    add_clustering(own, model)
    score, message = judged("h", hand_out(monkeypatch, "h", own))
    message = " ".join(message.split())
    assert score == 0 and "Step h does not hold yet. Expected: an accuracy of at least 0.4" in message
    assert f"Found: {own['accuracy_10']:.4f} Likely: the clustering was not fitted on the whole" in message
    assert "Try: fit it again with all images" in message


def test_one_other_centroid_is_counted(failure):
    def change(given):
        given = given.copy()
        given[7] = given[8]
        return given
    assert failure("j", "centroids_50", values(change)).found == "1 of 50 are others"


def test_centroids_of_another_number_of_clusters_are_told(genuine):
    few = lab.read("f", genuine["f"], NONCE)["kmeans_10"]
    found = lab.judge("j", {**lab.read("j", genuine["j"], NONCE), "kmeans_50": few}, NONCE)
    assert (found.step, found.expected, found.found) == ("j", "50 centroids in kmeans_50", "10")
    assert found.likely == "step i does not hold yet" and found.hint == "go back to kmeans_50 first"


def test_all_imports_that_are_missing_are_named_with_their_lines(failure):
    found = failure("a", "imports", lambda seen: Needed(tuple(n for n in seen.imports if "sklearn" not in n)))
    assert found.expected == "MiniBatchKMeans and accuracy_score imported in step a"
    assert found.hint.split("\n") == [
        "add the import in step a, run its cell, then this one",
        "from sklearn.cluster import MiniBatchKMeans", "from sklearn.metrics import accuracy_score"]


def test_matplotlib_without_its_pyplot_is_told(failure):
    found = failure("a", "imports", lambda seen: Needed(
        (*(name for name in seen.imports if "pyplot" not in name), "matplotlib")))
    assert "pyplot is the part of it that draws" in found.likely


def test_the_texts_own_example_is_tried_first_and_its_call_can_be_copied(failure):
    found = failure("f", "retrieve_info", function(by_cluster(lambda digits: counted(digits).max())))
    assert found.found == "{0: 2, 2: 2}"
    expected, call = found.expected.split("\n")
    assert expected == "{0: 7, 2: 1} from this call"
    assert eval(call, {"np": np, "retrieve_info": by_cluster(most)}) == {0: 7, 2: 1}
    assert f"\n{' ' * 12}{call}\n" in found.words


def test_the_first_wrong_cluster_of_a_trial_is_named(failure):
    def one_for_seven(labels, digits):
        return {cluster: 1 if digit == 7 and len(labels) > 10 else digit
                for cluster, digit in by_cluster(most)(labels, digits).items()}
    assert re.fullmatch(r"cluster \d+: 1 instead of 7", failure("f", "retrieve_info", function(one_for_seven)).found)

    def none_for_seven(labels, digits):
        return {cluster: digit for cluster, digit in by_cluster(most)(labels, digits).items()
                if digit != 7 or len(labels) <= 10}
    def counts(labels, digits):
        return by_cluster(most if len(labels) <= 10 else lambda some: counted(some).max())(labels, digits)
    assert "max gives the count" in failure("f", "retrieve_info", function(counts)).likely

    def places(labels, digits):
        return by_cluster(most if len(labels) <= 10 else lambda some: counted(some).argmax())(labels, digits)
    assert "the place of the digit" in failure("f", "retrieve_info", function(places)).likely
    found = failure("f", "retrieve_info", function(none_for_seven)).found
    assert re.fullmatch(r"cluster \d+: no entry instead of 7", found)


def test_digits_kept_as_fractions_hold_with_a_remark_and_others_do_not(failure, genuine):
    seen = lab.read("g", genuine["g"], NONCE)
    for dtype in ("float32", "float64"):
        given = {**seen, "number_labels_10": array(seen["number_labels_10"].values.astype(dtype))}
        found = lab.judge("g", given, NONCE)
        assert found.passed and f"They are of {dtype}, as 7.0 is; .astype(int)" in found.remark
    assert not lab.judge("g", seen, NONCE).remark
    assert failure("g", "number_labels_10", lambda seen: array(seen.values + 0.25)) is not None


def test_a_fit_without_a_seed_holds_with_a_remark(genuine):
    for step, name in (("f", "kmeans_10"), ("i", "kmeans_50")):
        seen = lab.read(step, genuine[step], NONCE)
        found = lab.judge(step, {**seen, name: dataclasses.replace(seen[name], seeded=0)}, NONCE)
        assert found.passed and f"{name} has no random_state" in found.remark
        assert not lab.judge(step, seen, NONCE).remark


@pytest.mark.parametrize(("name", "hint"), [
    ("X_train", "X_train = x_train.reshape(60000, 784)"), ("X_test", "X_test = x_test.reshape(10000, 784)")])
def test_how_to_flatten_an_array_is_said(failure, name, hint):
    for change in (changed(shape=(784, 784)), values(lambda given: given[:, ::-1])):
        assert failure("e", name, change).hint.split("\n")[1] == hint
    assert failure("e", name, missing).hint.split("\n")[1] == hint


def test_images_in_negative_hold(failure):
    assert failure("c", "digits_figure", pictures(lambda image: 255 - image)) is None
    assert failure("j", "centroids_figure", pictures(lambda image: 255 - image)) is None


def test_what_to_try_depends_on_whether_the_other_array_was_divided(failure, genuine):
    assert failure("d", "x_train", changed(high=255.0)).hint == "divide x_train by 255 too"
    seen = {name: dataclasses.replace(array, high=255.0) for name, array in lab.read("d", genuine["d"], NONCE).items()}
    found = lab.judge("d", seen, NONCE)
    assert found.hint.split("\n")[1] == 'x_train = x_train.astype("float32") / 255' and "not divided" in found.likely


@pytest.mark.parametrize(("step", "name", "words"), [
    ("j", "kmeans_50", "it needs kmeans_50"), ("f", "kmeans_10", "check its spelling"),
    ("g", "number_labels_10", "check its spelling"), ("g", "kmeans_10", "it needs kmeans_10"),
    ("h", "accuracy_10", "print(...) shows"), ("h", "number_labels_10", "it needs number_labels_10"),
    ("c", "digits_figure", "plt.show() gives None"), ("d", "x_train", "run step b again")])
def test_a_step_that_is_not_done_says_so_in_a_line(failure, step, name, words):
    found = failure(step, name, missing)
    assert words in found.not_done and not found.passed
    assert str(found.failure) == f"Step {step} is not done yet: {found.not_done}"


@pytest.mark.parametrize(("seen", "words"), [
    (array(np.zeros((2, 3))), "an array of float64, (2, 3)"), (array([7]), "an array of int64, (1,)"),
    (dataclasses.replace(array([7]), shape=(0,)), "an empty list"),
    (dataclasses.replace(array([7]), shape=()), "an array of int64, a single number"),
    (Number("float", 0.25), "the number 0.25"), (Mapping(np.arange(3), np.arange(3)), "a dict with 3 entries"),
    (Mapping(np.arange(1), np.arange(1)), "a dict with 1 entry"),
    (Missing(), "nothing"), (Fitted("KMeans", 3, 1, Missing(), Missing()), "a clustering"), (Figure(()), "a figure"),
    (Answers(()), "a function"), (Other("list", "[1,\n 2]"), "[1, 2] (of type list)"),
    (Other("str", "a" * 59), f"{'a' * 59} (of type str)"), (Other("str", "a" * 60), f"{'a' * 56} … (of type str)")])
def test_what_was_found_is_named_in_a_few_words(seen, words):
    assert str(seen) == words
