"""What true images say about centroids, whatever the pixels were divided by, and how a clustering is refused."""

import numpy as np
import pytest
from genuine import array
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import pairwise_distances_argmin_min

from grading.lab import ROOT
from helpers import clusters, lab, truth
from helpers.kit.kinds import Array, Fitted, Missing, Other
from helpers.kit.verdict import CheckFailed

FINE = np.indices((28, 28)).sum(axis=0).ravel() % 2 * 2 - 1     # to and fro from pixel to pixel, as no digit is


def seen(centroids, labels=None, kind="MiniBatchKMeans"):
    """Return what is observed of a clustering with these centroids."""
    return Fitted(kind, len(centroids), 1, array(centroids), Missing() if labels is None else array(labels))


def moved(centroids, distance):
    """Return centroids that lie this far away, in a direction in which no image lies."""
    return centroids + FINE * distance / 28


def with_unused(centroids, k):
    """Return k centroids: these, and some that are nearest to no image."""
    return np.vstack([centroids, np.ones((k - len(centroids), 784))])


def refusal(judged):
    """Return how a clustering was refused, in whole words."""
    with pytest.raises(CheckFailed) as found:
        judged()
    refused = found.value.verdict
    for part in (refused.expected, refused.found, refused.likely, refused.hint):
        assert isinstance(part, str) and part and "None" not in part
    return refused


def of_a_fit(model):
    """Return how step f or i refuses a clustering."""
    return refusal(lambda: list(clusters.clustering("kmeans_10", model, 10)))


def of_what_is_built_on(model):
    """Return how a later step refuses a clustering."""
    return refusal(lambda: clusters.facts_of("kmeans_10", model))


@pytest.fixture(scope="module")
def centroids(names):
    return names["kmeans_10"].cluster_centers_.astype("float64")


@pytest.fixture(scope="module")
def by_hand(names):
    """Return a function that works out the nearest centroids, accuracy, inertia and shift in the plainest way."""
    def work_out(centroids):
        images, digits = names["X_train"], names["y_train"]
        labels, distances = pairwise_distances_argmin_min(images, centroids.astype("float32"))
        own = [labels == c for c in np.unique(labels)]
        right = sum(np.bincount(digits[one]).max() for one in own)
        shift = sum(one.sum() * np.linalg.norm(images[one].mean(axis=0, dtype="float64") - centroids[labels[one][0]])
                    for one in own)
        return labels, right / 60000, (distances.astype("float64") ** 2).sum(), shift / 60000
    return work_out


# What centroids are multiplied by where pixels were divided by 255, not at all, by 256, and by 255 twice.
@pytest.mark.parametrize("factor", [1, 255, 255 / 256, 1 / 255])
def test_the_numbers_are_those_of_the_images_whatever_these_were_divided_by(names, by_hand, factor):
    model = names["kmeans_50"]
    labels, accuracy, inertia, shift = by_hand(model.cluster_centers_.astype("float64"))
    facts = truth.about(seen(model.cluster_centers_.astype("float64") * factor, model.labels_))
    assert np.mean(facts.labels == labels) > 0.9999 and facts.counts.sum() == 60000
    assert facts.accuracy == facts.counts.max(axis=1).sum() / 60000 == pytest.approx(accuracy, abs=2e-5)
    assert facts.inertia == pytest.approx(inertia, rel=1e-4) and facts.shift == pytest.approx(shift, rel=1e-4)


@pytest.mark.parametrize("factor", [255 ** 2, 1 / 255 ** 2, 0])
def test_no_other_scale_of_the_pixels_counts(names, centroids, factor):
    assert truth.about(seen(centroids * factor, names["kmeans_10"].labels_)).shift > clusters.ANY_FIT


def test_images_as_centroids_of_which_some_have_no_other_image(names, by_hand):
    first = names["X_train"][0]
    images = names["X_train"][np.argsort(np.linalg.norm(names["X_train"] - first, axis=1))[:255]].astype("float64")
    facts = truth.about(seen(images))
    assert facts.counts.sum(axis=1).min() == 1
    assert facts.shift == pytest.approx(by_hand(images)[3], rel=1e-5)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf, 1e7])
def test_centroids_that_are_no_numbers_are_named_so(centroids, number):
    centroids = centroids.copy()
    centroids[3, 5] = number
    assert truth.about(seen(centroids)) is None
    assert "held such numbers" in of_a_fit(seen(centroids)).likely
    assert "does not hold yet" in of_what_is_built_on(seen(centroids)).likely


def test_what_is_no_clustering_is_called_by_its_name(centroids):
    assert of_a_fit(seen(centroids, kind="DBSCAN")).found == "a DBSCAN"
    for step, name in (("f", "kmeans_10"), ("g", "kmeans_10")):
        given = {other: Array.see([7]) for other in lab.steps[step].kinds} | {name: Other("int", "7")}
        assert "int" in lab.judge(step, given, "").found


def test_a_fit_lies_near_the_means_of_its_images(centroids):
    """And one that is refused for this alone has a small enough sum of squared distances."""
    model = seen(moved(centroids, 0.7))
    facts = truth.about(model)
    assert facts.shift == pytest.approx(0.7, abs=0.05) and facts.inertia < clusters.FITS[10].highest_inertia
    refused = of_a_fit(model)
    assert "hardly at all" in refused.likely and f"{facts.shift:.2f} away" in refused.found
    assert "0.6" in refused.expected and "kmeans_10" in refused.hint


def test_a_fit_has_a_small_sum_of_squared_distances(names):
    """And one that is refused for this alone lies near the means of its images."""
    few = MiniBatchKMeans(5, random_state=0).fit(names["X_train"]).cluster_centers_
    model = seen(with_unused(few, 10))
    facts = truth.about(model)
    assert facts.shift < clusters.FITS[10].highest_shift and facts.inertia > clusters.FITS[10].highest_inertia
    assert "hardly at all" in of_a_fit(model).likely


def test_numbers_from_a_million_on_are_no_pixels():
    assert truth.about(seen(np.full((10, 784), 1e6))) is None
    assert truth.about(seen(np.full((10, 784), 999_999.0))) is not None


def test_later_steps_are_told_how_far_centroids_lie_from_their_images(centroids):
    refused = of_what_is_built_on(seen(moved(centroids, 3)))
    assert "lie 3.0 from" in refused.found and "kmeans_10" in refused.expected and "kmeans_10" in refused.hint


@pytest.mark.parametrize("k", [1, 4])
def test_later_steps_need_a_few_clusters(names, k):
    few = MiniBatchKMeans(k, random_state=0).fit(names["X_train"][:5000]).cluster_centers_
    refused = of_what_is_built_on(seen(few))
    assert refused.found == str(k) and refused.expected == "kmeans_10 has at least 5 clusters with images in them"
    assert "changed after the fit" in refused.likely and refused.hint == "go back to kmeans_10 first"


def test_later_steps_take_any_number_of_clusters_from_five_to_255(names, centroids):
    five = MiniBatchKMeans(5, random_state=0).fit(names["X_train"]).cluster_centers_
    assert len(clusters.facts_of("kmeans_10", seen(five)).counts) == 5
    assert len(clusters.facts_of("kmeans_10", seen(with_unused(centroids, 255))).counts) == 255
    assert "fitted clustering" in of_what_is_built_on(seen(with_unused(centroids, 256))).expected
    none = Array("float64", (0, 784), 0.0, 0.0, np.arange(0), centroids[:0])
    assert "fitted clustering" in of_what_is_built_on(Fitted("KMeans", 0, 1, none, Missing())).expected


def test_the_means_of_each_digit_are_no_clustering(names):
    means = np.array([names["X_train"][names["y_train"] == digit].mean(axis=0) for digit in range(10)])
    refused = of_what_is_built_on(seen(means))
    assert "made with y_train" in refused.likely and "at most 0.72" in refused.expected
    assert "kmeans_10.fit(X_train)" in refused.hint
    parts = np.concatenate([MiniBatchKMeans(5, random_state=0).fit(names["X_train"][names["y_train"] == digit])
                            .cluster_centers_ for digit in range(10)])
    refused = refusal(lambda: list(clusters.clustering("kmeans_50", seen(parts), 50)))
    assert "made with y_train" in refused.likely and "kmeans_50.fit(X_train)" in refused.hint


def test_the_page_of_the_checks_was_measured_for_the_bounds_as_they_are():
    text = (ROOT / "docs" / "checks.md").read_text()
    for k, bounds in clusters.FITS.items():
        written = f"{bounds.lowest_accuracy:.2f} to {clusters.CEILINGS[k]:.2f}", \
            f"at most {bounds.highest_inertia / 1e6:.2f}", f"at most {bounds.highest_shift:.2f}"
        assert f"| **bounds** | **{k}** |  | {' | '.join(f'**{one}**' for one in written)} |  |" in text
