"""Two groups of records side by side: how much more often one has what is counted, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaincinv, ndtri

from issuemine.causes.candidates import Strength, strength
from issuemine.causes.fdr import q_values
from issuemine.messages import say

Floats = npt.NDArray[np.float64]

_LEVEL = 0.95
_CHANCE = 0.05
"""False discovery rate above which a difference is not told apart from chance."""


@dataclass(frozen=True)
class TwoSides:
    """What differs, an element for each thing that is counted.

    Attributes
    ----------
    share, other_share : array of float
        Of all records of each side; 0 where a side has none.
    ratio, low, high : array of float
        The first share by the second, and its 95 % interval; infinite where the second side has none,
        not a number where a side has no records at all.
    difference, difference_low, difference_high : array of float
        The first share less the second, and its 95 % interval; not a number where a side has no records.
    p_value, q_value : array of float
        Chance of counts so far apart if both shares were the same, and the false discovery rate over all.
    """

    share: Floats
    other_share: Floats
    ratio: Floats
    low: Floats
    high: Floats
    difference: Floats
    difference_low: Floats
    difference_high: Floats
    p_value: Floats
    q_value: Floats

    def strengths(self) -> list[Strength | None]:
        """How much each difference says, whichever way it goes; None where it may well be chance.

        By what the ratio is at least, as for cause candidates (:func:`issuemine.causes.candidates.strength`).
        """
        with np.errstate(divide="ignore"):
            least = np.fmax(self.low, 1 / self.high)
        return [
            strength(bound, q) if q <= _CHANCE else None
            for bound, q in zip(least.tolist(), self.q_value.tolist(), strict=True)
        ]


def two_sides(records: Floats, other_records: Floats, total: int, other_total: int) -> TwoSides:
    """Compare counts of two groups of records.

    Parameters
    ----------
    records, other_records : array of float, shape (n,)
        Records of each group that have what is counted.
    total, other_total : int
        All records of each group.

    Returns
    -------
    TwoSides
        The ratio's interval: given the sum of both counts the first is binomial, if records come
        independently of each other; its chance gets Jeffreys's interval, whose ends are those of the range
        where a count is at one (Brown, Cai and DasGupta, Statist. Sci. 16, 2001, p. 101). It takes counts as
        Poisson, so that it is a little wide for shares above about a fifth. The p-value is the mid-P of the
        same binomial (Lancaster, J. Amer. Statist. Ass. 56, 1961, p. 223), which goes with Jeffreys's
        interval. The difference's interval is Newcombe's from two score intervals (Statist. Med. 17, 1998,
        p. 873, method 10). Where records come in bursts, all are too narrow.
    """
    if not total or not other_total:
        return _nothing(records, other_records, total, other_total)
    share, other_share = records / total, other_records / other_total
    low, high = _ratio_interval(records, other_records, other_total / total)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = share / other_share
    difference_low, difference_high = _newcombe(share, other_share, total, other_total)
    p_value = _mid_p(records, other_records, total / (total + other_total))
    return TwoSides(
        share,
        other_share,
        ratio,
        low,
        high,
        share - other_share,
        difference_low,
        difference_high,
        p_value,
        q_values(p_value),
    )


def told_sides(
    share: float, other_share: float, ratio: float, low: float, high: float, q_value: float
) -> str:
    """A difference in a sentence, for somebody who decides."""
    shares = {"share": share, "other": other_share}
    if np.isnan(ratio):
        return say("One side has no records.")
    if np.isinf(ratio):
        told = say(
            "{share:.1%} of the first side and none of the second: at least {low} times as often.",
            low=times(low),
            **shares,
        )
    elif ratio == 0:
        told = say(
            "None of the first side and {other:.1%} of the second: at most {high} times as often.",
            high=times(high),
            **shares,
        )
    else:
        told = say(
            "{share:.1%} of the first side, {other:.1%} of the second: {ratio} times as often "
            "(95 % interval {low} to {high}).",
            ratio=times(ratio),
            low=times(low),
            high=times(high),
            **shares,
        )
    return told if q_value <= _CHANCE else f"{told} {say('This may well be chance.')}"


def _ratio_interval(a: Floats, b: Floats, exposure: float) -> tuple[Floats, Floats]:
    tail = (1 - _LEVEL) / 2
    low = np.where(a > 0, betaincinv(a + 0.5, b + 0.5, tail), 0.0)
    high = np.where(b > 0, betaincinv(a + 0.5, b + 0.5, 1 - tail), 1.0)
    with np.errstate(divide="ignore"):
        return low / (1 - low) * exposure, high / (1 - high) * exposure


def _mid_p(a: Floats, b: Floats, chance: float) -> Floats:
    """Two-sided: twice the smaller tail, of which the count itself makes up a half."""
    both = a + b
    or_more = np.where(a > 0, betainc(np.maximum(a, 1.0), b + 1.0, chance), 1.0)
    more = np.where(b > 0, betainc(a + 1.0, np.maximum(b, 1.0), chance), 0.0)
    upper = (or_more + more) / 2
    return np.where(both > 0, np.minimum(2 * np.minimum(upper, 1 - upper), 1.0), 1.0)


def _newcombe(share: Floats, other: Floats, total: int, other_total: int) -> tuple[Floats, Floats]:
    low, high = _wilson(share, total)
    other_low, other_high = _wilson(other, other_total)
    below = np.sqrt((share - low) ** 2 + (other_high - other) ** 2)
    above = np.sqrt((high - share) ** 2 + (other - other_low) ** 2)
    return share - other - below, share - other + above


def _wilson(share: Floats, total: int) -> tuple[Floats, Floats]:
    """The score interval of a share."""
    z = float(ndtri(0.5 + _LEVEL / 2))
    middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    half = z / (1 + z**2 / total) * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    return middle - half, middle + half


def _nothing(records: Floats, other_records: Floats, total: int, other_total: int) -> TwoSides:
    unknown, certain = np.full(len(records), np.nan), np.ones(len(records))
    return TwoSides(
        records / max(total, 1),
        other_records / max(other_total, 1),
        unknown,
        unknown,
        unknown,
        unknown,
        unknown,
        unknown,
        certain,
        certain,
    )


def times(ratio: float) -> str:
    """A multiple with as many digits as it deserves."""
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"
