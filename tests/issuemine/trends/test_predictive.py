"""Tails, intervals, and several tests made one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammaln
from scipy.stats import combine_pvalues

from issuemine.trends.pooling import pooled_prior
from issuemine.trends.predictive import combined, interval, mid_p, upper_tail


@given(st.integers(0, 60), st.floats(0.05, 30), st.floats(1.05, 8))
def test_the_tail_is_the_sum_of_the_probabilities_of_a_gamma_mixed_poisson(
    count: int, mean: float, phi: float
) -> None:
    below = np.arange(count)
    size, chance = mean / (phi - 1), 1 / phi
    log = gammaln(below + size) - gammaln(size) - gammaln(below + 1) + size * np.log(chance)
    oracle = 1 - np.exp(log + below * np.log(1 - chance)).sum()
    found = upper_tail(np.array([float(count)]), np.array([mean]), np.array([phi * mean]))
    assert found[0] == pytest.approx(oracle, abs=1e-9)


def test_small_mid_p_values_come_as_often_as_they_should() -> None:
    rng = np.random.default_rng(1)
    counts = rng.negative_binomial(0.8 / 1.5, 1 / 2.5, 400_000).astype(float)
    mean = np.full(counts.shape, 0.8)
    found = mid_p(counts, mean, 2.5 * mean)
    assert found.mean() == pytest.approx(0.5, abs=0.005)
    assert np.mean(found < 0.05) == pytest.approx(0.05, abs=0.015)


def test_the_interval_holds_95_of_100_counts() -> None:
    rng = np.random.default_rng(2)
    counts = rng.negative_binomial(20 / 2, 1 / 3, 100_000)
    low, high = interval(np.array([20.0]), np.array([60.0]))
    assert np.mean((counts >= low) & (counts <= high)) == pytest.approx(0.955, abs=0.01)


@given(st.floats(1e-250, 0.5))
def test_two_tests_that_agree_are_one(p_value: float) -> None:
    both = np.array([p_value])
    assert combined(both, both)[0] == pytest.approx(p_value, rel=1e-6)
    assert combined(both, np.array([1.0]))[0] <= 1
    assert combined(both, np.array([np.nan]))[0] == pytest.approx(p_value, rel=1e-6)


@given(st.floats(1e-200, 1e-3))
def test_one_of_two_tests_costs_a_factor_of_two(p_value: float) -> None:
    assert combined(np.array([p_value]), np.array([0.5]))[0] == pytest.approx(2 * p_value, rel=0.01)


def test_a_combination_errs_no_more_than_it_says_though_tests_depend() -> None:
    rng = np.random.default_rng(3)
    first = rng.normal(size=200_000)
    second = 0.6 * first + 0.8 * rng.normal(size=200_000)
    from scipy.stats import norm

    joint = combined(norm.sf(first), norm.sf(second))
    assert np.mean(joint < 0.01) == pytest.approx(0.01, abs=0.002)
    alone = combine_pvalues([0.003, 0.003], method="fisher").pvalue
    assert alone < combined(np.array([0.003]), np.array([0.003]))[0]


def test_the_prior_of_a_run_is_what_its_topics_have_in_common() -> None:
    rng = np.random.default_rng(4)
    exposure = rng.uniform(200, 2_000, 800)
    rates = rng.gamma(2.0, 0.01 / 2.0, 800)
    prior = pooled_prior(rng.poisson(rates * exposure).astype(float), exposure)
    assert prior is not None
    assert prior.shape == pytest.approx(2.0, rel=0.3)
    assert prior.shape / prior.rate == pytest.approx(0.01, rel=0.1)


def test_nothing_seen_gives_no_prior() -> None:
    assert pooled_prior(np.zeros(3), np.ones(3)) is None
