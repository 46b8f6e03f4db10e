"""Risk ratios with their intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.special import betaincinv, ndtri

_LEVEL = 0.95


@dataclass(frozen=True)
class Ratio:
    """Records of a combination, the number expected, and the ratio of both with its interval."""

    records: float
    total: float
    expected: float
    ratio: float
    low: float
    high: float


def against_others(inside: pa.Table, others: pa.Table, dispersion: float = 1.0) -> Ratio:
    """Mantel-Haenszel's risk ratio over strata.

    Parameters
    ----------
    inside, others : Table
        ``stratum``, ``records`` and ``total`` of the combination, and of what it is compared with. One
        stratum gives the plain risk ratio.
    dispersion : float, default 1
        Variance of counts over that of chance.

    Returns
    -------
    Ratio
        The interval is Greenland and Robins's (Biometrics 41, 1985, p. 55, formula 13), which for one
        stratum is Katz's.
    """
    table = inside.join(others, "stratum", right_suffix="_other", join_type="full outer")
    found = {
        name: table[name].cast(pa.float64()).fill_null(0).to_numpy()
        for name in ("records", "total", "records_other", "total_other")
    }
    a, n = found["records"], found["total"]
    b, m = found["records_other"], found["total_other"]
    both = np.maximum(n + m, 1.0)
    above, below = float((a * m / both).sum()), float((b * n / both).sum())
    if below == 0:  # nobody else has it: half a record, as for an empty cell of a table
        below = 0.5 * float((n / both).sum())
    variance = float((((a + b) * n * m - a * b * both) / both**2).sum()) / max(above * below, 1e-12)
    error = float(ndtri(0.5 + _LEVEL / 2)) * np.sqrt(max(variance * dispersion, 0.0))
    ratio = above / below
    return Ratio(
        records=float(a.sum()),
        total=float(n.sum()),
        expected=float(a.sum()) / ratio if ratio > 0 else float(a.sum()),
        ratio=ratio,
        low=float(ratio * np.exp(-error)),
        high=float(ratio * np.exp(error)),
    )


def against_past(records: float, total: float, expected: float, past_records: float) -> Ratio:
    """Ratio of two Poisson rates: now against the past.

    Parameters
    ----------
    records, total, expected : float
        Counts now, and the number expected from the past.
    past_records : float
        Records in the past, above 0: how well the expected number is known.

    Returns
    -------
    Ratio
        Given the sum of both counts the one now is binomial; the interval is Jeffreys's for its chance, which
        keeps its level and is finite when the past is empty (Brown, Cai and DasGupta, Statist. Sci. 16, 2001,
        p. 101).
    """
    tail = (1 - _LEVEL) / 2
    exposure = past_records / expected
    low, high = (float(betaincinv(records + 0.5, past_records + 0.5, chance)) for chance in (tail, 1 - tail))
    return Ratio(
        records=records,
        total=total,
        expected=expected,
        ratio=records / expected,
        low=low / max(1 - low, 1e-12) * exposure,
        high=high / max(1 - high, 1e-12) * exposure,
    )
