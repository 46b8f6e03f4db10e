"""What a combination is compared with: all other records, or its own past.

Both give the same four answers on arrays of counts, so that the scan does not need to know which it is.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from scipy.special import betainc, ndtr, xlogy

from issuemine.causes.cells import Cells, Numbers

_SHRINKAGE = 20.0
"""Records at the whole past's rate that are added to the past of each combination: a rate seen on a handful
of records says little. The result is the same from 5 to 50."""


class Comparison(Protocol):
    """How many records to expect, and how far from that a combination is."""

    def base(self, cells: Cells) -> Numbers:
        """Records expected before :meth:`scale`; adds up over disjoint combinations, or nearly so."""
        ...

    def scale(self, records: Numbers, base: Numbers) -> Numbers:
        """Factor that turns ``base`` into what is expected, given the counts of a combination."""
        ...

    def score(self, records: Numbers, base: Numbers) -> Numbers:
        """Log-likelihood ratio of a raised rate; 0 where the rate is not raised."""
        ...

    def p_values(self, cells: Cells) -> Numbers:
        """Chance of so many records or more if the combination were like all others."""
        ...


class AgainstOthers:
    """A topic's records against all other records of the same time.

    The score is Kulldorff's likelihood ratio (Commun. Statist. Theory Meth. 26, 1997, p. 1481): one rate
    inside of the combination, another outside. So the expected records are those at the rate outside.

    Parameters
    ----------
    records, base : float
        Sums over all records that are left.
    total : float
        All records that are left.
    standardised : bool
        Whether ``base`` follows the rates of strata.
    """

    def __init__(self, records: float, base: float, total: float, *, standardised: bool) -> None:
        self._records = records
        self._base = max(base, 1e-9)
        self._total = max(total, 1.0)
        self._standardised = standardised

    def base(self, cells: Cells) -> Numbers:
        """The table's rate, standardised by stratum, times the records of each combination."""
        return cells.base

    def scale(self, records: Numbers, base: Numbers) -> Numbers:
        """Rate outside of the combination over the rate of the table."""
        return np.maximum(self._records - records, 0.5) / np.maximum(self._base - base, 1e-9)

    def score(self, records: Numbers, base: Numbers) -> Numbers:
        """Likelihood ratio of one rate inside and one outside against one for all."""
        inside = np.maximum(base * self._records / self._base, 1e-9)
        outside = np.maximum(self._records - inside, 1e-9)
        others = np.maximum(self._records - records, 0.0)
        ratio = xlogy(records, records / inside) + xlogy(others, others / outside)
        return np.where(records > inside, np.maximum(ratio, 0.0), 0.0)

    def p_values(self, cells: Cells) -> Numbers:
        """Binomial tails that bound the hypergeometric tail from above; the smaller one counts.

        One takes the combination's records as fixed, the other the topic's (Hoeffding, J. Amer. Statist. Ass.
        58, 1963, p. 13: both are at least as wide). Only the latter knows of strata.
        """
        share = np.clip(cells.base / self._base, 0.0, 1.0)
        found = at_least(cells.records, self._records, share)
        if not self._standardised:
            rate = min(self._records / self._total, 1.0)
            found = np.minimum(found, at_least(cells.records, cells.total, np.full(len(cells), rate)))
        return found


class AgainstPast:
    """A topic's records against the same combination's own rate in the past.

    The score is the expectation-based Poisson likelihood ratio (Neill, Int. J. Forecasting 25, 2009, p. 498).

    Parameters
    ----------
    whole : Cells
        One row: the counts of all records that are left.
    """

    def __init__(self, whole: Cells) -> None:
        self._whole = whole
        self._rate = (float(whole.past_records[0]) + 0.5) / (float(whole.past_total[0]) + 1.0)

    def base(self, cells: Cells) -> Numbers:
        """The combination's own past rate times its records now."""
        return np.maximum(cells.total * self.past(cells) / (cells.past_total + _SHRINKAGE), 1e-9)

    def past(self, cells: Cells) -> Numbers:
        """The combination's own past records with those at the whole past's rate that are added."""
        return cells.past_records + _SHRINKAGE * self._rate

    def scale(self, records: Numbers, base: Numbers) -> Numbers:
        """What is expected is known already."""
        return np.ones_like(records)

    def score(self, records: Numbers, base: Numbers) -> Numbers:
        """Likelihood ratio of a raised rate against the past's."""
        return np.where(records > base, xlogy(records, records / base) - (records - base), 0.0)

    def p_values(self, cells: Cells) -> Numbers:
        """Whether the rate rose more than that of all others: Wald test of the ratio of rate ratios."""
        now, past = cells.records + 0.5, cells.past_records + 0.5
        other_now = np.maximum(self._whole.records[0] - cells.records, 0.0) + 0.5
        other_past = np.maximum(self._whole.past_records[0] - cells.past_records, 0.0) + 0.5
        other_total = np.maximum(self._whole.total[0] - cells.total, 0.0) + 1.0
        other_past_total = np.maximum(self._whole.past_total[0] - cells.past_total, 0.0) + 1.0
        rise = np.log(now / past) - np.log((cells.total + 1.0) / (cells.past_total + 1.0))
        other = np.log(other_now / other_past) - np.log(other_total / other_past_total)
        error = np.sqrt(1 / now + 1 / past + 1 / other_now + 1 / other_past)
        return np.asarray(ndtr(-(rise - other) / error), dtype=np.float64)


def at_least(found: Numbers, trials: Numbers | float, chance: Numbers) -> Numbers:
    """Binomial chance of so many or more."""
    failures = np.maximum(trials - found, 0.0) + 1.0
    return np.asarray(np.where(found > 0, betainc(np.maximum(found, 1.0), failures, chance), 1.0))
