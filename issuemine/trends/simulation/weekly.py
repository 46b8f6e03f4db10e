"""The weekly simulation of Noufaily et al. (2013): 28 scenarios of twelve years."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from issuemine.trends.simulation.simulated import Floats, Simulated

WEEKS = 624
TESTED = 49
_PARAMETERS = (
    # theta, beta, gamma1, gamma2, phi
    (0.1, 0.0025, 0.6, 0.6, 1.5),
    (-2.0, 0.005, 0.1, 0.3, 2.0),
    (1.5, 0.003, 0.2, -0.4, 1.0),
    (0.5, 0.002, 0.5, 0.5, 5.0),
    (2.5, 0.001, 1.0, 0.1, 3.0),
    (3.75, 0.001, 0.1, -0.1, 1.1),
    (5.0, 0.0001, 0.05, 0.01, 1.2),
)
_PAST_OUTBREAKS = 4
_PAST_STARTS = (313, 575)
_PAST_SIZES = (2, 3, 5, 10)
_CURRENT_STARTS = (576, 620)
_CURRENT_SIZES = (1, 10)
SPREAD = 0.5
"""Standard deviation of the logarithm of the time from an outbreak's start to a case."""


def weekly_series(per_scenario: int = 20, seed: int = 1) -> Simulated:
    """Simulate ``per_scenario`` series of each of the 28 scenarios.

    Each has four past outbreaks and one in the 49 tested weeks.

    References
    ----------
    Noufaily, A. et al. (2013). An improved algorithm for outbreak detection in multiple surveillance
    systems. Statistics in Medicine 32, 1206-1222, section 3.
    """
    rng = np.random.default_rng(seed)
    week = np.arange(1, WEEKS + 1)
    counts, current, past = [], [], []
    scenarios = list(product(_PARAMETERS, (True, False), (True, False)))
    for (theta, beta, cosine, sine, phi), trend, season in scenarios:
        turn = 2 * np.pi * week / 52
        mean = np.exp(theta + trend * beta * week + season * (cosine * np.cos(turn) + sine * np.sin(turn)))
        for _ in range(per_scenario):
            earlier = np.zeros(WEEKS)
            for start in rng.integers(_PAST_STARTS[0], _PAST_STARTS[1] + 1, _PAST_OUTBREAKS):
                earlier += _outbreak(rng, mean, phi, int(start), int(rng.choice(_PAST_SIZES)))
            start = int(rng.integers(_CURRENT_STARTS[0], _CURRENT_STARTS[1] + 1))
            size = int(rng.integers(_CURRENT_SIZES[0], _CURRENT_SIZES[1] + 1))
            now = _outbreak(rng, mean, phi, start, size)
            counts.append(overdispersed(rng, mean, phi) + earlier + now)
            current.append(now)
            past.append(earlier)
    days = np.datetime64("2010-01-04") + 7 * np.arange(WEEKS)
    return Simulated(np.stack(counts), np.stack(current), np.stack(past), days, TESTED)


def overdispersed(rng: np.random.Generator, mean: Floats, phi: float) -> Floats:
    """Counts of this mean and a variance of ``phi`` times the mean: negative binomial, or Poisson at 1."""
    if phi == 1:
        return rng.poisson(mean).astype(np.float64)
    return rng.negative_binomial(mean / (phi - 1), 1 / phi).astype(np.float64)


def _outbreak(rng: np.random.Generator, mean: Floats, phi: float, start: int, size: int) -> Floats:
    """Cases a week of an outbreak that starts in a week (counted from 1)."""
    cases = rng.poisson(size * np.sqrt(phi * mean[start - 1]))
    weeks: NDArray[np.int64] = start - 1 + np.floor(rng.lognormal(0, SPREAD, cases)).astype(np.int64)
    return np.bincount(weeks[weeks < WEEKS], minlength=WEEKS).astype(np.float64)
