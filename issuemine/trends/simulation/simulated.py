"""What a simulation hands out: counts, and which of them are an outbreak."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Simulated:
    """Series with known outbreaks.

    Attributes
    ----------
    counts : ndarray of shape (n_series, n_times)
        What a method sees.
    outbreak : ndarray of shape (n_series, n_times)
        Cases of the outbreak that is to be found.
    other : ndarray of shape (n_series, n_times)
        Cases of earlier outbreaks; where they reach into the tested times these are neither free of
        outbreaks nor part of the one to be found.
    days : ndarray of datetime64[D], shape (n_times,)
        Every day, or every seventh.
    tested : int
        The last so many times are tested.
    holidays : ndarray of bool, shape (n_times,), or None
    """

    counts: Floats
    outbreak: Floats
    other: Floats
    days: NDArray[np.datetime64]
    tested: int
    holidays: NDArray[np.bool_] | None = None
