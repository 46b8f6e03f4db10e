"""Methods to compare with: EARS C1, C2 and C3, and a z-score."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.stats import norm

Floats = NDArray[np.float64]
Alarms = NDArray[np.bool_]

_BASELINE = 7
_LAG = 2
_ALPHA = 0.001
_C3_CUT = 2.0
_Z_BASELINE = 28
_Z_CUT = 3.0


def ears_c1(counts: Floats, tested: int) -> Alarms:
    """Above the mean of the seven times before by 3.09 of their standard deviations.

    References
    ----------
    Fricker, R. D., Hegler, B. L. and Dunfee, D. A. (2008). Comparing syndromic surveillance detection
    methods: EARS' versus a CUSUM-based methodology. Statistics in Medicine 27, 3407-3429. Limits as in
    ``earsC`` of the R package surveillance.
    """
    mean, spread = _moments(counts, tested, lag=0)
    return np.asarray(counts[:, -tested:] > mean + norm.isf(_ALPHA) * spread)


def ears_c2(counts: Floats, tested: int) -> Alarms:
    """As C1, but the two times just before are left out of the baseline."""
    mean, spread = _moments(counts, tested, lag=_LAG)
    return np.asarray(counts[:, -tested:] > mean + norm.isf(_ALPHA) * spread)


def ears_c3(counts: Floats, tested: int) -> Alarms:
    """C2's excess over one standard deviation, summed over this time and the two before, above two.

    The function of the R package leaves this time's own excess out of the sum.
    """
    mean, spread = _moments(counts, tested + _LAG, lag=_LAG)
    difference = counts[:, -(tested + _LAG) :] - mean
    score = np.divide(difference, spread, out=np.zeros_like(mean), where=spread > 0)
    over = np.maximum(score - 1, 0)
    return np.asarray(over[:, _LAG:] + over[:, 1:-1] + over[:, :-_LAG] > _C3_CUT)


def z_score(counts: Floats, tested: int) -> Alarms:
    """Above the mean of the 28 times before by three of their standard deviations."""
    windows = sliding_window_view(counts[:, -(tested + _Z_BASELINE) : -1], _Z_BASELINE, axis=1)
    limit = windows.mean(axis=2) + _Z_CUT * windows.std(axis=2, ddof=1)
    return np.asarray(counts[:, -tested:] > limit)


RIVALS = {"EARS C1": ears_c1, "EARS C2": ears_c2, "EARS C3": ears_c3, "z-score": z_score}


def _moments(counts: Floats, tested: int, lag: int) -> tuple[Floats, Floats]:
    past = counts[:, -(tested + lag + _BASELINE) : counts.shape[1] - 1 - lag]
    windows = sliding_window_view(past, _BASELINE, axis=1)
    return windows.mean(axis=2), windows.std(axis=2, ddof=1)
