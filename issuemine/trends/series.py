"""Counts over days, checked, with what is missing told apart from what is zero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from issuemine.errors import TrendsError
from issuemine.messages import say

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Series:
    """Counts of many topics over consecutive days.

    Attributes
    ----------
    counts : ndarray of shape (n_topics, n_days)
        0 where missing.
    exposure : ndarray of shape (n_topics, n_days) or (1, n_days)
        Above 0; 1 where missing.
    present : ndarray of shape (n_topics, n_days)
        1 where the count and its exposure are known, 0 where one is missing.
    days : ndarray of datetime64[D], shape (n_days,)
    holidays : ndarray of bool, shape (n_days,), or None
    """

    counts: Floats
    exposure: Floats
    present: Floats
    days: NDArray[np.datetime64]
    holidays: NDArray[np.bool_] | None

    def of(self, topics: NDArray[np.intp] | slice) -> Series:
        """The series of some topics."""
        exposure = self.exposure if self.exposure.shape[0] == 1 else self.exposure[topics]
        return Series(self.counts[topics], exposure, self.present[topics], self.days, self.holidays)

    def between(self, first: int, last: int) -> Series:
        """The days from one position to another, both included."""
        part = slice(first, last + 1)
        holidays = None if self.holidays is None else self.holidays[part]
        return Series(
            self.counts[:, part], self.exposure[:, part], self.present[:, part], self.days[part], holidays
        )


def series(
    counts: ArrayLike, exposure: ArrayLike, days: ArrayLike, holidays: ArrayLike | None = None
) -> Series:
    """Check counts, exposure and days.

    Raises
    ------
    TrendsError
        If shapes do not fit, days are not consecutive, or a count or exposure is negative.
    """
    values = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    base = np.atleast_2d(np.asarray(exposure, dtype=np.float64))
    dates = np.asarray(days, dtype="datetime64[D]")
    marked = None if holidays is None else np.asarray(holidays, dtype=np.bool_)
    if (
        values.shape[1] != dates.size
        or base.shape not in (values.shape, (1, dates.size))
        or (marked is not None and marked.shape != dates.shape)
    ):
        raise TrendsError(
            say(
                "Counts of shape {counts} and exposure of shape {exposure} do not fit {days} days.",
                counts=values.shape,
                exposure=base.shape,
                days=dates.size,
            )
        )
    steps = np.diff(dates).astype(np.int64)
    if steps.size and (steps[0] < 1 or (steps != steps[0]).any()):
        raise TrendsError(say("Days must follow each other without a gap; missing counts are NaN."))
    if (values < 0).any() or (base < 0).any():
        raise TrendsError(say("Counts and exposures cannot be negative."))
    known = np.isfinite(base) & (base > 0)
    present = np.isfinite(values) & known
    return Series(
        np.where(present, values, 0.0),
        np.where(known, base, 1.0),
        present.astype(np.float64),
        dates,
        marked,
    )
