"""Which entries of a change log fit a change point, and how often any log entry would fit as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from issuemine.causes.candidates import Strength, strength
from issuemine.causes.dating import ChangePoint
from issuemine.causes.rates import Floats
from issuemine.causes.scopes import ScopeCounts, scope_fit
from issuemine.records_changes import Change

_UNJUDGED = 0.5
"""Fit of a scope that nothing is known of: that of a change which concerns all."""
_STRONG_PLACEBO, _MODERATE_PLACEBO, _TOLD_PLACEBO = 0.02, 0.05, 0.5
_SURE_SCOPE, _MOST_OF_IT = 0.95, 0.5


@dataclass(frozen=True, slots=True)
class LinedUp:
    """A change that came shortly before a change point.

    Attributes
    ----------
    place : int
        Of the change in the log that was given.
    ended : bool
        Whether it is the end of the change, not its start, that came before.
    lag_days : int
        Days from there to the change point's most likely day; below 0 where only the interval fits.
    date_fit : float
        0 to 1: how likely the rate changed on its day or soon after, later days counting for less.
    scope_fit : float or None
        0 to 1: chance that its scope changed more than the rest; None where that cannot be told.
    scope_share : float or None
        Part of the difference that has the values of its scope.
    fit : float
        Date and scope together.
    placebo : float
        How often an entry of this log fits a random day as well.
    strength : str
    """

    place: int
    ended: bool
    lag_days: int
    date_fit: float
    scope_fit: float | None
    scope_share: float | None
    fit: float
    placebo: float
    strength: Strength


def line_up(
    point: ChangePoint,
    q_value: float,
    log: Sequence[Change],
    scope_counts: Callable[[Change], ScopeCounts | None],
    span: tuple[date, date],
    *,
    window_days: int = 14,
    most: int = 3,
) -> list[LinedUp]:
    """Rank the changes that may have to do with a change point, the best first.

    What fits most days as well is not listed.

    Parameters
    ----------
    point : ChangePoint
        The change of a topic's rate.
    q_value : float
        False discovery rate of the point.
    log : sequence of Change
        The whole change log: what does not fit says how much a fit is worth.
    scope_counts : callable
        Tells how a change's scope moved around the point; None where no record tells.
    span : tuple of date
        First and last day of the counts.
    window_days : int, default 14
        Longest time from a change to its effect.
    most : int, default 3
        Changes listed.
    """
    if not log:
        return []
    direction = 1.0 if point.ratio >= 1 else -1.0
    scopes = {_key(change): scope_fit(scope_counts(change), direction) for change in log if change.scope}
    moments = [(place, False, change.start) for place, change in enumerate(log)]
    moments += [
        (place, True, change.end + timedelta(days=1))
        for place, change in enumerate(log)
        if change.end > change.start
    ]
    days = np.array([day for _, _, day in moments], dtype="datetime64[D]")
    judged = [scopes.get(_key(log[place]), (None, None)) for place, _, _ in moments]
    weights = np.array([_scope_weight(*each) for each in judged])
    own = np.array([point.day], dtype="datetime64[D]")
    dated = _date_fits(point, own, days, window_days)[0]
    fits = dated * weights
    anywhere = _reached(point, days, span, window_days)
    usual = (_date_fits(point, anywhere, days, window_days) * weights).max(axis=1)
    found: dict[int, LinedUp] = {}
    for at in sorted(
        np.flatnonzero(dated > 0), key=lambda each: (-fits[each], repr(log[moments[each][0]].key))
    ):
        place, ended, day = moments[at]
        placebo = float((usual >= fits[at] - 1e-9).mean())
        if placebo > _TOLD_PLACEBO:
            break
        lined = LinedUp(
            place=place,
            ended=ended,
            lag_days=(point.day - day).days,
            date_fit=float(dated[at]),
            scope_fit=judged[at][0],
            scope_share=judged[at][1],
            fit=float(fits[at]),
            placebo=placebo,
            strength=fit_strength(point, q_value, placebo, *judged[at]),
        )
        found.setdefault(place, lined)
    return list(found.values())[:most]


def fit_strength(
    point: ChangePoint, q_value: float, placebo: float, chance: float | None, share: float | None
) -> Strength:
    """How much a fit says.

    Parameters
    ----------
    point : ChangePoint
        The least effect of its interval counts, as for every candidate.
    q_value : float
        False discovery rate of the point.
    placebo : float
        How often a random day fits as well: at most 0.02 is strong, at most 0.05 moderate.
    chance, share : float or None
        Where the scope can be judged: it is weak unless the scope changed more than the rest with a chance
        of 0.95, and moderate unless it holds half of the difference.
    """
    found = strength(point.least, q_value)
    if placebo > _MODERATE_PLACEBO or (chance is not None and chance < _SURE_SCOPE):
        return "weak"
    if found == "strong" and (placebo > _STRONG_PLACEBO or (share is not None and share < _MOST_OF_IT)):
        return "moderate"
    return found


def _scope_weight(chance: float | None, share: float | None) -> float:
    return _UNJUDGED if chance is None or share is None else chance * share


def _key(change: Change) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(change.scope.items()))


def _date_fits(point: ChangePoint, dates: np.ndarray, days: np.ndarray, window_days: int) -> Floats:
    """How near each change (columns) would be before the point if it had come on other dates (rows).

    Each day that the point may have come on counts by its chance, and the less the longer after the change.
    """
    moved = np.array([(day - point.day).days for day, _ in point.chances])
    chances = np.array([chance for _, chance in point.chances])
    least, most = -int(moved.max()), window_days - int(moved.min())
    lags = np.arange(least, most + 1)[:, None] + moved[None, :]
    near = np.where((lags >= 0) & (lags <= window_days), 1 - lags / (window_days + 1), 0.0) @ chances
    gaps = (dates[:, None] - days[None, :]).astype(np.int64)
    inside = (gaps >= least) & (gaps <= most)
    return np.asarray(np.where(inside, near[np.clip(gaps - least, 0, len(near) - 1)], 0.0))


def _reached(point: ChangePoint, days: np.ndarray, span: tuple[date, date], window_days: int) -> np.ndarray:
    """Dates that a log says something of: from a usual gap before its first entry to one after its last.

    Dates that the log does not reach would make any fit look rare. Of fewer than three entries nothing is
    usual: all days of the counts are taken.
    """
    first, last = span
    if len(days) > 2:
        gap = max(int(np.median(np.diff(np.sort(days)).astype(np.int64))), window_days)
        first = max(first, days.min().item() - timedelta(days=gap))
        last = min(last, days.max().item() + timedelta(days=gap))
    begin, end = min(first, point.day), max(last, point.day)
    return np.arange(np.datetime64(begin), np.datetime64(end) + 1)
