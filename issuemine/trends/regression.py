"""Quasi-Poisson regression of many topics at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TOLERANCE = 1e-4
_MOST_STEPS = 40
_LONGEST_STEP = 3.0


@dataclass(frozen=True)
class Fit:
    """Coefficients of every topic.

    Attributes
    ----------
    coefficients : ndarray of shape (n_topics, n_columns)
    unscaled : ndarray of shape (n_topics, n_columns, n_columns)
        Inverse of the penalised information; times the dispersion it is the coefficients' covariance.
    fitted : ndarray of shape (n_topics, n_days)
        Expected counts.
    """

    coefficients: Floats
    unscaled: Floats
    fitted: Floats


def fit_poisson(
    counts: Floats,
    columns: Floats,
    offset: Floats,
    weights: Floats,
    penalty: Floats,
    start: Floats | None = None,
) -> Fit:
    """Fit log-linear Poisson regressions by iteratively reweighted least squares, all topics together.

    The normal equations of all topics are two matrix products: weights times the products of columns. Steps
    are damped where they would change an expected count more than twentyfold. The dispersion scales standard
    errors only, so the same fit serves quasi-Poisson regression.

    Parameters
    ----------
    counts : ndarray of shape (n_topics, n_days)
        0 or more; whatever stands where the weight is 0 is ignored but must be finite.
    columns : ndarray of shape (n_days, n_columns)
    offset : ndarray of shape (n_topics, n_days) or (1, n_days)
        Logarithm of the exposure.
    weights : ndarray of shape (n_topics, n_days)
        Prior weights, 0 for missing days.
    penalty : ndarray of shape (n_topics, n_columns)
        Ridge penalty of each coefficient (dispersion over prior variance).
    start : ndarray of shape (n_topics, n_columns), optional
        Coefficients to start from; default: the mean rate.

    References
    ----------
    McCullagh, P. and Nelder, J. A. (1989). Generalized linear models, 2nd ed., chapters 2 and 9.
    """
    n_columns = columns.shape[1]
    rows, others = np.triu_indices(n_columns)
    products = columns[:, rows] * columns[:, others]
    beta = _mean_rate(counts, offset, weights, n_columns) if start is None else start.copy()
    eta = np.broadcast_to(offset, counts.shape) + beta @ columns.T
    active = np.arange(counts.shape[0])
    for _ in range(_MOST_STEPS):
        mean = np.exp(eta[active])
        held = weights[active]
        information = _information(held * mean, products, penalty[active])
        slope = (held * (counts[active] - mean)) @ columns - penalty[active] * beta[active]
        step = np.linalg.solve(information, slope[:, :, None])[:, :, 0]
        change = step @ columns.T
        damping = np.minimum(1.0, _LONGEST_STEP / np.maximum(np.abs(change).max(axis=1), 1e-300))
        beta[active] += damping[:, None] * step
        eta[active] += damping[:, None] * change
        active = active[(slope * step).sum(axis=1) > _TOLERANCE]
        if not active.size:
            break
    mean = np.exp(eta)
    unscaled = np.asarray(np.linalg.inv(_information(weights * mean, products, penalty)), dtype=np.float64)
    return Fit(beta, unscaled, mean)


def quadratic(unscaled: Floats, columns: Floats) -> Floats:
    """Quadratic form of every topic's C and every day's x: (n_topics, n_days)."""
    rows, others = np.triu_indices(columns.shape[1])
    doubled = np.where(rows == others, 1.0, 2.0)
    entries = unscaled[:, rows, others] * doubled
    return np.asarray(entries @ (columns[:, rows] * columns[:, others]).T)


def _information(held: Floats, products: Floats, penalty: Floats) -> Floats:
    size = penalty.shape[1]
    rows, others = np.triu_indices(size)
    entries = held @ products
    information = np.empty((held.shape[0], size, size))
    information[:, rows, others] = entries
    information[:, others, rows] = entries
    information[:, np.arange(size), np.arange(size)] += penalty
    return information


def _mean_rate(counts: Floats, offset: Floats, weights: Floats, n_columns: int) -> Floats:
    beta = np.zeros((counts.shape[0], n_columns))
    exposure = (weights * np.exp(offset)).sum(axis=1)
    beta[:, 0] = np.log(((weights * counts).sum(axis=1) + 0.5) / np.maximum(exposure, 1e-300))
    return beta
