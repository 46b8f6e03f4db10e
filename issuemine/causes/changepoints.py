"""Change points: since when a rate is another one."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from issuemine.causes.dating import ChangePoint, described
from issuemine.causes.rates import (
    Floats,
    Likelihood,
    first_scatter,
    likelihood,
    scatter,
    weekday_factors,
)

_PENALTY = 7.0
"""Logarithm of the likelihood that a change must add: see ``benchmarks.causes_changes``."""
_ROUNDS = 4
_WEEK = 7
_EPOCH_WEEKDAY = 3
_LEAST_DAYS = 14
_LEAST_RECORDS = 10


def change_points(counts: Floats, exposure: Floats, first: date) -> list[ChangePoint]:
    """Find the days on which a topic's rate changed, in their order.

    The rate is records by exposure; days of the week have factors of their own. Stretches of one rate each
    are chosen so that the likelihood less a penalty for each change is highest over all ways to cut the days
    (optimal partitioning with functional pruning: Maidstone et al., Statistics and Computing 27, 2017,
    p. 519, here on a grid of rates). Counts are negative binomial, and the likelihood is tempered by how much
    fortnights scatter, so that neither bursts of chance nor a slow drift counts as a change so easily.

    Parameters
    ----------
    counts : array of float, shape (n_days,)
        Records of the topic on consecutive days.
    exposure : array of float, shape (n_days,)
        What they are out of, 0 where that is missing: such a day tells nothing.
    first : date
        The first of the days.

    Returns
    -------
    list of ChangePoint
    """
    there = np.flatnonzero(exposure > 0)
    if len(there) < _LEAST_DAYS or counts[there].sum() < _LEAST_RECORDS:
        return []
    first += timedelta(days=int(there[0]))
    counts, exposure = counts[there[0] : there[-1] + 1], exposure[there[0] : there[-1] + 1]
    known = np.where(exposure > 0, counts, 0.0)
    day = np.datetime64(first, "D").astype(np.int64)
    weekdays = (day + _EPOCH_WEEKDAY + np.arange(len(counts))) % _WEEK
    base = exposure.astype(np.float64)
    spread = first_scatter(known, base)
    cuts: list[int] = []
    for _ in range(_ROUNDS):
        before, found = cuts, likelihood(known, base, spread)
        cuts = _cut(found)
        bare = _means(known, exposure, cuts)
        base = exposure * weekday_factors(known, bare, weekdays)[weekdays]
        spread = scatter(known, base, _means(known, base, cuts), 2 * len(cuts) + 1)
        if cuts == before:
            break
    found = likelihood(known, base, spread)
    cuts = _cut(found)
    ends = [0, *cuts, len(counts)]
    return [
        described(found, known, base, spread, ends[place - 1 : place + 2], first)
        for place in range(1, len(ends) - 1)
    ]


def _cut(found: Likelihood) -> list[int]:
    """Places at which a new rate begins, in the best of all partitions."""
    daily = np.diff(found.summed, axis=0)
    best = daily[0].copy()
    begun = np.zeros(len(best), dtype=np.int64)
    begins, highest = [0], best.max()
    for place in range(1, len(daily)):
        fresh = highest - _PENALTY
        jumped = best < fresh
        best[jumped] = fresh
        begun[jumped] = place
        best += daily[place]
        at = best.argmax()
        highest = best[at]
        begins.append(int(begun[at]))
    cuts, place = [], begins[-1]
    while place:
        cuts.append(place)
        place = begins[place - 1]
    return cuts[::-1]


def _means(counts: Floats, base: Floats, cuts: list[int]) -> Floats:
    """Mean of each day by the rate of its stretch."""
    starts = np.array([0, *cuts])
    rates = np.add.reduceat(counts, starts) / np.maximum(np.add.reduceat(base, starts), 1e-12)
    return np.asarray(base * np.repeat(rates, np.diff([*starts, len(counts)])))
