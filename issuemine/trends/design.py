"""The calendar as columns of a regression: level, trend, day of the week, time of year, holidays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]

YEAR = 365.25
_HARMONICS = 4
_NEEDS_TREND = 182
_NEEDS_WEEKDAYS = 28
_NEEDS_HOLIDAYS = 8
_BARRED = 1e8
"""Penalty of a column that a topic's history does not carry: its coefficient is held at zero."""


@dataclass(frozen=True)
class Design:
    """Columns over the days, and what each asks of a topic's history.

    Attributes
    ----------
    columns : ndarray of shape (n_days, n_columns)
        The first is the level; the others are centred or sum to zero.
    needs : ndarray of shape (n_columns,)
        Days of history below which a topic goes without the column.
    precision : ndarray of shape (n_columns,)
        Inverse variance of the normal prior of each coefficient, on the scale of logarithms; 0 has none.
    """

    columns: Floats
    needs: Floats
    precision: Floats

    def penalty(self, history: NDArray[np.int64]) -> Floats:
        """Penalty of each topic's coefficients, given its days of history: (n_topics, n_columns)."""
        return np.where(history[:, None] >= self.needs[None, :], self.precision[None, :], _BARRED)


def step_of(days: Days) -> int:
    """Days from one column of counts to the next: 1 for daily counts, 7 for weekly ones."""
    if days.size < 2:
        return 1
    return int((days[1] - days[0]) / np.timedelta64(1, "D"))


def calendar_design(days: Days, baseline: slice, holidays: NDArray[np.bool_] | None = None) -> Design:
    """Build the columns.

    Harmonics of the year join as years of history do (the first from a year and a half on), the trend from
    half a year on, days of the week from four weeks on (daily counts only), holidays and the days after them
    once eight lie in the baseline. Priors are weak: standard deviation 1 for days of the week and holidays,
    0.5 for each harmonic and for the trend of a year; they keep sparse topics from running away.

    Parameters
    ----------
    days : ndarray of datetime64[D], shape (n_days,)
    baseline : slice
        The days that baselines are fitted to.
    holidays : ndarray of bool, shape (n_days,), optional
    """
    since = (days - days[baseline][-1]) / np.timedelta64(1, "D")
    years = since / YEAR
    columns = [np.ones(days.size), years - years[baseline].mean()]
    needs, spread = [0.0, float(_NEEDS_TREND)], [np.inf, 0.5]
    if step_of(days) == 1:
        weekday = (days.astype("datetime64[D]").astype(np.int64) + 3) % 7
        for day in range(6):
            columns.append((weekday == day).astype(np.float64) - (weekday == 6))
        needs += [_NEEDS_WEEKDAYS] * 6
        spread += [1.0] * 6
    for order in range(1, _HARMONICS + 1):
        columns += [np.cos(2 * np.pi * order * years), np.sin(2 * np.pi * order * years)]
        needs += [(order + 0.5) * YEAR] * 2
        spread += [0.5] * 2
    if holidays is not None:
        after = np.concatenate([[False], holidays[:-1]]) & ~holidays
        for special in (holidays, after):
            if special[baseline].sum() >= _NEEDS_HOLIDAYS:
                columns.append(special.astype(np.float64))
                needs.append(float(_NEEDS_TREND))
                spread.append(1.0)
    return Design(np.stack(columns, axis=1), np.array(needs), np.array(spread) ** -2.0)
