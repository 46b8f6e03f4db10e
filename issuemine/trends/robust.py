"""Baselines that past outbreaks do not spoil."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincc, gammainccinv
from scipy.stats import norm

from issuemine.trends.predictive import mid_p
from issuemine.trends.regression import Fit, fit_poisson, quadratic

Floats = NDArray[np.float64]

CUT = 2.58
"""Residual above which a day counts for less (Noufaily et al. 2013)."""
_SUSPECT = 2.0
_ROUNDS = 3
_TAIL = float(norm.sf(CUT))
_LOST = 0.88
"""Share of its weight that a day beyond the cut loses on average where there are no outbreaks."""


@dataclass(frozen=True)
class RobustFit:
    """A fit and how counts scatter around it.

    Attributes
    ----------
    fit : Fit
        Its fitted counts are means: what weighing takes from them is given back.
    dispersion : ndarray of shape (n_topics,)
        Variance over mean, at least 1.
    weights : ndarray of shape (n_topics, n_days)
        1 for usual days, less for outbreaks, 0 for missing days.
    level : ndarray of shape (n_topics,)
        What was given back: factor of the mean over the weighted fit.
    kept : ndarray of shape (n_topics,)
        Share of the variance that the weights leave where there are no outbreaks.
    """

    fit: Fit
    dispersion: Floats
    weights: Floats
    level: Floats
    kept: Floats


def fit_robust(
    counts: Floats,
    columns: Floats,
    offset: Floats,
    present: Floats,
    penalty: Floats,
    start: RobustFit | None = None,
    shift: int = 0,
) -> RobustFit:
    """Fit, weigh outbreaks down, fit again.

    A day is suspected by its Anscombe residual and judged by the tail of the negative binomial, since sparse
    overdispersed counts are far from normal: there the Anscombe residual alone takes days for outbreaks that
    are none and halves the dispersion.

    Parameters
    ----------
    counts, columns, offset, penalty
        As for :func:`~issuemine.trends.regression.fit_poisson`.
    present : ndarray of shape (n_topics, n_days)
        1 for days with data, 0 for missing ones.
    start : RobustFit, optional
        A fit of the same topics to go on from; one more round is enough then.
    shift : int, default 0
        Days by which these days begin later than those of ``start``.

    References
    ----------
    Noufaily, A. et al. (2013). An improved algorithm for outbreak detection in multiple surveillance
    systems. Statistics in Medicine 32, 1206-1222.
    """
    n_topics = counts.shape[0]
    weights, coefficients, rounds = present, None, _ROUNDS
    dispersion, level, kept = np.ones(n_topics), np.ones(n_topics), np.ones(n_topics)
    if start is not None and start.fit.coefficients.shape == penalty.shape:
        known = start.weights[:, shift : shift + counts.shape[1]]
        weights = present.copy()
        weights[:, : known.shape[1]] *= known
        coefficients, dispersion, rounds = start.fit.coefficients, start.dispersion, 1
    for turn in range(rounds + 1):
        fit = fit_poisson(counts, columns, offset, weights, dispersion[:, None] * penalty, coefficients)
        coefficients = fit.coefficients
        if weights is not present:
            usual = (present * fit.fitted).sum(axis=1) / np.maximum(present.sum(axis=1), 1.0)
            level, kept = _kept(usual * level, dispersion)
        mean = fit.fitted * level[:, None]
        dispersion = pearson(counts, mean, weights, columns.shape[1], kept)
        if turn < rounds:
            leverage = weights * fit.fitted * quadratic(fit.unscaled, columns)
            weights = present * outbreak_weights(counts, mean, dispersion, leverage)
    return RobustFit(Fit(fit.coefficients, fit.unscaled, mean), dispersion, weights, level, kept)


def outbreak_weights(counts: Floats, mean: Floats, dispersion: Floats, leverage: Floats) -> Floats:
    """1 up to the cut, the inverse square of the residual above it."""
    scale = dispersion[:, None] * np.clip(1 - leverage, 1e-3, None)
    anscombe = 1.5 * (np.cbrt(counts) ** 2 * mean ** (-1 / 6) - np.sqrt(mean)) / np.sqrt(scale)
    suspect = anscombe > _SUSPECT
    y, m = counts[suspect], mean[suspect]
    variance = m * np.broadcast_to(dispersion[:, None], counts.shape)[suspect]
    residual = norm.isf(mid_p(y, m, variance))
    weights = np.ones(counts.shape)
    weights[suspect] = np.where(residual > CUT, np.maximum(residual, CUT) ** -2.0, 1.0)
    return weights


def pearson(
    counts: Floats, mean: Floats, weights: Floats, parameters: int, kept: Floats | float = 1.0
) -> Floats:
    """Weighted Pearson estimate of the dispersion, at least 1.

    ``kept`` is the share of the variance that the weights leave where there are no outbreaks.
    """
    freedom = np.maximum(weights.sum(axis=1) - parameters, 1.0)
    scaled = weights * (counts - mean) ** 2 / np.maximum(mean, 1e-10)
    return np.asarray(np.maximum(scaled.sum(axis=1) / freedom / kept, 1.0))


def _kept(mean: Floats, dispersion: Floats) -> tuple[Floats, Floats]:
    """What weighing takes from series without outbreaks.

    Returns
    -------
    ndarray, ndarray of shape (n_topics,)
        Factor to give back to the mean, and share of the variance that is left, for a gamma of this mean and
        dispersion, which has the skewness of the counts.
    """
    over = dispersion > 1
    shape = np.maximum(mean, 1e-6) / np.where(over, dispersion, 1.0)
    cut = gammainccinv(shape, _TAIL)
    lost = np.where(over, 1.0, 0.0) * _LOST
    first = gammaincc(shape + 1, cut)
    second = (shape + 1) / shape * gammaincc(shape + 2, cut)
    weight = 1 - lost * _TAIL
    level = weight / (1 - lost * first)
    spread = (second - 2 * first + _TAIL) * shape
    return level, (1 - lost * spread) / weight
