"""What is to be expected of the days that are judged, given the days before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from issuemine.trends.design import calendar_design, step_of
from issuemine.trends.pooling import pooled_prior, posterior
from issuemine.trends.predictive import Floats
from issuemine.trends.robust import anscombe, fit_robust, outbreak_weights, pearson
from issuemine.trends.series import Series

_MOST_SPREAD = 25.0


@dataclass(frozen=True)
class Forecast:
    """Mean and variance of the counts of each judged day and of the window that ends with it.

    Attributes
    ----------
    mean, variance, window_mean, window_variance : ndarray of shape (n_topics, n_judged)
        The variance holds both the scatter of counts and the uncertainty of the baseline. Missing days of a
        window are left out of its mean.
    dispersion : ndarray of shape (n_topics,)
        Variance over mean of daily counts around the baseline.
    coefficients : ndarray of shape (n_topics, n_columns), or None
        To start the next fit from.
    """

    mean: Floats
    variance: Floats
    window_mean: Floats
    window_variance: Floats
    dispersion: Floats
    coefficients: Floats | None = None


def rolling(values: Floats, window: int) -> Floats:
    """Sums of each ``window`` neighbouring days: (n_topics, n_days - window + 1)."""
    total = np.cumsum(np.pad(values, ((0, 0), (1, 0))), axis=1)
    return np.asarray(total[:, window:] - total[:, :-window])


def by_regression(
    part: Series, baseline: int, judged: int, window: int, start: Floats | None = None
) -> Forecast:
    """Forecast topics that have a history of their own.

    Parameters
    ----------
    part : Series
        Baseline, guard band, window and judged days.
    baseline : int
        The first so many days are the baseline.
    judged : int
        The last so many days are judged.
    window : int
        Days that are also judged together.
    start : ndarray, optional
        Coefficients of an earlier fit.
    """
    design = calendar_design(part.days, slice(0, baseline), part.holidays)
    past = part.between(0, baseline - 1)
    history = past.present.sum(axis=1).astype(np.int64)
    penalty = design.penalty(history)
    if start is not None and start.shape[1] != design.columns.shape[1]:
        start = None
    columns = design.columns[:baseline]
    fit, dispersion, weights = fit_robust(
        past.counts, columns, np.log(past.exposure), past.present, penalty, start
    )
    wider = np.maximum(dispersion, _window_dispersion(past, fit.fitted, weights, window, dispersion))
    future = part.between(part.days.size - judged - window + 1, part.days.size - 1)
    ahead = design.columns[-(judged + window - 1) :]
    mean = np.exp(fit.coefficients @ ahead.T) * future.exposure
    uncertain = dispersion[:, None, None] * fit.unscaled
    slopes = mean[:, :, None] * ahead[None, :, :]
    last = slopes[:, window - 1 :]
    held = np.where(future.present[:, :, None] > 0, slopes, 0.0)
    total = np.cumsum(np.pad(held, ((0, 0), (1, 0), (0, 0))), axis=1)
    joint = total[:, window:] - total[:, :-window]
    day_mean = mean[:, window - 1 :]
    window_mean = rolling(mean * future.present, window)
    return Forecast(
        day_mean,
        dispersion[:, None] * day_mean + _spread(last, uncertain),
        window_mean,
        wider[:, None] * window_mean + _spread(joint, uncertain),
        dispersion,
        fit.coefficients,
    )


def by_pooling(
    part: Series, baseline: int, judged: int, window: int, among: Series | None = None
) -> Forecast:
    """Forecast topics with little history or few records, which borrow from all topics.

    Parameters
    ----------
    part, baseline, judged, window
        As for :func:`by_regression`.
    among : Series, optional
        All topics of the run, from which the prior is learned; default: these.
    """
    past = part.between(0, baseline - 1)
    others = past if among is None else among.between(0, baseline - 1)
    profile = _weekday_profile(others, part.days)
    prior = pooled_prior(
        (others.counts).sum(axis=1), (others.present * others.exposure * profile[:baseline]).sum(axis=1)
    )
    future = part.between(part.days.size - judged - window + 1, part.days.size - 1)
    if prior is None:
        nothing = np.full((part.counts.shape[0], judged), np.nan)
        return Forecast(nothing, nothing, nothing, nothing, nothing[:, 0])
    exposure = past.exposure * profile[:baseline]
    weights = past.present
    shape, rate = posterior(past.counts.sum(axis=1), (weights * exposure).sum(axis=1), 1.0, prior)
    dispersion = 1.0
    for _ in range(2):
        fitted = (shape / rate)[:, None] * exposure
        dispersion = _common_dispersion(past, fitted, weights)
        flat = np.full(shape.shape, dispersion)
        weights = past.present * outbreak_weights(anscombe(past.counts, fitted, flat, np.zeros(fitted.shape)))
        shape, rate = posterior(
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


def _spread(slopes: Floats, covariance: Floats) -> Floats:
    """Variance of the expected counts: slope' covariance slope, held to a factor of the mean."""
    return np.asarray(np.einsum("tjp,tpq,tjq->tj", slopes, covariance, slopes, optimize=True))


def _window_dispersion(
    past: Series, fitted: Floats, weights: Floats, window: int, dispersion: Floats
) -> Floats:
    """Variance over mean of whole windows: larger than that of days where good and bad days come in runs."""
    blocks = past.counts.shape[1] // window
    if window == 1 or blocks < 8:
        return dispersion
    cut = past.counts.shape[1] - blocks * window
    shape = (past.counts.shape[0], blocks, window)

    def summed(values: Floats) -> Floats:
        return np.asarray(values[:, cut:].reshape(shape).sum(axis=2))

    weight = summed(weights) / window
    return pearson(summed(past.counts), summed(fitted * past.present), weight, 1)


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
    return float(np.clip(scaled[share].sum() / freedom, 1.0, _MOST_SPREAD))
