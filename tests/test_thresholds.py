"""The study of the thresholds: what it keeps, what it estimates, and that docs/checks.md says the same."""

import json

import numpy as np
import pytest
from scipy import stats

from benchmarks import clusterings, findings, tails, thresholds

RESULT = json.loads(findings.RESULT.read_text())


def test_the_tables_are_those_of_the_result():
    text = findings.PAGE.read_text()
    assert findings.page(text, RESULT) == text


def test_the_result_is_of_the_bounds_that_the_checks_have_now():
    assert RESULT["bounds"] == {k: findings.bounds(int(k)) for k in findings.KS}


@pytest.mark.parametrize("k", findings.KS)
def test_the_summary_is_that_of_the_accuracies(k):
    found = RESULT["defaults"][k]
    assert tails.summary(found["accuracies"]) == pytest.approx({name: found[name] for name in (
        "fits", "mean", "sd", "min", "max", "skewness")})
    assert found["fits"] == clusterings.MANY == len(found["accuracies"])


def test_all_of_the_plan_was_measured():
    assert len(clusterings.plan()) == sum(case["fits"] for case in RESULT["cases"])


def test_a_line_cut_off_when_the_study_was_killed_is_measured_again(tmp_path):
    whole = {"name": "noise", "k": 10, "seed": 1000, "accuracy": 0.2}
    path = tmp_path / "kept.jsonl"
    path.write_text(json.dumps(whole) + "\n" + json.dumps(whole | {"seed": 1001})[:-9])
    assert thresholds.kept(path) == {("noise", 10, 1000): whole}


def test_a_study_goes_on_after_a_line_that_was_cut_off(tmp_path):
    path, jobs = tmp_path / "kept.jsonl", [("noise", 10, 1000)]
    path.write_text('{"name": "no')
    found = thresholds.run(jobs, path, processes=1)
    assert thresholds.kept(path) == dict(zip(jobs, found)) and found[0]["shift"] > 2


def test_a_bound_by_clopper_and_pearson_for_no_failure_is_the_rule_of_three():
    assert tails.clopper_pearson(0, 1000) == pytest.approx(3 / 1000, rel=0.01)


def _exponential(n, rng):
    return -rng.exponential(size=n), np.log(1e-4)


def _normal(n, rng):
    return rng.normal(size=n), stats.norm.ppf(1e-4)


@pytest.mark.parametrize("draw", [_exponential, _normal])
def test_the_pessimistic_bound_lies_above_the_true_chance(draw):
    bounds = [tails.exponential(*draw(1000, np.random.default_rng(seed))) for seed in range(100)]
    assert np.mean(np.array(bounds) >= 1e-4) >= 0.9


def test_noise_is_measured_as_what_the_checks_refuse():
    seen = clusterings.measure("noise", 10, 1)
    assert seen["shift"] > RESULT["bounds"]["10"]["highest_shift"]
