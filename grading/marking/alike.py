"""Which answers stand together: those of similar words, so that the same thought is judged the same way."""

import re
from collections import defaultdict

import numpy as np

READ = 4_000            # characters of an answer that are compared
AT_ONCE = 800           # answers that are compared each with each; a larger class is compared in parts
LONG, NEAR = 150, 0.85  # from how many characters on two texts that share so much are no chance


def words(text):
    """Return what a text says without how it is set: two with the same are copies."""
    return " ".join(re.findall(r"\w+", text[:50_000].casefold()))


def copies(texts):
    """Return the groups of texts that are the same word for word, as lists of indices, of two and more."""
    groups = defaultdict(list)
    for index, text in enumerate(texts):
        groups[words(text)].append(index)
    return [group for said, group in groups.items() if len(group) > 1 and said]


def order(texts):
    """Return the indices of texts so that similar ones follow each other, and which are near copies of which.

    Returns
    -------
    (order, near) : (list of int, dict of int to (int, float))
        ``near`` has for a long text the one it shares most with, and the share, from 0 to 1, where that is much.
    """
    # This takes seconds, which no server's start needs.
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform
    said = [words(text)[:READ] for text in texts]
    if len(said) < 3 or not any(said):
        return [*range(len(said))], _near(said, _shares(said)) if any(said) else {}
    placed, near = [], {}
    for part in _parts(said):
        shares = _shares([said[i] for i in part])
        apart = np.clip(1 - shares, 0, None)
        np.fill_diagonal(apart, 0)
        leaves = leaves_list(linkage(squareform(apart, checks=False), "average")) if len(part) > 1 else [0]
        placed += [part[i] for i in leaves]
        near |= {part[i]: (part[j], share) for i, (j, share) in _near([said[i] for i in part], shares).items()}
    return placed, near


def _parts(said):
    """Return indices in parts of which each can be compared whole; in a large class by length, as copies have one."""
    by_length = sorted(range(len(said)), key=lambda i: (len(said[i]), said[i])) if len(said) > AT_ONCE \
        else [*range(len(said))]
    return [by_length[start:start + AT_ONCE] for start in range(0, len(said), AT_ONCE)]


def _shares(said):
    from sklearn.feature_extraction.text import TfidfVectorizer
    try:
        counted = TfidfVectorizer(sublinear_tf=True, token_pattern=r"\w+", ngram_range=(1, 2)).fit_transform(said)
    except ValueError:          # no words at all
        return np.eye(len(said))
    return np.asarray((counted @ counted.T).todense())


def _near(said, shares):
    found = {}
    for i, text in enumerate(said):
        if len(text) >= LONG and len(said) > 1:
            row = shares[i].copy()
            row[[i, *(j for j, other in enumerate(said) if other == text)]] = 0
            if row.max() >= NEAR:
                found[i] = (int(row.argmax()), float(row.max()))
    return found
