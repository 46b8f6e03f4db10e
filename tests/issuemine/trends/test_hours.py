"""The last hours, judged like days."""

import numpy as np
import pytest

from issuemine.config import DetectSettings
from issuemine.errors import TrendsError
from issuemine.trends.hours import judge_hours, same_hours
from issuemine.trends.surveillance import judge

DAYS = 120


def test_spans_end_with_the_last_hour_and_lie_a_day_apart() -> None:
    hourly = np.arange(60.0)
    assert same_hours(hourly, 2).tolist() == [10 + 11.0, 34 + 35.0, 58 + 59.0]
    assert same_hours(np.stack([hourly, hourly]), 24).shape == (2, 2)


def test_a_missing_hour_makes_its_span_missing() -> None:
    hourly = np.ones(72)
    hourly[46] = np.nan
    assert np.isnan(same_hours(hourly, 3)).tolist() == [False, True, False]


def test_an_outage_of_the_last_hours_is_unusual_though_the_morning_is_always_busy() -> None:
    hour = np.arange(DAYS * 24) % 24
    mean = np.where((hour >= 8) & (hour < 12), 6.0, 0.5)
    counts = np.random.default_rng(2).poisson(mean, (20, DAYS * 24)).astype(float)
    days = np.datetime64("2024-01-01") + np.arange(DAYS)
    morning, night = counts[:, : (DAYS - 1) * 24 + 12], counts.copy()
    calm = judge(same_hours(morning, 4), np.ones(DAYS), days)
    assert calm.expected.mean() == pytest.approx(24, rel=0.1)
    assert np.mean(calm.p < 0.01) <= 0.05
    night[0, -4:] += 4
    assert judge(same_hours(night, 4), np.ones(DAYS), days).p[0] < 1e-5


def test_spans_that_cannot_be_are_refused() -> None:
    for hours in (0, 25):
        with pytest.raises(TrendsError):
            same_hours(np.ones(100), hours)
    with pytest.raises(TrendsError):
        same_hours(np.ones(3), 4)


def test_calm_hours_are_seldom_unusual_and_what_is_comes_as_often_as_it_should() -> None:
    """Beside a busy morning and a quiet night, on topics from sparse to busy, as shares of a source."""
    rng = np.random.default_rng(4)
    days = np.datetime64("2024-01-01") + np.arange(DAYS)
    hour = np.arange(DAYS * 24) % 24
    found = []
    for _ in range(6):
        source = rng.poisson(np.where((hour >= 8) & (hour < 20), 20.0, 4.0))
        shares = np.repeat([0.01, 0.03, 0.1], 100)
        counts = rng.binomial(source[None, :], shares[:, None]).astype(float)
        exposure = np.broadcast_to(source.astype(float), counts.shape)
        found.append(judge_hours(counts, exposure, days, DetectSettings()).p)
    p = np.concatenate(found)
    assert np.mean(p < 0.01) <= 0.015
    assert np.mean(p < 0.001) <= 0.002


def test_the_hours_that_stand_out_are_named_with_what_they_are_out_of() -> None:
    days = np.datetime64("2024-01-01") + np.arange(DAYS)
    counts = np.random.default_rng(3).poisson(0.2, (30, DAYS * 24)).astype(float)
    exposure = np.full(counts.shape, 50.0)
    counts[0, -3:] = 5
    told = judge_hours(counts, exposure, days, DetectSettings())
    assert told.p[0] < 1e-6
    assert (told.hours[0], told.observed[0], told.exposure[0]) == (3, 15, 150)
    assert told.expected[0] == pytest.approx(0.6, abs=0.3)
    exposure[0, -3:] = 50 * 25
    assert judge_hours(counts, exposure, days, DetectSettings()).p[0] > 0.01
