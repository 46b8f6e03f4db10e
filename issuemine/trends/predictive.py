"""How likely a count is: tails of the negative binomial, and several tests made one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import false_discovery_control, nbinom, poisson

Floats = NDArray[np.float64]


def upper_tail(counts: Floats, mean: Floats, variance: Floats) -> Floats:
    """Probability of a count at least this high.

    The distribution is the negative binomial of this mean and variance, the Poisson where the variance is
    no larger than the mean.

    Parameters
    ----------
    counts, mean, variance : ndarray
        Of one shape; NaN gives NaN.
    """
    over = variance > mean * (1 + 1e-9)
    excess = np.where(over, variance - mean, 1.0)
    size = mean**2 / excess
    tail = np.where(
        over,
        nbinom.sf(counts - 1, size, np.where(over, mean / np.maximum(variance, 1e-300), 0.5)),
        poisson.sf(counts - 1, mean),
    )
    return np.where(np.isnan(counts) | np.isnan(mean), np.nan, np.where(counts <= 0, 1.0, tail))


def mid_p(counts: Floats, mean: Floats, variance: Floats) -> Floats:
    """Probability of a higher count and half that of the same count.

    Under no change its average is one half and its small values come about as often as they should, which the
    plain tail's do not where counts are small: that errs towards silence.

    References
    ----------
    Lancaster, H. O. (1961). Significance tests in discrete distributions. Journal of the American Statistical
    Association 56, 223-234.
    """
    return (upper_tail(counts, mean, variance) + upper_tail(counts + 1, mean, variance)) / 2


def interval(mean: Floats, variance: Floats, coverage: float = 0.95) -> tuple[Floats, Floats]:
    """Central interval of the counts to be expected."""
    over = variance > mean * (1 + 1e-9)
    size = mean**2 / np.where(over, variance - mean, 1.0)
    chance = np.where(over, mean / np.maximum(variance, 1e-300), 0.5)
    ends = []
    for level in ((1 - coverage) / 2, (1 + coverage) / 2):
        ends.append(np.where(over, nbinom.ppf(level, size, chance), poisson.ppf(level, mean)))
    return ends[0], ends[1]


def combined(*p_values: Floats) -> Floats:
    """One p-value of several that may depend on each other in any way; missing ones are left out.

    References
    ----------
    Liu, Y. and Xie, J. (2020). Cauchy combination test. Journal of the American Statistical Association 115,
    393-402.
    """
    stacked = np.stack(p_values)
    clipped = np.clip(stacked, 1e-300, 1 - 1e-6)
    # tan((0.5 - p) pi) loses all digits where p is tiny; there it is 1 / (p pi).
    cauchy = np.where(clipped < 1e-10, 1 / (clipped * np.pi), np.tan((0.5 - clipped) * np.pi))
    present = ~np.isnan(stacked)
    mean = np.where(present, cauchy, 0.0).sum(axis=0) / np.maximum(present.sum(axis=0), 1)
    joint = np.where(mean > 1e10, 1 / (np.maximum(mean, 1.0) * np.pi), 0.5 - np.arctan(mean) / np.pi)
    return np.where(present.any(axis=0), joint, np.nan)


def q_values(p_values: Floats) -> Floats:
    """Benjamini-Hochberg q-values over all topics; topics without a p-value (NaN) take no part.

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal
    Statistical Society B 57, 289-300.
    """
    result = np.full(p_values.shape, np.nan)
    present = ~np.isnan(p_values)
    if present.any():
        result[present] = false_discovery_control(p_values[present])
    return result
