"""Change points of simulated rates: found where they are, with honest intervals, and nowhere else."""

from datetime import date, timedelta

import numpy as np
import pytest

from issuemine.causes.changepoints import change_points

FIRST = date(2025, 1, 1)
WEEK = np.array([1.0, 1.1, 1.0, 0.9, 1.0, 0.6, 0.5])


def world(
    seed: list[int], factors: np.ndarray, mean: float = 5.0, alpha: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Counts whose rate follows factors, and their exposure, which has a week of its own."""
    generator = np.random.default_rng(seed)
    exposure = generator.poisson(200 * WEEK[np.arange(len(factors)) % 7]).astype(float)
    means = mean * exposure / exposure.mean() * factors
    if alpha:
        means = means * generator.gamma(1 / alpha, alpha, len(factors))
    return generator.poisson(means).astype(float), exposure


def step(days: int, *changes: tuple[int, float]) -> np.ndarray:
    factors = np.ones(days)
    for at, factor in changes:
        factors[at:] = factor
    return factors


@pytest.mark.parametrize("alpha", [0.0, 0.5])
@pytest.mark.parametrize("mean", [0.5, 8.0])
def test_a_steady_rate_has_no_change_point(mean: float, alpha: float) -> None:
    found = [change_points(*world([1, seed], np.ones(300), mean, alpha), FIRST) for seed in range(30)]
    assert sum(map(bool, found)) <= 3


def test_a_step_is_dated_and_its_ratio_told() -> None:
    (point,) = change_points(*world([2], step(300, (200, 3.0))), FIRST)
    assert point.first <= FIRST + timedelta(days=200) <= point.last
    assert point.low <= 3.0 <= point.high
    assert (point.last - point.first).days <= 7
    assert (point.days, point.before_days) == (300 - (point.day - FIRST).days, (point.day - FIRST).days)
    assert point.p_value < 1e-6


def test_an_outage_has_a_beginning_and_an_end() -> None:
    begun, ended = change_points(*world([3], step(300, (150, 8.0), (156, 1.0))), FIRST)
    assert begun.first <= FIRST + timedelta(days=150) <= begun.last
    assert ended.first <= FIRST + timedelta(days=156) <= ended.last
    assert (begun.low > 2, ended.high < 0.5) == (True, True)


def test_a_rate_that_falls_to_nothing_is_told_with_a_finite_interval() -> None:
    (point,) = change_points(*world([4], step(300, (150, 0.0))), FIRST)
    assert point.records == 0
    assert 0 < point.low <= point.ratio <= point.high < 0.1


def test_more_records_of_everything_are_no_change() -> None:
    counts, exposure = world([5], step(300, (150, 4.0)))
    assert change_points(counts, exposure * step(300, (150, 4.0)), FIRST) == []


def test_a_week_of_its_own_is_no_change() -> None:
    factors = np.where(np.arange(300) % 7 == 2, 6.0, 1.0)
    assert change_points(*world([6], factors, mean=2.0), FIRST) == []


def test_days_that_are_missing_tell_nothing() -> None:
    counts, exposure = world([7], step(300, (150, 3.0)))
    gone = slice(200, 230)
    counts[gone], exposure[gone] = 0.0, 0.0
    (point,) = change_points(counts, exposure, FIRST)
    assert point.first <= FIRST + timedelta(days=150) <= point.last


def test_too_little_to_tell_says_nothing() -> None:
    assert change_points(np.ones(10), np.full(10, 5.0), FIRST) == []
    assert change_points(np.zeros(100), np.full(100, 5.0), FIRST) == []
    assert change_points(np.ones(100), np.zeros(100), FIRST) == []


def test_scattered_counts_make_dates_less_sure() -> None:
    def width(alpha: float) -> float:
        told = [
            change_points(*world([8, seed], step(300, (150, 3.0)), 5.0, alpha), FIRST) for seed in range(20)
        ]
        return float(np.mean([(point.last - point.first).days for points in told for point in points]))

    assert width(1.0) > 2 * width(0.0)


def test_intervals_of_the_date_and_of_the_ratio_cover_the_truth() -> None:
    dated, sized, found = 0, 0, 0
    for seed in range(120):
        generator = np.random.default_rng([9, seed])
        at, ratio = int(generator.integers(40, 260)), float(generator.uniform(1.6, 5.0))
        alpha = float(generator.choice([0.0, 0.3]))
        points = change_points(*world([10, seed], step(300, (at, ratio)), 4.0, alpha), FIRST)
        if len(points) == 1:
            found += 1
            dated += points[0].first <= FIRST + timedelta(days=at) <= points[0].last
            sized += points[0].low <= ratio <= points[0].high
    assert found >= 100
    assert dated / found >= 0.9
    assert sized / found >= 0.88


def test_the_same_counts_give_the_same_change_points() -> None:
    counts, exposure = world([11], step(300, (100, 2.0)))
    assert change_points(counts, exposure, FIRST) == change_points(counts, exposure, FIRST)
