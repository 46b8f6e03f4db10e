"""Counts judged against their own past."""

import numpy as np
import pytest
from numpy.typing import NDArray

from issuemine.config import DetectSettings
from issuemine.errors import TrendsError
from issuemine.trends.holidays import public_holidays
from issuemine.trends.predictive import q_values
from issuemine.trends.surveillance import judge, judge_range

N_DAYS = 500
DAYS = np.datetime64("2023-01-02") + np.arange(N_DAYS)
ONES = np.ones(N_DAYS)


def counts_of(mean: float | NDArray[np.float64], topics: int = 60, seed: int = 1) -> NDArray[np.float64]:
    return np.random.default_rng(seed).poisson(mean, (topics, N_DAYS)).astype(float)


def test_where_nothing_happens_few_days_are_unusual() -> None:
    calm = judge_range(counts_of(6.0, topics=200), ONES, DAYS, first=N_DAYS - 28)
    for p_values in (calm.p_day, calm.p_week, calm.p):
        assert np.mean(p_values < 0.01) < 0.015
        assert np.mean(p_values < 0.1) < 0.12
    within = (calm.observed >= calm.low) & (calm.observed <= calm.high)
    assert 0.94 < within.mean() < 1.0


def test_a_sudden_rise_is_unusual_on_its_day_and_a_slow_one_by_the_week() -> None:
    counts = counts_of(6.0, topics=2)
    counts[0, -1] += 14
    counts[1, -7:] += 5
    found = judge(counts, ONES, DAYS)
    assert found.p_day[0] < 1e-4
    assert found.p_week[1] < found.p_day[1]
    assert found.p_week[1] < 0.005
    assert (found.p < 0.01).all()
    assert found.observed[0] == counts[0, -1]
    assert found.expected == pytest.approx([6.0, 6.0], rel=0.15)


def test_a_busier_day_alone_makes_no_topic_unusual() -> None:
    exposure = np.full(N_DAYS, 100.0)
    exposure[-3:] = 400.0
    counts = counts_of(0.06 * exposure)
    assert judge(counts, exposure, DAYS).p.min() > 1e-3
    assert judge(counts, ONES, DAYS).p.max() < 1e-3


def test_missing_days_are_not_zero() -> None:
    counts = counts_of(6.0)
    holes = counts.copy()
    holes[:, 100:250] = np.nan
    holes[:, -3] = np.nan
    holes[0, -1] = np.nan
    found = judge(holes, ONES, DAYS)
    assert found.expected[1:] == pytest.approx(judge(counts, ONES, DAYS).expected[1:], rel=0.15)
    assert np.isnan(found.p_day[0])
    assert np.isnan(found.expected[0])
    assert found.expected_week[1:] == pytest.approx(6 * found.expected[1:], rel=0.2)
    assert np.mean(found.p < 0.01) < 0.05


def test_the_day_of_the_week_is_expected() -> None:
    monday = (np.arange(N_DAYS) % 7 == 0) * 1.0
    found = judge_range(counts_of(4 + 16 * monday), ONES, DAYS, first=N_DAYS - 21)
    assert found.expected[:, 0 if (N_DAYS - 21) % 7 == 0 else 7 - (N_DAYS - 21) % 7].mean() == pytest.approx(
        20, rel=0.1
    )
    assert np.mean(found.p < 0.01) < 0.02


def test_an_outbreak_of_the_past_does_not_hide_the_next_one() -> None:
    counts = counts_of(6.0, topics=1)
    before = judge(counts, ONES, DAYS)
    counts[0, 300:314] += 60
    after = judge(counts, ONES, DAYS)
    assert after.expected[0] < 1.15 * before.expected[0]
    assert after.high[0] <= before.high[0] + 4


def test_an_issue_on_the_rise_is_not_its_own_normal() -> None:
    counts = counts_of(6.0, topics=1)
    counts[0, -14:] += 20
    assert judge(counts, ONES, DAYS).expected[0] == pytest.approx(6, rel=0.15)


def test_a_topic_with_three_weeks_of_history_borrows_from_the_others() -> None:
    counts = counts_of(2.0)[:, :22]
    counts[0] = 0
    counts[0, -1] = 1
    counts[1, -1] = 20
    found = judge(counts, ONES[:22], DAYS[:22])
    assert set(found.method) == {"pooled"}
    assert found.p[0] > 0.05
    assert found.p[1] < 1e-6
    assert found.expected[2:] == pytest.approx(np.full(58, 2.0), rel=0.5)


def test_a_topic_never_heard_of_is_judged_by_what_topics_are_like() -> None:
    counts = np.vstack([counts_of(0.05, topics=50), np.zeros((2, N_DAYS))])
    counts[50, -1] = 1
    counts[51, -1] = 12
    found = judge(counts, ONES, DAYS)
    assert found.method[50] == "pooled"
    assert found.p[50] > 0.01
    assert found.p[51] < 1e-8


def test_a_range_says_what_each_day_says_where_baselines_are_fitted_daily() -> None:
    daily = DetectSettings(refit_days=1)
    counts = counts_of(3.0, topics=5)
    many = judge_range(counts, ONES, DAYS, first=N_DAYS - 4, settings=daily)
    for offset in range(4):
        one = judge(counts, ONES, DAYS, at=N_DAYS - 4 + offset, settings=daily)
        np.testing.assert_allclose(many.p[:, offset], one.p, rtol=1e-3)
        np.testing.assert_allclose(many.expected[:, offset], one.expected, rtol=1e-3)


def test_days_after_the_judged_one_play_no_part() -> None:
    counts = counts_of(3.0, topics=3)
    later = counts.copy()
    later[:, -20:] = 500
    np.testing.assert_array_equal(
        judge(counts, ONES, DAYS, at=N_DAYS - 21).p, judge(later, ONES, DAYS, at=N_DAYS - 21).p
    )


def test_q_values_leave_out_what_was_not_judged() -> None:
    q_of = q_values(np.array([0.01, np.nan, 0.02, 0.5]))
    assert q_of[[0, 2, 3]] == pytest.approx([0.03, 0.03, 0.5])
    assert np.isnan(q_of[1])


def test_nothing_is_said_before_there_is_a_past() -> None:
    found = judge(counts_of(3.0)[:, :2], ONES[:2], DAYS[:2])
    assert np.isnan(found.p).all()


def test_counts_that_cannot_be_judged_are_refused() -> None:
    counts = counts_of(1.0, topics=2)
    with pytest.raises(TrendsError):
        judge(counts, ONES[1:], DAYS)
    with pytest.raises(TrendsError):
        judge(counts, ONES, np.delete(np.append(DAYS, DAYS[-1] + 1), 5))
    with pytest.raises(TrendsError):
        judge(-counts - 1, ONES, DAYS)
    with pytest.raises(TrendsError):
        judge(counts, ONES, DAYS, at=N_DAYS)


def test_a_level_that_moved_months_ago_is_the_normal_of_today() -> None:
    level = np.where(np.arange(N_DAYS) < N_DAYS - 90, 4.0, 8.0)
    moved = judge_range(counts_of(level, topics=150), ONES, DAYS, first=N_DAYS - 14)
    assert moved.expected.mean() > 6.3
    assert np.mean(moved.p < 0.001) < 0.02


def test_runs_of_good_and_bad_weeks_make_no_week_unusual() -> None:
    rng = np.random.default_rng(12)
    weeks = rng.gamma(6, 1 / 6, (200, N_DAYS // 7 + 1)).repeat(7, axis=1)[:, :N_DAYS]
    found = judge_range(rng.poisson(5 * weeks).astype(float), ONES, DAYS, first=N_DAYS - 28)
    assert np.mean(found.p_week < 0.01) < 0.04


def test_a_holiday_is_expected_once_enough_have_been_seen() -> None:
    holidays = np.zeros(N_DAYS, dtype=bool)
    holidays[10::45] = True
    holidays[-1] = True
    counts = counts_of(np.where(holidays, 30.0, 6.0))
    told = judge(counts, ONES, DAYS, holidays=holidays)
    assert told.expected.mean() == pytest.approx(30, rel=0.15)
    assert np.mean(told.p < 0.01) < 0.05
    assert np.median(judge(counts, ONES, DAYS).p) < 1e-4


def test_weeks_are_judged_as_days_are() -> None:
    weeks = np.datetime64("2015-01-05") + 7 * np.arange(N_DAYS)
    counts = counts_of(6.0, topics=100)
    counts[0, -1] += 20
    found = judge(counts, ONES, weeks)
    assert found.p[0] < 1e-5
    assert np.mean(found.p[1:] < 0.01) < 0.05
    assert found.observed_week == pytest.approx(counts[:, -2:].sum(axis=1))


def test_each_topic_may_have_its_own_exposure() -> None:
    exposure = np.random.default_rng(13).uniform(50, 150, (40, N_DAYS))
    exposure[:, -1] = np.linspace(50, 500, 40)
    found = judge(counts_of(0.05 * exposure, topics=40), exposure, DAYS)
    assert found.expected == pytest.approx(0.05 * exposure[:, -1], rel=0.25)
    assert found.p.min() > 1e-4


def test_the_holidays_of_a_country_are_known() -> None:
    days = np.datetime64("2023-01-02") + np.arange(1_000)
    seollal = days == np.datetime64("2025-01-29")
    found = public_holidays(days, "KR")
    assert found[seollal].all()
    assert 40 < found.sum() < 60
    at = int(seollal.argmax())
    counts = np.random.default_rng(14).poisson(np.where(found, 2.0, 8.0), (30, 1_000)).astype(float)
    named = DetectSettings(holidays="KR")
    assert judge(counts, np.ones(1_000), days, at=at, settings=named).expected.mean() < 3
    assert judge(counts, np.ones(1_000), days, at=at).expected.mean() > 6
    with pytest.raises(TrendsError, match=r"detect\.holidays"):
        judge(counts, np.ones(1_000), days, settings=DetectSettings(holidays="Atlantis"))
