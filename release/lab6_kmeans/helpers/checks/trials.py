"""Step f's function, tried on cluster labels and digits that nobody knows beforehand."""

import numpy as np

from helpers import evidence
from helpers.checks.verdict import CheckFailed, StepNotDone, kind
from helpers.evidence import Answers, Missing, Other, Pairs


def trials(nonce):
    """Draw inputs for `retrieve_info`.

    Returns
    -------
    list of (ndarray of int32, ndarray of uint8)
        Cluster labels and digits, shuffled; some clusters do not occur.
    """
    return [(labels, digits) for labels, digits, _ in _drawn(nonce)]


def _drawn(nonce):
    """Return trials with their answers, which are drawn first: no function in here shows how to find them."""
    rng = evidence.rng(nonce, "trials")
    layouts = [np.arange(10), rng.choice(50, 30, replace=False), np.array([0, 1, 3, 7]), np.arange(4), np.array([5])]
    return [_trial(rng, clusters) for clusters in layouts]


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


def tried(step, seen, nonce):
    """Yield a line on a function that gave all trials their answers; raise CheckFailed or StepNotDone otherwise."""
    if isinstance(seen, Missing):
        raise StepNotDone(step, "retrieve_info has no value yet (check its spelling, or the error above).")
    if not isinstance(seen, Answers):
        raise CheckFailed(step, "retrieve_info is a function", kind(seen), "the name was given to something else",
                          "write def retrieve_info(cluster_labels, y): …")
    if all(isinstance(answer, Missing) for answer in seen.answers):
        raise StepNotDone(step, "retrieve_info returns nothing yet: its last line returns the dictionary (print only "
                          "shows it).")
    given = _drawn(nonce)
    if len(seen.answers) != len(given):
        raise CheckFailed(step, f"{len(given)} answers", f"{len(seen.answers)}", "the evidence is not whole",
                          "grade the submission again")
    earlier = {}
    for answer, trial in zip(seen.answers, given):
        _answer(step, answer, *trial)
        _nothing_kept(step, answer, trial[-1], earlier)
        earlier |= trial[-1]
    yield f"retrieve_info finds the most frequent digit of every cluster in {len(given)} trials."


def _answer(step, answer, labels, digits, expected):
    clusters = ", ".join(map(str, list(expected)[:6])) + (" …" if len(expected) > 6 else "")
    asked = f"a dict from each cluster that occurs ({clusters}) to its most frequent digit"
    if isinstance(answer, Other) and answer.type.endswith(("Error", "Exception", "NotDoneYet", "Iteration")):
        raise CheckFailed(step, asked, f"{answer.type}: {answer.text}",
                          _why_raised(answer),
                          "loop over np.unique(cluster_labels), and use only the two arguments")
    if not isinstance(answer, Pairs):
        dictionary = isinstance(answer, Other) and answer.type in ("dict", "Counter", "defaultdict")
        raise CheckFailed(step, asked, kind(answer),
                          "a key or a value of the dict is not one whole number (all the counts, say, or a missing ())"
                          if dictionary else "something else than a dict of whole numbers is returned",
                          "fill a dict: info[cluster] = digit, and return it after the loop")
    found = dict(zip(answer.keys.tolist(), answer.values.tolist()))
    wrong = [cluster for cluster in expected if found.get(cluster) != expected[cluster]]
    if wrong:
        first = wrong[0]
        raise CheckFailed(step, asked, f"cluster {first}: {found.get(first, 'no entry')} instead of {expected[first]}",
                          _why_wrong(found, expected, labels, digits), "look only at y[cluster_labels == cluster] for "
                          "each cluster in np.unique(cluster_labels), and count its digits with np.bincount")


def _nothing_kept(step, answer, expected, earlier):
    """Refuse a dict that still holds what earlier calls put into it; entries of another origin do no harm."""
    kept = {cluster: digit for cluster, digit in zip(answer.keys.tolist(), answer.values.tolist())
            if cluster not in expected}
    if max(kept, default=0) > max(expected) and kept.items() <= earlier.items():
        raise CheckFailed(step, f"only the clusters that occur: {', '.join(map(str, expected))}",
                          f"cluster {max(kept)} too, which occurred in an earlier call",
                          "the dict is made outside the function, so that every call fills the same one",
                          "write info = {} inside the function, as its first line")


def _why_raised(answer):
    said = answer.text.lower()
    if answer.type in ("NameError", "NotDoneYet", "NotFittedError"):
        return "a name is misspelt, or the function uses a name from outside that has no value"
    if answer.type == "ModuleNotFoundError":
        return "this package is not installed here; NumPy is enough"
    if "list assignment" in said or answer.type == "AttributeError" and said.startswith("'dict' object"):
        return "a dict is filled with info[cluster] = digit, after info = {}: what stands there is a list's way"
    if answer.type == "AttributeError":
        return "what stands before the dot has no such method: it is misspelt, or belongs to another kind of object"
    if "boolean index" in said or "broadcast" in said or "same length" in said or "equal length" in said:
        return "the function uses an array from outside, of another length than its arguments"
    if "positional argument" in said:
        return "the function does not take two arguments"
    if "empty" in said or "out of bounds" in said or "no mode" in said or "zero-size" in said:
        return "the loop runs over clusters that do not occur: it counts from 0 to some number of clusters"
    return "a line of the function does not work for these arrays, which are like labels_ and y_train but shorter"


def _why_wrong(found, expected, labels, digits):
    if not found:
        return "the dict is returned before anything is put into it"
    if len(found) == 1 < len(expected) and max(expected) in found:
        return "the dict is made anew in each round of the loop: info = {} belongs before the loop"
    if len(found) == 1 < len(expected):
        return "return stands inside the loop, so only the first cluster is counted"
    if all(found.get(digit) is not None and expected.get(found[digit]) == digit for digit in found):
        return "the dict is reversed: digits lead to clusters, or the two arguments are in the other order"
    if all(found.get(c) == np.bincount(digits[labels == c]).max() for c in expected):
        return "the count of the most frequent digit is kept, not the digit: max gives the count, argmax the digit"
    if all(found.get(c) == np.unique(digits[labels == c], return_counts=True)[1].argmax() for c in expected):
        return "the place of the digit among the digits of its cluster is kept, not the digit itself"
    if set(found) < set(expected):
        return "some clusters get no entry: the loop stops early and misses larger ones, or goes over the ten digits"
    if not set(expected) <= set(found):
        return "the loop runs over clusters that do not occur: it counts from 0 and misses larger ones"
    return "the digits are not counted per cluster, or a clustering from outside is used instead of cluster_labels"
