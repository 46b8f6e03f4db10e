"""Levels that wander: how much of a recent deviation usually lasts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_RECENT_DAYS = 28
_PRIOR_RECORDS = 4.0


def rolling(values: Floats, window: int) -> Floats:
    """Sums of each ``window`` neighbouring days: (n_topics, n_days - window + 1)."""
    total = np.cumsum(np.pad(values, ((0, 0), (1, 0))), axis=1)
    return np.asarray(total[:, window:] - total[:, :-window])


def follow_level(
    counts: Floats, mean: Floats, weights: Floats, gap: int, window: int, step: int
) -> tuple[Floats, Floats]:
    """Correct a baseline by what the weeks before the guard band say, as far as that has helped in the past.

    The excess of four weeks over the baseline is compared, all through the history, with the excess of the
    window that ends ``gap`` days later. The share of it that lasts is their regression coefficient, less a
    standard error and held between 0 and 1: where levels stay, nothing is corrected.

    Parameters
    ----------
    counts, mean, weights : ndarray of shape (n_topics, n_days)
        Of the baseline; weights are 0 for missing days and small for outbreaks.
    gap : int
        Days between the baseline and the first judged day.
    window : int
        Days that are judged together.
    step : int
        Days from one count to the next.

    Returns
    -------
    ndarray of shape (n_topics,), ndarray of shape (n_topics, n_days)
        Factor of the days to come, and factors of the baseline's own days as they would have been then.
    """
    n_topics, n_days = counts.shape
    recent = max(2, _RECENT_DAYS // step)
    lag = gap + window
    if n_days < 2 * (recent + lag):
        return np.ones(n_topics), np.ones(counts.shape)
    due = rolling(weights * mean, recent)
    excess = (rolling(weights * counts, recent) - due) / (due + _PRIOR_RECORDS)
    ahead = rolling(weights * mean, window)[:, recent - 1 + lag - (window - 1) :]
    found = rolling(weights * counts, window)[:, recent - 1 + lag - (window - 1) :] - ahead
    before = excess[:, : found.shape[1]]
    support = np.maximum((before**2 * ahead).sum(axis=1), 1e-10)
    scatter = (found**2 / np.maximum(ahead, 1e-10)).mean(axis=1)
    lasting = (before * found).sum(axis=1) / support - np.sqrt(scatter * window / support)
    lasting = np.clip(lasting, 0, 1)[:, None]
    factors = np.ones(counts.shape)
    factors[:, recent + gap :] = 1 + lasting * excess[:, : n_days - recent - gap]
    return (1 + lasting * excess[:, -1:])[:, 0], factors
