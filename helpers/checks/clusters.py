"""Steps f to i: a clustering of the images, the digit of each cluster, and how often that digit is right."""

import numpy as np

from helpers.checks.fits import AGREE, FITS, agree, clustering, facts_of
from helpers.checks.images import an_array
from helpers.checks.trials import tried
from helpers.checks.verdict import CheckFailed, StepNotDone, kind, times
from helpers.evidence import Array, Missing, Number, Pairs

ROUNDED = 0.005             # an accuracy may be given to two digits


def check_f(seen, truth, nonce):
    """`retrieve_info` works for any labels, and kmeans_10 is a clustering into 10."""
    if isinstance(seen["kmeans_10"], Missing):
        raise StepNotDone("f", "kmeans_10 has no value yet (check its spelling, or the error above).")
    yield from tried("f", seen["retrieve_info"], nonce)
    yield from clustering("f", "kmeans_10", seen["kmeans_10"], 10)


def check_g(seen, truth, nonce):
    """Every image has the most frequent digit of its cluster."""
    if isinstance(seen["number_labels_10"], Missing):
        raise StepNotDone("g", "number_labels_10 has no value yet (check its spelling, or the error above).")
    yield from _digits("g", 10, seen, truth)


def check_h(seen, truth, nonce):
    """accuracy_10 is the share of images whose digit is right."""
    if isinstance(seen["accuracy_10"], Missing):
        raise StepNotDone("h", "accuracy_10 has no value yet (check its spelling, or the error above; print(...) shows "
                          "a number but gives None).")
    yield from _accuracy("h", 10, seen, truth)


def check_i(seen, truth, nonce):
    """All of f to h again, with 50 clusters."""
    if all(isinstance(value, Missing) for value in seen.values()):
        raise StepNotDone("i", "kmeans_50 and what follows from it have no values yet (check the spelling, or the "
                          "error above).")
    yield from clustering("i", "kmeans_50", seen["kmeans_50"], 50)
    yield from _digits("i", 50, seen, truth)
    yield from _accuracy("i", 50, seen, truth)


def _digits(step, k, seen, truth):
    facts = facts_of(step, f"kmeans_{k}", seen[f"kmeans_{k}"])
    yield from _mapping(step, k, seen[f"reference_labels_{k}"], facts, seen[f"kmeans_{k}"])
    name, given = f"number_labels_{k}", seen[f"number_labels_{k}"]
    hint = f"look up each label: number_labels_{k}[i] = reference_labels_{k}[kmeans_{k}.labels_[i]]"
    if isinstance(given, Missing):
        raise CheckFailed(step, f"a value under the name {name}", "no value", "it was forgotten or is misspelt", hint)
    given = an_array(step, name, given, hint)
    if given.shape != (60000,):
        raise CheckFailed(step, f"{name}: one digit for each of the 60000 training images", times(given.shape),
                          _why_length(given.shape, k), hint)
    wrong = float(np.mean(~facts.are_majority(given.values)))
    if wrong > 1 - AGREE:
        raise CheckFailed(step, f"{name}[i] is the digit of the cluster of image i",
                          f"another value for {wrong:.1%} of the images",
                          _why_digits(given, facts, truth), hint)
    if "int" not in given.dtype:
        raise CheckFailed(step, f"{name} as whole numbers", f"dtype {given.dtype}",
                          "the array was made by np.zeros, np.empty or np.random without an integer dtype, or the "
                          f"digits in reference_labels_{k} are fractions, as 7.0 is",
                          "make it with dtype=int, or end with .astype(int)")
    yield f"{name} gives each of the 60000 images the digit of its cluster."


def _why_length(shape, k):
    if shape[0] == 10000:
        return "it was made for the test images"
    if shape == (k,):
        return "it holds one digit for each cluster"
    if len(shape) == 1 and shape[0] % 60000 == 0:
        return "the list was filled again without being emptied first"
    if shape == (60000, 1):
        return "each digit stands in a row of its own (.ravel() puts them into one), or is an array in the dictionary"
    return "it is not one digit an image"


def _mapping(step, k, given, facts, model):
    name = f"reference_labels_{k}"
    hint = f"{name} = retrieve_info(kmeans_{k}.labels_, y_train)"
    if isinstance(given, Missing):
        raise CheckFailed(step, f"a value under the name {name}", "no value", "it was forgotten or is misspelt", hint)
    if not isinstance(given, Pairs):
        raise CheckFailed(step, f"{name} is the dict that retrieve_info returns", kind(given),
                          "a key or a value of it is not one whole number: step f comes first"
                          if getattr(given, "type", "") in ("dict", "Counter", "defaultdict") else
                          "the function itself, or the result of another call, was given the name", hint)
    found = dict(zip(given.keys.tolist(), given.values.tolist()))
    occurring = np.flatnonzero(facts.counts.sum(axis=1))
    # Several digits may be equally frequent in a cluster.
    wrong = [int(c) for c in occurring if not _is_majority(facts.counts[c], found.get(int(c)))]
    if wrong and isinstance(model.labels, Array) and not agree(model.labels, facts):
        raise CheckFailed(step, f"the most frequent digit of each cluster of kmeans_{k}", "other digits",
                          f"kmeans_{k}.labels_ was written over since the fit",
                          f"fit kmeans_{k} again, then {hint}, and put digits into a new array")
    if wrong:
        right = int(facts.counts[wrong[0]].argmax())
        raise CheckFailed(step, f"the most frequent digit of each cluster of kmeans_{k} (cluster {wrong[0]}: {right})",
                          f"cluster {wrong[0]}: {found.get(wrong[0], 'no entry')}; {len(wrong)} of "
                          f"{len(occurring)} clusters differ", _why_mapping(found, facts), hint)
    yield f"{name} names the most frequent digit of each of the {len(occurring)} clusters."


def _is_majority(counts, digit):
    return digit in range(10) and counts[digit] == counts.max()


def _why_mapping(found, facts):
    majority = facts.counts.argmax(axis=1)
    if found and all(c in range(len(majority)) and majority[c] == d for d, c in found.items()):
        return "the dict is reversed: digits lead to clusters"
    if all(found.get(digit) == cluster for digit, cluster in enumerate(facts.counts.argmax(axis=0))):
        return "the dict is reversed, because the two arguments of retrieve_info were exchanged"
    if len(found) != np.count_nonzero(facts.counts.sum(axis=1)):
        return "the dict was made from another clustering"
    return "the dict was made from another fit, or from digits that do not belong to these images"


def _why_digits(given, facts, truth):
    if np.array_equal(given.values, truth.y_train):
        return "this is y_train itself, the truth and not a prediction"
    if np.mean(given.values == facts.labels) >= AGREE:
        return "these are the cluster numbers, not yet the digits they stand for"
    return "the digits were looked up in another mapping or for other labels, or not for every image; " \
        "or digits were overwritten as if they were cluster numbers"


def _accuracy(step, k, seen, truth):
    name, given, labels = f"accuracy_{k}", seen[f"accuracy_{k}"], seen[f"number_labels_{k}"]
    facts = facts_of(step, f"kmeans_{k}", seen[f"kmeans_{k}"])
    hint = f"{name} = accuracy_score(y_train, number_labels_{k})"
    if not isinstance(given, Number):
        raise CheckFailed(step, f"{name} is a number", kind(given), _why_no_number(given), hint)
    if isinstance(labels, Missing):
        raise StepNotDone(step, f"it needs number_labels_{k}, which has no value yet.")
    if not isinstance(labels, Array) or labels.shape != (60000,):
        raise CheckFailed(step, f"number_labels_{k} with 60000 digits", kind(labels),
                          "the step that makes it does not hold yet", f"go back to number_labels_{k} first")
    right = float(np.mean(labels.values == truth.y_train))
    if not abs(given.value - right) <= ROUNDED:
        raise CheckFailed(step, f"{name} = {right:.4f}, the share of images where number_labels_{k} equals y_train",
                          f"{given.value:.6g}", _why_accuracy(given.value, right, facts, truth), hint)
    if np.mean(facts.are_majority(labels.values)) < AGREE:
        raise CheckFailed(step, f"the accuracy of the digits that kmeans_{k} gives ({facts.accuracy:.4f})",
                          f"{given.value:.4f}, the accuracy of other digits",
                          f"number_labels_{k} does not hold the digits of the clusters",
                          f"make number_labels_{k} again, then compute {name} again")
    if right < FITS[k].lowest_accuracy:
        raise CheckFailed(step, f"an accuracy of at least {FITS[k].lowest_accuracy} with {k} clusters", f"{right:.4f}",
                          "the clustering was not fitted on the whole training set", "fit it again with all images")
    yield f"{name} is {right:.4f}: the share of the 60000 images whose digit is right."


def _why_no_number(given):
    causes = {"tuple": "a comma at the end of the line makes a tuple", "function": "its brackets are missing",
              "str": "it is a text", "method": "its brackets are missing",
              "ndarray": "it holds one value for each image: their mean is the share"}
    return causes.get(getattr(given, "type", ""), "the call is missing, or its result was not kept")


def _why_accuracy(value, right, facts, truth):
    if value > 1 and abs(value / 100 - right) <= ROUNDED:
        return "it is in percent; accuracy_score gives a share from 0 to 1"
    if value > 100:
        return "it counts images instead of giving their share"
    if abs(value - np.mean(facts.labels == truth.y_train)) <= 1e-4:
        return "the cluster numbers were compared with y_train, not the digits they stand for"
    if abs(value - (1 - right)) <= 1e-4:
        return "it is the share of wrong digits"
    return "it was typed in or rounded too far, or computed from other arrays or only some of the images"
