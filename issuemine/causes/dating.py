"""A change of a rate: how sure its date is, by how much the rate changed, and how likely that is chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from scipy.special import fdtri, logsumexp, ndtr

from issuemine.causes.rates import Floats, Likelihood, Scatter

_LEVEL = 0.95
_LIKELY = 0.001
"""Days less likely than this are left out of what is told of a change."""


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """A day from which on a topic's rate is another one.

    Attributes
    ----------
    day : date
        First day of the new rate, as far as is most likely.
    first, last : date
        The 95 % interval of that day.
    ratio, low, high : float
        The new rate by the one before it, and its 95 % interval.
    records, before_records : int
        Records from the day to the next change, and from the change before to this one.
    days, before_days : int
        Days of both stretches on which anything was recorded.
    p_value : float
        Chance of so large a difference at any of the days if there is none.
    chances : tuple of (date, float)
        How likely the change is to have come on each day, most of which lie within the interval.
    """

    day: date
    first: date
    last: date
    ratio: float
    low: float
    high: float
    records: int
    before_records: int
    days: int
    before_days: int
    p_value: float
    chances: tuple[tuple[date, float], ...]

    @property
    def least(self) -> float:
        """How many times the rate is, or was before, at least: what the strength goes by."""
        return self.low if self.ratio >= 1 else 1 / self.high


def described(
    found: Likelihood, counts: Floats, base: Floats, spread: Scatter, ends: list[int], first: date
) -> ChangePoint:
    """The change at the middle one of three places.

    Parameters
    ----------
    found : Likelihood
    counts, base : array of float, shape (n_days,)
        Records, and exposure times weekday factor.
    spread : Scatter
    ends : list of int
        Places of the change before (or 0), of this one, and of the next (or the number of days).
    first : date
        The first of the days.
    """
    begin, cut, end = ends
    chances = _chances(found, begin, end)
    below, above = np.cumsum(chances), np.cumsum(chances[::-1])[::-1]
    tail = (1 - _LEVEL) / 2
    inside = np.flatnonzero((below > tail) & (above > tail))
    places = begin + 1 + np.arange(len(chances))
    ratio, low, high = _effect(counts, base, spread, begin, end, places, chances, cut)
    days = np.datetime64(first, "D") + np.arange(len(counts))
    likely = np.flatnonzero(chances > _LIKELY)
    gain = found.best(begin, cut) + found.best(cut, end) - found.best(begin, end)
    return ChangePoint(
        day=days[cut].item(),
        first=days[min(places[inside[0]], cut)].item(),
        last=days[max(places[inside[-1]], cut)].item(),
        ratio=ratio,
        low=low,
        high=high,
        records=int(counts[cut:end].sum()),
        before_records=int(counts[begin:cut].sum()),
        days=int((base[cut:end] > 0).sum()),
        before_days=int((base[begin:cut] > 0).sum()),
        p_value=_p_value(gain, len(counts)),
        chances=tuple((days[places[each]].item(), float(chances[each])) for each in likely),
    )


def _chances(found: Likelihood, begin: int, end: int) -> Floats:
    """Posterior chance of each day between two changes, all days and rates as likely beforehand."""
    inner = np.arange(begin + 1, end)
    left = logsumexp(found.summed[inner] - found.summed[begin], axis=1)
    right = logsumexp(found.summed[end] - found.summed[inner], axis=1)
    return np.asarray(np.exp(left + right - logsumexp(left + right)))


def _effect(
    counts: Floats,
    base: Floats,
    spread: Scatter,
    begin: int,
    end: int,
    places: npt.NDArray[np.int64],
    chances: Floats,
    cut: int,
) -> tuple[float, float, float]:
    """The rate ratio and its interval, which knows that the date is not known for sure.

    Both rates are taken as gamma, so that their ratio is distributed as F: short stretches are skewed.
    """
    likely = places[chances > _LIKELY]
    weight = chances[chances > _LIKELY] / chances[chances > _LIKELY].sum()
    told = [_ratio(counts, base, spread, begin, int(place), end) for place in (*likely, cut)]
    logarithms = np.log([ratio for ratio, _, _ in told[:-1]])
    ratio, before, after = told[-1]
    dated = float(weight @ (logarithms - weight @ logarithms) ** 2)
    widened = 1 + dated / (1 / before + 1 / after)
    freedom = (2 * after / widened, 2 * before / widened)
    tail = (1 - _LEVEL) / 2
    return ratio, ratio * float(fdtri(*freedom, tail)), ratio * float(fdtri(*freedom, 1 - tail))


def _ratio(
    counts: Floats, base: Floats, spread: Scatter, begin: int, cut: int, end: int
) -> tuple[float, float, float]:
    """Rate ratio of two stretches, and the shapes of both rates: one by their squared relative errors."""
    rates, shapes = [], []
    for first, last in ((begin, cut), (cut, end)):
        records, out_of = counts[first:last].sum() + 0.5, max(base[first:last].sum(), 1e-12)
        means = base[first:last] * records / out_of
        rates.append(records / out_of)
        shapes.append(float(means.sum()) ** 2 / float(spread.variance(means).sum()) / spread.temper)
    return float(rates[1] / rates[0]), shapes[0], shapes[1]


def _p_value(gain: float, n_days: int) -> float:
    """Chance of so much likelihood gained at the best of all days.

    Miller and Siegmund, Biometrics 38, 1982, p. 1011: maximally selected chi-square.
    """
    root = float(np.sqrt(max(2 * gain, 1.0)))
    density = float(np.exp(-(root**2) / 2) / np.sqrt(2 * np.pi))
    odds = 2 * np.log(max(n_days - 1, 2))
    bound = density * (root - 1 / root) * odds + 4 * density / root
    return float(min(1.0, max(bound, 2 * ndtr(-root))))
