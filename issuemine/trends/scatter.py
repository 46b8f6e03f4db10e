"""How far counts of days and of weeks stray from their baseline."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from issuemine.trends.design import YEAR, step_of
from issuemine.trends.robust import pearson
from issuemine.trends.series import Series

Floats = NDArray[np.float64]

_SEASON_REACH = 21
_SEASON_YEARS = 3
_FEWEST_BLOCKS = 8


def scatter(
    past: Series, day: np.datetime64, mean: Floats, weights: Floats, window: int, usual: Floats
) -> Floats:
    """Variance over mean of the sums of windows of days, about one day of the year.

    Sums of a week scatter more than days where good and bad days come in runs: the dispersion of whole
    windows is used where it exceeds ``usual`` by more than a standard error. A season that comes sooner or
    later each year scatters more in its weeks and less in the others: the dispersion of the three weeks
    around the same day of other years bounds that of all days. Its lower bound is the median of the years,
    so that an outbreak in one of them does not pass for a season.

    Parameters
    ----------
    past : Series
        The baseline.
    day : datetime64[D]
        The day whose time of year counts.
    mean, weights : ndarray of shape (n_topics, n_days)
        Expected counts and weights of the baseline's days.
    window : int
        Days that are summed, 1 for single days.
    usual : ndarray of shape (n_topics,)
        Dispersion of single days over the whole baseline.

    Returns
    -------
    ndarray of shape (n_topics,)
        At least 1.
    """
    seen = _blocks(past.counts, window)
    due = _blocks(mean * past.present, window)
    if window > 1 and seen.shape[1] >= _FEWEST_BLOCKS:
        overall = pearson(seen, due, _blocks(weights, window) / window, 1)
        usual = np.maximum(usual, overall / (1 + np.sqrt(2 / seen.shape[1])))
    ends = past.days[::-1][::window][::-1][-seen.shape[1] :]
    since = (day - ends) / np.timedelta64(1, "D")
    year = np.floor(since / YEAR + 0.5).astype(np.int64)
    near = np.abs(since - year * YEAR) <= _SEASON_REACH
    whole = 2 * _SEASON_REACH // (step_of(past.days) * window)
    picks = [near & (year == back) for back in range(1, int(year.max(initial=0)) + 1)]
    picks = [pick for pick in picks if pick.sum() >= whole]
    if len(picks) < _SEASON_YEARS:
        return usual
    scaled = (seen - due) ** 2 / np.maximum(due, 1e-10)
    years = np.stack([scaled[:, pick].mean(axis=1) for pick in picks])
    error = np.sqrt(2 / (whole * len(picks)))
    low = np.median(years, axis=0) / (1 + error)
    high = np.mean(years, axis=0) * (1 + 2 * error)
    return np.clip(usual, np.maximum(low, 1.0), np.maximum(high, 1.0))


def _blocks(values: Floats, window: int) -> Floats:
    """Sums of neighbouring windows that do not overlap, the last of which ends with the last day."""
    blocks = values.shape[1] // window
    return np.asarray(values[:, values.shape[1] - blocks * window :].reshape(-1, blocks, window).sum(axis=2))
