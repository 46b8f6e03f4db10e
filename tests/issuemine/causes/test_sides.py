"""Comparisons of two groups agree with statsmodels and scipy, and hold what they promise."""

import numpy as np
import pytest
from scipy.stats import binom, false_discovery_control
from statsmodels.stats.proportion import confint_proportions_2indep

from issuemine.causes.sides import told_sides, two_sides

A = np.array([30.0, 5.0, 0.0, 7.0, 0.0])
B = np.array([40.0, 5.0, 9.0, 0.0, 0.0])
N, M = 400, 900


def test_the_difference_has_newcombes_interval() -> None:
    found = two_sides(A, B, N, M)
    for place, (a, b) in enumerate(zip(A, B, strict=True)):
        oracle = confint_proportions_2indep(a, N, b, M, compare="diff", method="newcomb")
        assert (found.difference_low[place], found.difference_high[place]) == pytest.approx(oracle, abs=1e-9)


def test_p_values_are_mid_p_values_of_the_binomial_and_q_values_are_over_all() -> None:
    found = two_sides(A, B, N, M)
    for place, (a, b) in enumerate(zip(A, B, strict=True)):
        given = binom(a + b, N / (N + M))
        tails = [given.pmf(a) / 2 + tail for tail in (given.cdf(a - 1), given.sf(a))]
        assert found.p_value[place] == pytest.approx(min(1.0, 2 * min(tails)))
    assert found.q_value == pytest.approx(false_discovery_control(found.p_value))


@pytest.mark.parametrize(("a", "b"), [(60.0, 90.0), (12.0, 4.0), (2.0, 40.0)])
def test_the_ratio_s_interval_covers_the_true_ratio(a: float, b: float) -> None:
    generator = np.random.default_rng(0)
    found = two_sides(generator.poisson(a, 20_000) * 1.0, generator.poisson(b, 20_000) * 1.0, 1_000, 3_000)
    covered = (found.low <= a / b * 3) & (a / b * 3 <= found.high)
    assert 0.94 <= covered.mean() <= 0.98


def test_turning_the_sides_round_turns_the_figures_round() -> None:
    found, turned = two_sides(A[:2], B[:2], N, M), two_sides(B[:2], A[:2], M, N)
    assert found.ratio == pytest.approx(1 / turned.ratio)
    assert found.low == pytest.approx(1 / turned.high)
    assert found.difference_low == pytest.approx(-turned.difference_high)
    assert found.q_value == pytest.approx(turned.q_value)
    assert found.strengths() == turned.strengths()


def test_what_one_side_lacks_has_an_interval_with_one_end() -> None:
    found = two_sides(np.array([0.0, 30.0]), np.array([30.0, 0.0]), 100, 100)
    assert (found.ratio[0], found.low[0]) == (0, 0)
    assert 0 < found.high[0] < 0.5
    assert np.isinf([found.ratio[1], found.high[1]]).all()
    assert found.low[1] > 2
    assert found.strengths() == ["strong", "strong"]
    told = told_sides(0.3, 0.0, np.inf, float(found.low[1]), np.inf, 0.0)
    assert (
        told == f"30.0% of the first side and none of the second: at least {found.low[1]:.0f} times as often."
    )


def test_small_differences_and_empty_sides_say_nothing() -> None:
    assert two_sides(np.array([5.0]), np.array([6.0]), 100, 100).strengths() == [None]
    nothing = two_sides(np.array([5.0, 1.0]), np.array([0.0, 0.0]), 100, 0)
    assert np.isnan(nothing.ratio).all()
    assert nothing.q_value.tolist() == [1, 1]
    assert nothing.strengths() == [None, None]
    assert len(two_sides(np.array([]), np.array([]), 5, 5).q_value) == 0
