"""Whether it is the values that a change concerns which changed with a topic's rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

_FEWEST = 10
"""Records of the topic that tell whether they have the values, for a scope to be judged."""
_BORROWED = 6.0
"""Records at the whole past's rate that the past of either side begins with: what a new version is compared
with, as sure as to a factor of about 1.5."""


@dataclass(frozen=True, slots=True)
class ScopeCounts:
    """Records of a topic and of all, with the values of a change's scope and with others, around a point.

    Records that say nothing of its attributes are left out.

    Attributes
    ----------
    inside, outside, before_inside, before_outside : float
        The topic's.
    inside_total, outside_total, before_inside_total, before_outside_total : float
        All records.
    """

    inside: float
    outside: float
    before_inside: float
    before_outside: float
    inside_total: float
    outside_total: float
    before_inside_total: float
    before_outside_total: float


def scope_fit(counts: ScopeCounts | None, direction: float) -> tuple[float | None, float | None]:
    """Chance that the scope changed more than the rest, and its share of the difference.

    Parameters
    ----------
    counts : ScopeCounts or None
        None where no record tells.
    direction : float
        1 where the topic's rate rose, -1 where it fell.

    Returns
    -------
    chance, share : float or None
        None where that cannot be told.
    """
    if (
        counts is None
        or max(counts.inside + counts.outside, counts.before_inside + counts.before_outside) < _FEWEST
    ):
        return None, None
    sides = (
        (counts.inside, counts.inside_total, counts.before_inside, counts.before_inside_total),
        (counts.outside, counts.outside_total, counts.before_outside, counts.before_outside_total),
    )
    past = counts.before_inside + counts.before_outside + 0.5
    rate = past / (counts.before_inside_total + counts.before_outside_total + 1.0)
    logarithms, variances, excesses = [], [], []
    for now, total, before, before_total in sides:
        usual = (before + _BORROWED) / (before_total + _BORROWED / rate)
        logarithms.append(np.log((now + 0.5) / (total + 1.0)) - np.log(usual))
        variances.append(1 / (now + 0.5) + 1 / (before + _BORROWED))
        excesses.append(now - usual * total)
    z = direction * (logarithms[0] - logarithms[1]) / np.sqrt(sum(variances))
    whole = sum(excesses)
    if whole * direction <= 0:  # the records that tell did not change as the others did
        return None, None
    return float(ndtr(z)), float(np.clip(excesses[0] / whole, 0.0, 1.0))
