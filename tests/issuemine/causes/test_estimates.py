"""Estimates and false discovery rates agree with statsmodels and scipy."""

import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import false_discovery_control
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.proportion import confint_proportions_2indep

from issuemine.causes.estimates import against_others, against_past
from issuemine.causes.fdr import q_values


def table(records: list[int], total: list[int]) -> pa.Table:
    return pa.table({"stratum": list(range(len(records))), "records": records, "total": total})


@pytest.mark.parametrize("seed", range(5))
def test_q_values_are_those_of_benjamini_and_hochberg(seed: int) -> None:
    p_values = np.random.default_rng(seed).random(50) ** 3
    assert q_values(p_values) == pytest.approx(false_discovery_control(p_values))


def test_the_risk_ratio_over_strata_is_mantel_haenszels() -> None:
    inside, others = table([30, 12, 5], [100, 80, 20]), table([40, 60, 9], [400, 700, 90])
    found = against_others(inside, others)
    tables = [[[30, 70], [40, 360]], [[12, 68], [60, 640]], [[5, 15], [9, 81]]]
    oracle = StratifiedTable([np.array(each, dtype=float) for each in tables])
    assert found.ratio == pytest.approx(oracle.riskratio_pooled)
    assert found.expected == pytest.approx(47 / found.ratio)


def test_the_interval_of_one_stratum_is_the_one_on_the_scale_of_logarithms() -> None:
    found = against_others(table([30], [100]), table([40], [400]))
    low, high = confint_proportions_2indep(30, 100, 40, 400, compare="ratio", method="log")
    assert (found.low, found.high) == pytest.approx((low, high))


def test_a_combination_that_nobody_else_shares_has_a_finite_ratio() -> None:
    found = against_others(table([30], [100]), table([0], [400]))
    assert found.ratio > found.low > 1
    assert np.isfinite(found.high)


@pytest.mark.parametrize(("now", "past"), [(40.0, 100.0), (10.0, 2.0)])
def test_the_interval_against_the_past_covers_the_true_ratio(now: float, past: float) -> None:
    generator = np.random.default_rng(0)
    ratio, draws = now / (past / 4), 4_000
    pairs = zip(generator.poisson(now, draws), generator.poisson(past, draws), strict=True)
    found = [against_past(float(n), 100.0, (p + 0.1) / 4, p + 0.1) for n, p in pairs]
    covered = np.mean([each.low <= ratio <= each.high for each in found])
    assert 0.93 <= covered <= 0.97
