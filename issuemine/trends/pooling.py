"""Baselines of topics with little history: their own few days, and what topics are usually like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from issuemine.trends.design import step_of
from issuemine.trends.drift import rolling
from issuemine.trends.forecast import Forecast
from issuemine.trends.robust import outbreak_weights
from issuemine.trends.series import Series

Floats = NDArray[np.float64]

_SHAPES = np.logspace(-2, 2, 41)
_MOST_DISPERSION = 25.0


def by_pooling(part: Series, baseline: int, judged: int, window: int, among: Series) -> Forecast:
    """Forecast topics with little history or few records, which borrow from all topics.

    Parameters
    ----------
    part, baseline, judged, window
        As for :func:`~issuemine.trends.forecast.by_regression`.
    among : Series
        All topics of the run, from which the prior is learned.
    """
    past = part.between(0, baseline - 1)
    others = among.between(0, baseline - 1)
    profile = _weekday_profile(others, part.days)
    prior = pooled_prior(
        others.counts.sum(axis=1), (others.present * others.exposure * profile[:baseline]).sum(axis=1)
    )
    future = part.between(part.days.size - judged - window + 1, part.days.size - 1)
    if prior is None:
        nothing = np.full((part.counts.shape[0], judged), np.nan)
        return Forecast(nothing, nothing, nothing, nothing, nothing[:, 0])
    exposure = past.exposure * profile[:baseline]
    weights = past.present
    shape, rate = _posterior(past.counts.sum(axis=1), (weights * exposure).sum(axis=1), 1.0, prior)
    dispersion = 1.0
    for _ in range(2):
        fitted = (shape / rate)[:, None] * exposure
        dispersion = _common_dispersion(past, fitted, weights)
        flat = np.full(shape.shape, dispersion)
        weights = past.present * outbreak_weights(past.counts, fitted, flat, np.zeros(fitted.shape))
        shape, rate = _posterior(
            (weights * past.counts).sum(axis=1), (weights * exposure).sum(axis=1), dispersion, prior
        )
    mean = (shape / rate)[:, None] * future.exposure * profile[-(judged + window - 1) :]
    day_mean, window_mean = mean[:, window - 1 :], rolling(mean * future.present, window)
    return Forecast(
        day_mean,
        dispersion * day_mean + day_mean**2 / shape[:, None],
        window_mean,
        dispersion * window_mean + window_mean**2 / shape[:, None],
        np.full(shape.shape, dispersion),
    )


@dataclass(frozen=True)
class Prior:
    """What the rate of a topic (records over exposure) is before its own counts are seen: a gamma.

    Attributes
    ----------
    shape, rate : float
        Of the gamma distribution; its mean is shape / rate.
    """

    shape: float
    rate: float


def pooled_prior(records: Floats, exposure: Floats) -> Prior | None:
    """The prior under which the topics' counts are likeliest, its mean being the mean rate of all.

    Parameters
    ----------
    records, exposure : ndarray of shape (n_topics,)
        Sums over the baseline. Topics without exposure take no part.

    Returns
    -------
    Prior or None
        None where no topic has exposure and records: nothing is known at all.

    References
    ----------
    Robbins, H. (1956). An empirical Bayes approach to statistics; the marginal distribution of a Poisson
    count with a gamma rate is negative binomial.
    """
    seen = exposure > 0
    if records[seen].sum() <= 0:
        return None
    mean = float(records[seen].sum() / exposure[seen].sum())
    y, e = records[seen][:, None], exposure[seen][:, None]
    rate = _SHAPES[None, :] / mean
    likelihood = (
        gammaln(y + _SHAPES)
        - gammaln(_SHAPES)
        + _SHAPES * np.log(rate / (rate + e))
        + y * np.log(e / (rate + e))
    ).sum(axis=0)
    shape = float(_SHAPES[int(likelihood.argmax())])
    return Prior(shape, shape / mean)


def _posterior(records: Floats, exposure: Floats, dispersion: float, prior: Prior) -> tuple[Floats, Floats]:
    """Shape and rate of each topic's gamma once its counts are seen; overdispersed ones say less."""
    return prior.shape + records / dispersion, prior.rate + exposure / dispersion


def _weekday_profile(past: Series, days: NDArray[np.datetime64]) -> Floats:
    """How much of the mean each day of the week brings, over all topics and beyond exposure: (n_days,)."""
    if step_of(days) != 1:
        return np.ones(days.size)
    weekday = (days.astype(np.int64) + 3) % 7
    exposure = past.present * past.exposure
    rate = past.counts.sum(axis=1) / np.maximum(exposure.sum(axis=1), 1e-300)
    expected = rate[:, None] * exposure
    known = weekday[: past.days.size]
    seen = np.bincount(known, past.counts.sum(axis=0), 7)
    due = np.bincount(known, expected.sum(axis=0), 7)
    return np.asarray(((seen + 10) / (due + 10))[weekday])


def _common_dispersion(past: Series, fitted: Floats, weights: Floats) -> float:
    """One dispersion for all topics, each of which has too few days for its own."""
    scaled = weights * (past.counts - fitted) ** 2 / np.maximum(fitted, 1e-10)
    share = past.counts.sum(axis=1) > 0
    freedom = max(float(weights[share].sum() - share.sum()), 1.0)
    return float(np.clip(scaled[share].sum() / freedom, 1.0, _MOST_DISPERSION))
