"""How likely each rate makes each day's count, where counts scatter more than chance alone lets them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, ndtri

Floats = npt.NDArray[np.float64]

_LEAST_SCATTER = 0.002
"""No topic's daily counts are steadier than to 4 %, however many there are."""
_LOCAL = 15
_TRIMMED = 0.05
_BLOCK = 14
_FEWEST_BLOCKS = 5
_MEDIAN_SQUARE = 0.455
"""Median of the square of a standard normal number."""
_WEEK = 7
_PRIOR_WEEKDAY = 20.0
"""Records with no weekday pattern that each weekday's factor is shrunk by."""


@dataclass(frozen=True)
class Scatter:
    """How much counts scatter about their means.

    Attributes
    ----------
    alpha : float
        The variance of a day's count with the mean m is m + alpha m² (negative binomial).
    temper : float
        Variance of fortnights by what independent days would have, 1 or more: days that go together tell
        less than as many that do not.
    """

    alpha: float
    temper: float

    def variance(self, means: Floats) -> Floats:
        """Variance of days' counts, before tempering."""
        return means + self.alpha * means**2


def first_scatter(counts: Floats, base: Floats) -> Scatter:
    """Scatter about the mean of the fortnight around each day, without the days that stand out most.

    Of a shorter series, about the mean of all of it.
    """
    window = np.ones(min(_LOCAL, len(counts)))
    around = np.convolve(base, window, "same")
    means = base * np.convolve(counts, window, "same") / np.maximum(around, 1e-12)
    known = means > 0
    if not known.any():
        return Scatter(_LEAST_SCATTER, 1.0)
    squares = ((counts - means) ** 2 * len(window) / (len(window) - 1) - means)[known]
    outlying = (counts[known] - means[known]) ** 2 / means[known]
    kept = outlying <= np.quantile(outlying, 1 - _TRIMMED)
    alpha = _alpha(squares[kept], means[known][kept])
    return Scatter(alpha, _wandering(counts, base, alpha))


def scatter(counts: Floats, base: Floats, means: Floats, fitted: int) -> Scatter:
    """Scatter about fitted means.

    Parameters
    ----------
    counts, base, means : array of float, shape (n_days,)
    fitted : int
        Numbers that were fitted to reach the means.
    """
    room = len(counts) / max(len(counts) - fitted, 1)
    alpha = _alpha((counts - means) ** 2 * room - means, means)
    return Scatter(alpha, _wandering(counts, base, alpha))


def _wandering(counts: Floats, base: Floats, alpha: float) -> float:
    """How much more fortnights differ from the next than independent days let them, by the median.

    A change of the rate makes one of the differences large, days that go together make all of them so. Each
    difference is told by its mid-p: few records differ in steps too coarse for a normal number.
    """
    blocks = len(counts) // _BLOCK
    if blocks <= _FEWEST_BLOCKS:
        return 1.0
    days = slice(len(counts) - blocks * _BLOCK, None)
    records, out_of, squared = (
        values[days].reshape(blocks, _BLOCK).sum(axis=1) for values in (counts, base, base**2)
    )
    told = (records[1:] + records[:-1] > 0) & (out_of[1:] > 0) & (out_of[:-1] > 0)
    if told.sum() < _FEWEST_BLOCKS:
        return 1.0
    (now, before), (out_now, out_before), (square_now, square_before) = (
        (values[1:][told], values[:-1][told]) for values in (records, out_of, squared)
    )
    share = out_now / (out_now + out_before)
    rate = (now + before) / (out_now + out_before)
    poisson = rate * (1 / out_now + 1 / out_before)
    wider = 1 + alpha * rate**2 * (square_now / out_now**2 + square_before / out_before**2) / poisson
    some, all_ = now / wider, (now + before) / wider
    or_more = np.where(some > 0, betainc(np.maximum(some, 1e-9), all_ - some + 1, share), 1.0)
    more = np.where(all_ > some, betainc(some + 1, np.maximum(all_ - some, 1e-9), share), 0.0)
    squares = ndtri(np.clip((or_more + more) / 2, 1e-12, 1 - 1e-12)) ** 2
    return max(1.0, float(np.median(squares)) / _MEDIAN_SQUARE)


def weekday_factors(counts: Floats, means: Floats, weekdays: npt.NDArray[np.int64]) -> Floats:
    """How many times as many records each day of the week has, shrunk towards none."""
    found = np.bincount(weekdays, counts, _WEEK) + _PRIOR_WEEKDAY
    usual = np.bincount(weekdays, means, _WEEK) + _PRIOR_WEEKDAY
    factors = found / usual
    return np.asarray(factors / factors.mean())


@dataclass(frozen=True)
class Likelihood:
    """The logarithm of the likelihood of every rate, summed from the first day on.

    Attributes
    ----------
    rates : array of float, shape (n_rates,)
        Records by exposure, in steps that are small against what can be told apart.
    summed : array of float, shape (n_days + 1, n_rates)
        ``summed[b] - summed[a]`` is the logarithm of the likelihood of the days from a to b - 1, tempered.
    """

    rates: Floats
    summed: Floats

    def best(self, first: int, end: int) -> float:
        """The highest of the days from ``first`` to ``end`` - 1 by any one rate."""
        return float((self.summed[end] - self.summed[first]).max())


def likelihood(counts: Floats, base: Floats, spread: Scatter) -> Likelihood:
    """Negative binomial likelihoods of every day by every rate.

    Rates are evenly spaced where the variance is (Anscombe's arcsinh of the root), a step being what costs an
    eighth of a unit of likelihood over all days at most.

    Parameters
    ----------
    counts, base : array of float, shape (n_days,)
        Records, and exposure times weekday factor; a day without exposure tells nothing.
    spread : Scatter
    """
    there = base > 0
    day = base[there].mean() if there.any() else 1.0
    highest = (counts[there] / base[there]).max() * day if there.any() else 1.0
    root = np.sqrt(spread.alpha)
    top = 2 / root * np.arcsinh(root * np.sqrt(max(highest, 1.0)))
    step = np.sqrt(2 * spread.temper / len(counts))
    points = np.arange(step / 2, top + step, step)
    rates = (np.sinh(points * root / 2) / root) ** 2 / day
    size = 1 / spread.alpha
    means = rates[None, :] * np.where(there, base, 1.0)[:, None]
    known = counts[:, None]
    daily = known * np.log(means) - (known + size) * np.log1p(means * spread.alpha)
    daily[~there] = 0.0
    summed = np.zeros((len(counts) + 1, len(rates)))
    np.cumsum(daily / spread.temper, axis=0, out=summed[1:])
    return Likelihood(rates, summed)


def _alpha(squares: Floats, means: Floats) -> float:
    return max(_LEAST_SCATTER, float(squares.sum() / max((means**2).sum(), 1e-12)))
