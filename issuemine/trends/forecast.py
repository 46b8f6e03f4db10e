"""What is to be expected of the days that are judged, given the days before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from issuemine.trends.design import calendar_design, step_of
from issuemine.trends.drift import follow_level, rolling
from issuemine.trends.robust import RobustFit, fit_robust, pearson
from issuemine.trends.scatter import scatter
from issuemine.trends.series import Series

Floats = NDArray[np.float64]


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
    fit : RobustFit or None
        To start the next fit from.
    """

    mean: Floats
    variance: Floats
    window_mean: Floats
    window_variance: Floats
    dispersion: Floats
    fit: RobustFit | None = None


def by_regression(
    part: Series, baseline: int, judged: int, window: int, start: RobustFit | None = None, shift: int = 0
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
    start : RobustFit, optional
        An earlier fit of the same topics.
    shift : int
        Days by which this baseline begins later than that of ``start``.
    """
    design = calendar_design(part.days, slice(0, baseline), part.holidays)
    past = part.between(0, baseline - 1)
    history = past.present.sum(axis=1).astype(np.int64)
    penalty = design.penalty(history)
    columns = design.columns[:baseline]
    robust = fit_robust(past.counts, columns, np.log(past.exposure), past.present, penalty, start, shift)
    fit, weights = robust.fit, robust.weights
    gap = part.days.size - judged - baseline
    factor, factors = follow_level(past.counts, fit.fitted, weights, gap, window, step_of(part.days))
    usual, today = fit.fitted * factors, part.days[-1]
    least = pearson(past.counts, usual, weights, columns.shape[1], robust.kept)
    dispersion = scatter(past, today, usual, weights, 1, least)
    wider = scatter(past, today, usual, weights, window, dispersion)
    future = part.between(part.days.size - judged - window + 1, part.days.size - 1)
    ahead = design.columns[-(judged + window - 1) :]
    mean = np.exp(fit.coefficients @ ahead.T) * future.exposure * (robust.level * factor)[:, None]
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
        robust,
    )


def _spread(slopes: Floats, covariance: Floats) -> Floats:
    """Variance of the expected counts: slope' covariance slope."""
    return np.asarray(np.einsum("tjp,tpq,tjq->tj", slopes, covariance, slopes, optimize=True))
