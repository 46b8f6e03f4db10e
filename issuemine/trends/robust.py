"""Baselines that past outbreaks do not spoil."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from issuemine.trends.regression import Fit, fit_poisson, quadratic

Floats = NDArray[np.float64]

CUT = 2.58
"""Anscombe residual above which a day counts for less (Noufaily et al. 2013)."""
_ROUNDS = 2


def anscombe(counts: Floats, mean: Floats, dispersion: Floats, leverage: Floats) -> Floats:
    """Standardised Anscombe residuals of quasi-Poisson counts: nearly normal even where counts are small."""
    raw = 1.5 * (np.cbrt(counts) ** 2 * mean ** (-1 / 6) - np.sqrt(mean))
    return np.asarray(raw / np.sqrt(dispersion[:, None] * np.clip(1 - leverage, 1e-3, None)))


def outbreak_weights(residuals: Floats) -> Floats:
    """1 up to the cut, the inverse square of the residual above it."""
    return np.where(residuals > CUT, np.maximum(residuals, CUT) ** -2.0, 1.0)


def fit_robust(
    counts: Floats,
    columns: Floats,
    offset: Floats,
    present: Floats,
    penalty: Floats,
    start: Floats | None = None,
) -> tuple[Fit, Floats, Floats]:
    """Fit, weigh outbreaks down, fit again.

    Parameters
    ----------
    counts, columns, offset, penalty, start
        As for :func:`~issuemine.trends.regression.fit_poisson`.
    present : ndarray of shape (n_topics, n_days)
        1 for days with data, 0 for missing ones.

    Returns
    -------
    Fit, ndarray of shape (n_topics,), ndarray of shape (n_topics, n_days)
        The fit, the dispersion (variance over mean, at least 1) and the weights of the days.

    References
    ----------
    Noufaily, A. et al. (2013). An improved algorithm for outbreak detection in multiple surveillance
    systems. Statistics in Medicine 32, 1206-1222.
    """
    weights = present
    dispersion = np.ones(counts.shape[0])
    for turn in range(_ROUNDS + 1):
        fit = fit_poisson(counts, columns, offset, weights, dispersion[:, None] * penalty, start)
        start = fit.coefficients
        dispersion = pearson(counts, fit.fitted, weights, columns.shape[1])
        if turn < _ROUNDS:
            leverage = weights * fit.fitted * quadratic(fit.unscaled, columns)
            weights = present * outbreak_weights(anscombe(counts, fit.fitted, dispersion, leverage))
    return fit, dispersion, weights


def pearson(counts: Floats, mean: Floats, weights: Floats, parameters: int) -> Floats:
    """Weighted Pearson estimate of the dispersion, at least 1."""
    freedom = np.maximum(weights.sum(axis=1) - parameters, 1.0)
    scaled = weights * (counts - mean) ** 2 / np.maximum(mean, 1e-10)
    return np.asarray(np.maximum(scaled.sum(axis=1) / freedom, 1.0))
