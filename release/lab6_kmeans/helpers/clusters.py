"""Steps f to i: a clustering of the images, the digit of each cluster, and how often that digit is right."""

import re
from typing import NamedTuple

import numpy as np

from helpers import lab
from helpers.kit import wire
from helpers.kit.kinds import Answers, Array, Fitted, Mapping, Missing, Number, Other
from helpers.kit.verdict import Remark, fail, first, not_done, shape_of
from helpers.truth import AGREE, about, agree

MODELS = ("MiniBatchKMeans", "KMeans")
# Labels, digits and what comes of them, as in the text of step f.
EXAMPLE = np.array([0, 0, 2, 2, 2], "int32"), np.array([7, 7, 1, 4, 1], "uint8"), {0: 7, 2: 1}
MOST = 255                  # centroids that are looked at, in any case
FEWEST = 5                  # clusters with images in them: with one or two there is hardly anything to look up
# Clusterings stopped early or fitted on few images (100 for k = 10, 500 for k = 50) have a smaller shift; points that
# were not fitted (noise, images, means of random groups) have 2.1 to 14.
ANY_FIT = 2.0
# Up to this k, an accuracy that no clustering without digits reaches, and most centroids made with digits exceed.
CEILINGS = {8: 0.66, 10: 0.72, 20: 0.79, 30: 0.82, 50: 0.85, 70: 0.875, 100: 0.89, 150: 0.91, MOST: 0.93}
ROUNDED = 0.005             # an accuracy may be given to two digits
WRITE_IT = "write the function: the cell above begins it\ndef retrieve_info(cluster_labels, y):"
# How an array or a list of digits as text begins: array(['7', …, [np.str_('7'), …
OF_TEXT = re.compile(r"(array\()?[\[(]+(np\.str_\()?['\x22]\d")


class Fit(NamedTuple):
    """What a k-means fit of the 60000 training images looks like, pixels in 0..1.

    None of 1000 seeds with default parameters is below the lowest accuracy. Inertia and shift lie outside all that
    other batch sizes, one pass, random starts and two or more iterations of KMeans gave. docs/checks.md has the
    distributions and the estimated chance of false failure.
    """

    lowest_accuracy: float
    highest_inertia: float      # sum of squared distances
    highest_shift: float        # mean distance from a centroid to the mean of its own images


FITS = {10: Fit(0.42, 2.45e6, 0.60), 50: Fit(0.75, 2.00e6, 0.55)}


class Clustering(Fitted):
    """A clustering of the images."""

    expected = "a MiniBatchKMeans (or KMeans)"
    why = {**Fitted.why, **dict.fromkeys(("type", "ABCMeta"), "the class itself was given the name: the brackets with "
                                                              "n_clusters are missing")}


class Digits(Mapping):
    """The digit of each cluster."""

    expected = "the dict that retrieve_info returns"
    why = {name: f"{why}: step f comes first" for name, why in Mapping.why.items()}


class Labels(Array):
    """The digit of each image."""

    why = {**Array.why, **dict.fromkeys(("int", "int8", "int32", "int64", "uint8", "float", "float64"),
                                        "it is one number: the loop gives the name a new one each time")}

    @classmethod
    def likely(cls, found):
        text = OF_TEXT.match(found.text)
        said = "the digits are kept as text ('7'), not as numbers: leave out str(), or end with .astype(int)"
        return said if text else super().likely(found)


class Trials(Answers):
    """What `retrieve_info` gives for cluster labels and digits that nobody knows beforehand."""

    @staticmethod
    def trials(nonce):
        """Draw cluster labels (n,) int32 and digits (n,) uint8, shuffled; some clusters do not occur."""
        return [(labels, digits) for labels, digits, _ in _drawn(nonce)]


def _drawn(nonce):
    """Return the text's example, and trials with their answers, which are drawn first: no function in here shows how
    to find them.
    """
    rng = wire.rng(nonce, "trials")
    layouts = [np.arange(10), rng.choice(50, 30, replace=False), np.array([0, 1, 3, 7]), np.arange(4), np.array([5])]
    return [EXAMPLE, *(_trial(rng, clusters) for clusters in layouts)]


def _trial(rng, clusters):
    labels, digits, expected = [], [], {}
    winners = rng.permutation(10)                # so that cluster and digit differ, and reversing shows
    for position, cluster in enumerate(clusters):
        winner = expected[int(cluster)] = int(winners[position % 10])
        few = rng.integers(0, 4, 10)
        few[winner] = 5 + rng.integers(0, 4)
        digits.append(np.repeat(np.arange(10), few))
        labels.append(np.full(few.sum(), cluster))
    order = rng.permutation(sum(map(len, labels)))
    labels, digits = np.concatenate(labels)[order].astype("int32"), np.concatenate(digits)[order].astype("uint8")
    return labels, digits, dict(sorted(expected.items()))


def how(k):
    """Return what to try for each name of the steps with k clusters."""
    fitted, named, given = f"kmeans_{k}", f"reference_labels_{k}", f"number_labels_{k}"
    return {fitted: f"make it with n_clusters={k}, and fit it to X_train\n"
                    f"{fitted} = MiniBatchKMeans(n_clusters={k}, random_state=0).fit(X_train)",
            named: f"call your function with the labels of {fitted} and the true digits\n"
                   f"{named} = retrieve_info({fitted}.labels_, y_train)",
            given: f"look up the label of each image, one at a time, in {named}\n"
                   f"{given} = np.array([{named}[label] for label in {fitted}.labels_])",
            f"accuracy_{k}": "compare the true digits with yours\n"
                             f"accuracy_{k} = accuracy_score(y_train, {given})"}


@lab.step("f", gives="kmeans_10", also="retrieve_info", how={**how(10), "retrieve_info": WRITE_IT})
def step_f(retrieve_info: Trials, kmeans_10: Clustering, *, nonce):
    """The function works for any labels, and kmeans_10 is a clustering into 10."""
    yield from _function(retrieve_info, nonce)
    yield from clustering("kmeans_10", kmeans_10, 10)


@lab.part("f", "part 1", gives="retrieve_info", how=WRITE_IT)
def step_f_part_1(retrieve_info: Trials, *, nonce):
    """The function works for any labels, whether there is a clustering or not."""
    yield from _function(retrieve_info, nonce)


def _function(retrieve_info, nonce):
    if all(isinstance(answer, Missing) for answer in retrieve_info.answers):
        not_done("retrieve_info returns nothing yet: its last line returns the dictionary (print only shows it).")
    given = _drawn(nonce)
    if len(retrieve_info.answers) != len(given):
        fail(f"{len(given)} answers", f"{len(retrieve_info.answers)}", "the evidence is not whole",
             "grade the submission again")
    earlier = {}
    for answer, trial in zip(retrieve_info.answers, given):
        _is_right(answer, *trial)
        _is_all_new(answer.dict(), trial[-1], earlier)
        earlier |= trial[-1]
    yield f"retrieve_info finds the most frequent digits in {len(given)} trials."


def _is_right(answer, labels, digits, expected):
    short = len(labels) <= len(EXAMPLE[0])
    clusters = ", ".join(map(str, list(expected)[:6])) + (" …" if len(expected) > 6 else "")
    asked = f"{expected} from this call\nretrieve_info(np.array({labels.tolist()}), np.array({digits.tolist()}))" \
        if short else f"a dict from each cluster that occurs ({clusters}) to its most frequent digit"
    if isinstance(answer, Other) and answer.type.endswith(("Error", "Exception", "Iteration")):
        fail(asked, f"{answer.type}: {answer.text}", _why_raised(answer.type, answer.text.lower()),
             "loop over the labels that occur, and use only the two arguments\n"
             "for cluster in np.unique(cluster_labels):")
    if not isinstance(answer, Mapping):
        fail(asked, str(answer), first(
            (getattr(answer, "type", "") in Mapping.why, "a key or a value of the dict is not one whole number (all "
             "the counts, say, or a missing ())"), "something else than a dict of whole numbers is returned"),
            "fill a dict, and return it after the loop\ninfo[cluster] = digit\nreturn info")
    found = answer.dict()
    for cluster, digit in expected.items():
        if found.get(cluster) != digit:
            came = f"cluster {cluster}: {found.get(cluster, 'no entry')} instead of {digit}"
            fail(asked, str(found) if short else came, _why_wrong(found, expected, labels, digits),
                 "go through the clusters in np.unique(cluster_labels); of each look only at its own digits, and count "
                 "them with np.bincount\nnp.bincount(y[cluster_labels == cluster]).argmax()")


def _is_all_new(found, expected, earlier):
    """Refuse a dict that still holds what earlier calls put into it; entries of another origin do no harm."""
    kept = {cluster: digit for cluster, digit in found.items() if cluster not in expected}
    if kept and max(kept) > max(expected) and kept.items() <= earlier.items():
        fail(f"only the clusters that occur: {', '.join(map(str, expected))}",
             f"cluster {max(kept)} too, which occurred in an earlier call",
             "the dict is made outside the function, so that every call fills the same one",
             "make the dict inside the function, as its first line\ninfo = {}")


def _why_raised(error, said):
    says = lambda *words: any(word in said for word in words)  # noqa: E731 - a word for each row below
    return first(
        (error in ("NameError", "NotFittedError"),
         "a name is misspelt, or the function uses a name from outside that has no value"),
        (error == "ModuleNotFoundError", "this package is not installed here; NumPy is enough"),
        (says("list assignment") or error == "AttributeError" and said.startswith("'dict' object"),
         "a dict is filled with info[cluster] = digit, after info = {}: what stands there is a list's way"),
        (error == "AttributeError",
         "what stands before the dot has no such method: it is misspelt, or belongs to another kind of object"),
        (says("boolean index", "broadcast", "same length", "equal length"),
         "the function uses an array from outside, of another length than its arguments"),
        (says("positional argument"), "the function does not take two arguments"),
        (says("empty", "out of bounds", "no mode", "zero-size"),
         "the loop runs over clusters that do not occur: it counts from 0 to some number of clusters"),
        "a line of the function does not work for these arrays, which are like labels_ and y_train but shorter")


def _why_wrong(found, expected, labels, digits):
    own = {cluster: digits[labels == cluster] for cluster in expected}
    counts = {cluster: np.bincount(some).max() for cluster, some in own.items()}
    places = {cluster: np.unique(some, return_counts=True)[1].argmax() for cluster, some in own.items()}
    alone = len(found) == 1 < len(expected)
    return first(
        (not found, "the dict is returned before anything is put into it"),
        (alone and max(expected) in found,
         "the dict is made anew in each round of the loop: info = {} belongs before the loop"),
        (alone, "return stands inside the loop, so only the first cluster is counted"),
        (all(expected.get(cluster) == digit for digit, cluster in found.items())
         or {*found} == {*digits.tolist()} != {*expected} >= {*found.values()},
         "the dict is reversed: digits lead to clusters, or the two arguments are in the other order"),
        (all(found.get(cluster) == count for cluster, count in counts.items()),
         "the count of the most frequent digit is kept, not the digit: max gives the count, argmax the digit"),
        (all(found.get(cluster) == place for cluster, place in places.items()),
         "the place of the digit among the digits of its cluster is kept, not the digit itself"),
        (set(found) < set(expected), "some clusters get no entry: the loop stops early and misses larger ones, or goes "
         "over the ten digits"),
        (not set(expected) <= set(found),
         "the loop runs over clusters that do not occur: it counts from 0 and misses larger ones"),
        "the digits are not counted per cluster, or a clustering from outside is used instead of cluster_labels")


def clustering(name, seen, k):
    """Yield a line on a clustering of the training images into `k` that holds; fail for what does not."""
    idea, line = how(k)[name].split("\n")
    fit = f"{idea.replace('make it', 'make it again')}\n{line}"
    if seen.type not in MODELS:
        fail(f"{name} is {Clustering.expected}", f"a {seen.type}",
             "another class of clustering was used, which step a does not import", how(k)[name])
    if seen.k != k:
        fail(f"{k} clusters", f"{seen.k}", first(
            (seen.k == 8, "n_clusters was left out, and scikit-learn took 8 (or 8 was asked for)"),
            "another number of clusters was asked for"), fit)
    if not isinstance(seen.centroids, Array):
        fail(f"{name} is fitted", "no centroids yet",
             "fit was not called, or ended with an error: then its cell shows one",
             f"call its method fit with the flattened training images\n{name}.fit(X_train)")
    if seen.centroids.shape != (k, 784):
        width = seen.centroids.shape[1:]
        fail(f"{k} centroids of 784 pixels", shape_of(seen.centroids.shape), first(
            (width == (784,), "the number of clusters was changed after the fit"),
            (width == (1,), "it was fitted on the digits, not on the images"),
            "it was fitted on images of another shape: step e comes first"), fit)
    facts = about(seen)
    if facts is None:
        fail("centroids that are numbers", "infinite, undefined or very large ones", "the images held such numbers",
             "run steps b to e again, then fit again")
    if isinstance(seen.labels, Array) and seen.labels.shape != (60000,):
        images = seen.labels.shape[0]
        fail(f"{name} fitted on the 60000 training images", f"{images} images", first(
            (images == 10000, "it was fitted on the test images"),
            (images == 70000, "it was fitted on the test images as well"),
            "it was fitted on a part of the images, or with partial_fit"), fit)
    if isinstance(seen.labels, Array) and not agree(seen.labels, facts):
        fail("labels that name the nearest centroid of each image", "other labels",
             "labels or centroids were changed after the fit, or step d changed more than the scale",
             f"fit again, and write digits into a copy of the labels\ndigits = {name}.labels_.copy()")
    bounds = FITS[k]
    if not (facts.inertia <= bounds.highest_inertia and facts.shift <= bounds.highest_shift):
        fail(f"each centroid near the mean of its images (on average within {bounds.highest_shift}, sum of squared "
             f"distances at most {bounds.highest_inertia:.3g})",
             f"{facts.shift:.2f} away, sum of squared distances {facts.inertia:.3g}",
             "it was fitted on other images or on a small part, or hardly at all",
             f"fit again, with all 60000 images and default parameters\n{line}")
    _made_without_digits(name, facts)
    yield f"{name} has {k} centroids, each near the mean of its images."
    if not seen.seeded:
        yield Remark(f"{name} has no random_state: its numbers change in each run, also when it is graded.")


def _made_without_digits(name, facts):
    ceiling = next(accuracy for k, accuracy in CEILINGS.items() if len(facts.counts) <= k)
    if facts.accuracy > ceiling:
        fail(f"clusters found without the digits (accuracy at most {ceiling})", f"{facts.accuracy:.4f}",
             "the centroids were made with y_train", f"fit {name} to the images alone\n{name}.fit(X_train)")


def facts_of(name, seen):
    """Return what true images say about a clustering that a later step builds on.

    One mistake costs one point, so it need not be as good as step f or i asks for, nor have as many clusters; but it
    must be a clustering of these images, and not made with digits.
    """
    rows = isinstance(seen.centroids, Array) and seen.centroids.shape[1:] == (784,)
    facts = about(seen) if rows and 0 < seen.centroids.shape[0] <= MOST else None
    back = f"go back to {name} first"
    if facts is None or not facts.shift <= ANY_FIT:
        fail(f"{name} is a fitted clustering of the images", str(seen) if facts is None else
             f"centroids that lie {facts.shift:.1f} from the mean of their images, on average",
             "the step that makes it does not hold yet", back)
    clusters = np.count_nonzero(facts.counts.any(axis=1))
    if clusters < FEWEST:
        fail(f"{name} has at least {FEWEST} clusters with images in them", f"{clusters}",
             "another number of clusters was asked for, or the centroids were changed after the fit", back)
    _made_without_digits(name, facts)
    return facts


@lab.step("g", gives="number_labels_10", also="reference_labels_10", how=how(10))
def step_g(kmeans_10: Clustering, reference_labels_10: Digits, number_labels_10: Labels, *, truth):
    """Every image, integers (60000,), has the most frequent digit of its cluster."""
    yield from _digits(10, kmeans_10, reference_labels_10, number_labels_10, truth)


def _digits(k, model, names, digits, truth):
    facts = facts_of(f"kmeans_{k}", model)
    yield from _names(k, names.dict(), facts, model)
    name, hint = f"number_labels_{k}", how(k)[f"number_labels_{k}"]
    if digits.shape != (60000,):
        fail(f"{name}: one digit for each of the 60000 training images", shape_of(digits.shape), first(
            (digits.shape[0] == 10000, "it was made for the test images"),
            (digits.shape == (k,), "it holds one digit for each cluster"),
            (len(digits.shape) == 1 and digits.shape[0] % 60000 == 0,
             "the list was filled again without being emptied first"),
            (digits.shape == (60000, 1),
             "each digit stands in a row of its own (.ravel() puts them into one), or is an array in the dictionary"),
            "it is not one digit an image"), hint)
    wrong = float(np.mean(~facts.are_majority(digits.values)))
    if wrong > 1 - AGREE:
        fail(f"{name}[i] is the digit of the cluster of image i", f"another value for {wrong:.1%} of the images", first(
            (np.array_equal(digits.values, truth.y_train), "this is y_train itself, the truth and not a prediction"),
            (np.mean(digits.values == facts.labels) >= AGREE,
             "these are the cluster numbers, not yet the digits they stand for"),
            "the digits were looked up in another mapping or for other labels, or not for every image; or digits were "
            "overwritten as if they were cluster numbers"), hint)
    yield f"{name} gives each image the digit of its cluster."
    if "int" not in digits.dtype:
        yield Remark(f"They are of {digits.dtype}, as 7.0 is; .astype(int) at the end makes them whole numbers.")


def _names(k, found, facts, model):
    """Yield a line on the digits of the clusters; several may be equally frequent in one."""
    name, hint = f"reference_labels_{k}", how(k)[f"reference_labels_{k}"]
    asked = f"the most frequent digit of each cluster of kmeans_{k}"
    occurring = np.flatnonzero(facts.counts.any(axis=1)).tolist()
    wrong = [cluster for cluster in occurring if not facts.is_majority(cluster, found.get(cluster))]
    if wrong and isinstance(model.labels, Array) and not agree(model.labels, facts):
        fail(asked, "other digits", f"kmeans_{k}.labels_ was written over since the fit",
             f"fit kmeans_{k} again, put digits into a new array, and {hint}")
    if wrong:
        majority = facts.counts.argmax(axis=1).tolist()
        one = wrong[0]
        fail(f"{asked} (cluster {one}: {majority[one]})",
             f"cluster {one}: {found.get(one, 'no entry')}; {len(wrong)} of {len(occurring)} clusters differ", first(
                 (found and all(c in range(len(majority)) and majority[c] == d for d, c in found.items()),
                  "the dict is reversed: digits lead to clusters"),
                 (all(found.get(digit) == cluster for digit, cluster in enumerate(facts.counts.argmax(axis=0))),
                  "the dict is reversed, because the two arguments of retrieve_info were exchanged"),
                 (len(found) != len(occurring), "the dict was made from another clustering"),
                 "the dict was made from another fit, or from digits that do not belong to these images"), hint)
    yield f"{name} names the digit of all {len(occurring)} clusters."


@lab.step("h", gives="accuracy_10", how=how(10), slip="print(...) shows a number but gives None")
def step_h(kmeans_10: Clustering, number_labels_10: Array, accuracy_10: Number, *, truth):
    """The accuracy is the share of training images whose digit is right, from 0 to 1."""
    yield from _accuracy(10, kmeans_10, number_labels_10, accuracy_10.value, truth)


def _accuracy(k, model, digits, value, truth):
    facts = facts_of(f"kmeans_{k}", model)
    name, labels = f"accuracy_{k}", f"number_labels_{k}"
    if digits.shape != (60000,):
        fail(f"{labels} with 60000 digits", str(digits), "the step that makes it does not hold yet",
             f"go back to {labels} first")
    right = float(np.mean(digits.values == truth.y_train))
    if not abs(value - right) <= ROUNDED:
        fail(f"{name} = {right:.4f}, the share of images where {labels} equals y_train", f"{value:.6g}", first(
            (value > 1 and abs(value / 100 - right) <= ROUNDED,
             "it is in percent; accuracy_score gives a share from 0 to 1"),
            (value > 100, "it counts images instead of giving their share"),
            (abs(value - np.mean(facts.labels == truth.y_train)) <= 1e-4,
             "the cluster numbers were compared with y_train, not the digits they stand for"),
            (abs(value - (1 - right)) <= 1e-4, "it is the share of wrong digits"),
            "it was typed in or rounded too far, or computed from other arrays or only some of the images"),
            how(k)[name])
    if np.mean(facts.are_majority(digits.values)) < AGREE:
        fail(f"the accuracy of the digits that kmeans_{k} gives ({facts.accuracy:.4f})",
             f"{value:.4f}, the accuracy of other digits", f"{labels} does not hold the digits of the clusters",
             f"make {labels} again, then compute {name} again")
    if right < FITS[k].lowest_accuracy:
        fail(f"an accuracy of at least {FITS[k].lowest_accuracy} with {k} clusters", f"{right:.4f}",
             "the clustering was not fitted on the whole training set", "fit it again with all images")
    yield f"{name} is {right:.4f}: the share of images whose digit is right."


@lab.step("i", gives="kmeans_50 reference_labels_50 number_labels_50 accuracy_50", how=how(50))
def step_i(kmeans_50: Clustering, reference_labels_50: Digits, number_labels_50: Labels, accuracy_50: Number, *, truth):
    """All of f to h again, with 50 clusters."""
    yield from clustering("kmeans_50", kmeans_50, 50)
    yield from _digits(50, kmeans_50, reference_labels_50, number_labels_50, truth)
    yield from _accuracy(50, kmeans_50, number_labels_50, accuracy_50.value, truth)
