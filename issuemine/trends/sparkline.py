"""A trend drawn in one line of text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_BARS = "▁▂▃▄▅▆▇█"


def sparkline(counts: Sequence[int], width: int = 12) -> str:
    """Bars for a series of counts, oldest first; the highest bar is the series' own maximum.

    Parameters
    ----------
    counts : sequence of int
        Counts per day, oldest first.
    width : int, default 12
        Bars wanted; neighbouring days are added up to make no more than this. The oldest days that do
        not fill a bar are left out.

    Returns
    -------
    str
        At most ``width`` characters; empty when there are no counts.

    Examples
    --------
    >>> sparkline([0, 1, 2, 4])
    '▁▃▅█'
    """
    series = np.asarray(counts, dtype=np.int64)
    if not series.size:
        return ""
    days = -(-series.size // width)
    whole = series[series.size % days :]
    sums = whole.reshape(-1, days).sum(axis=1)
    top = max(int(sums.max()), 1)
    return "".join(_BARS[round(float(value) / top * (len(_BARS) - 1))] for value in sums)
