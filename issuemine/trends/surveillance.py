"""Judge counts of topics against their own past: the statistics behind every signal."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from threadpoolctl import threadpool_limits

from issuemine.config import DetectSettings
from issuemine.errors import TrendsError
from issuemine.messages import say
from issuemine.trends.design import step_of
from issuemine.trends.forecast import Forecast, by_regression
from issuemine.trends.holidays import public_holidays
from issuemine.trends.judgement import Judgement, judgement
from issuemine.trends.pooling import by_pooling
from issuemine.trends.robust import RobustFit
from issuemine.trends.series import Series, series

__all__ = ["POOLED", "REGRESSION", "Judgement", "judge", "judge_range"]

Floats = NDArray[np.float64]

REGRESSION = "regression"
POOLED = "pooled"
_FEWEST_RECORDS = 10
"""A topic with fewer records in its whole baseline than this says too little of its own."""
_CHUNK = 512


def judge(
    counts: ArrayLike,
    exposure: ArrayLike,
    days: ArrayLike,
    *,
    at: int | None = None,
    holidays: ArrayLike | None = None,
    settings: DetectSettings | None = None,
) -> Judgement:
    """Judge one day of every topic against the days before it.

    Parameters
    ----------
    counts : array-like of shape (n_topics, n_days)
        Records of each topic and day, oldest first, 0 or more; NaN where the source is missing, which is
        not zero.
    exposure : array-like of shape (n_days,) or (n_topics, n_days)
        What the counts are out of: all records of the same sources that day, active users, orders. A count
        that grows as its exposure grows is not unusual. 0 or NaN makes the day missing; all ones for none.
    days : array-like of datetime64[D], shape (n_days,)
        Consecutive days, or weeks (every seventh day): then the days of the week play no part and the
        "week" is the last two weeks.
    at : int, optional
        Position of the judged day in ``days``; later days are not looked at. Default: the last.
    holidays : array-like of bool, shape (n_days,), optional
        Public holidays; they and the days after them get levels of their own. Default: those of the country
        in ``settings.holidays``, if one is named.
    settings : DetectSettings, optional
        Length of history and guard band. Default: the defaults.

    Returns
    -------
    Judgement
        Arrays of shape (n_topics,).

    Raises
    ------
    TrendsError
        If shapes do not fit, days have gaps, a count is negative, or ``at`` is out of range.

    References
    ----------
    Noufaily, A. et al. (2013). An improved algorithm for outbreak detection in multiple surveillance
    systems. Statistics in Medicine 32, 1206-1222.
    Salmon, M., Schumacher, D. and Hoehle, M. (2016). Monitoring count time series in R. Journal of
    Statistical Software 70 (10).
    """
    chosen = settings or DetectSettings()
    whole = _series(counts, exposure, days, holidays, chosen)
    last = whole.days.size - 1 if at is None else at
    judged = _judge(whole, last, last, chosen)
    return replace(
        judged, **{name: values[:, 0] for name, values in vars(judged).items() if values.ndim == 2}
    )


def judge_range(
    counts: ArrayLike,
    exposure: ArrayLike,
    days: ArrayLike,
    *,
    first: int,
    last: int | None = None,
    holidays: ArrayLike | None = None,
    settings: DetectSettings | None = None,
) -> Judgement:
    """Judge many days, each as if it were today: for replays of history and simulations.

    Baselines are fitted anew every ``settings.refit_days`` days, each fit starting from the one before; in
    between, days are judged by the latest. Their guard band is so many days longer at most.

    Parameters
    ----------
    counts, exposure, days, holidays, settings
        As for :func:`judge`.
    first, last : int
        Positions of the first and the last judged day; default of ``last``: the last of ``days``.

    Returns
    -------
    Judgement
        Arrays of shape (n_topics, last - first + 1).

    Raises
    ------
    TrendsError
        As :func:`judge`.
    """
    chosen = settings or DetectSettings()
    whole = _series(counts, exposure, days, holidays, chosen)
    return _judge(whole, first, whole.days.size - 1 if last is None else last, chosen)


def _series(
    counts: ArrayLike,
    exposure: ArrayLike,
    days: ArrayLike,
    holidays: ArrayLike | None,
    settings: DetectSettings,
) -> Series:
    if holidays is None and settings.holidays is not None:
        holidays = public_holidays(np.asarray(days, dtype="datetime64[D]"), settings.holidays)
    return series(counts, exposure, days, holidays)


def _judge(whole: Series, first: int, last: int, settings: DetectSettings) -> Judgement:
    # Products of a chunk are small: on a busy machine threads wait for each other longer than they work.
    with threadpool_limits(1, user_api="blas"):
        return _judged_in_turn(whole, first, last, settings)


@dataclass(frozen=True)
class _Start:
    """The last fit of some topics, and the position of its first day."""

    topics: NDArray[np.intp]
    oldest: int
    fit: RobustFit | None


def _judged_in_turn(whole: Series, first: int, last: int, settings: DetectSettings) -> Judgement:
    if not 0 <= first <= last < whole.days.size:
        raise TrendsError(
            say(
                "Days {first} to {last} cannot be judged: there are {days}.",
                first=first,
                last=last,
                days=whole.days.size,
            )
        )
    step = step_of(whole.days)
    window = 7 if step == 1 else 2
    n_topics = whole.counts.shape[0]
    shape = (n_topics, last - first + 1)
    forecast = {
        name: np.full(shape, np.nan) for name in ("mean", "variance", "window_mean", "window_variance")
    }
    phi = np.full(n_topics, np.nan)
    method = np.full(n_topics, POOLED, dtype=object)
    stride = max(1, settings.refit_days // step)
    starts: dict[int, _Start] = {}
    for begin in range(first, last + 1, stride):
        end = min(begin + stride - 1, last)
        oldest = max(0, begin - settings.history_days // step)
        guard = min(settings.guard_days, max(7, (begin - oldest) * step // 4)) // step
        baseline = max(begin - max(guard, window) - oldest, 0)
        part = whole.between(oldest, end)
        held = slice(0, baseline)
        history = part.present[:, held].sum(axis=1) * step
        rich = (history >= settings.prior_days) & (part.counts[:, held].sum(axis=1) >= _FEWEST_RECORDS)
        method[:] = np.where(rich, REGRESSION, POOLED)
        into = slice(begin - first, end - first + 1)
        for chunk, topics in enumerate(_chunks(np.flatnonzero(rich))):
            start = starts.get(chunk)
            known = start is not None and np.array_equal(start.topics, topics)
            earlier, shift = (start.fit, oldest - start.oldest) if start and known else (None, 0)
            found = by_regression(part.of(topics), baseline, end - begin + 1, window, earlier, shift)
            starts[chunk] = _Start(topics, oldest, found.fit)
            _write(forecast, phi, found, topics, into)
        poor = np.flatnonzero(~rich)
        if poor.size and baseline:
            found = by_pooling(part.of(poor), baseline, end - begin + 1, window, part)
            _write(forecast, phi, found, poor, into)
    return judgement(whole, first, last, window, forecast, phi, method.astype(np.str_))


def _chunks(topics: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    return [topics[begin : begin + _CHUNK] for begin in range(0, topics.size, _CHUNK)]


def _write(
    into: dict[str, Floats], phi: Floats, found: Forecast, topics: NDArray[np.intp], days: slice
) -> None:
    for name, values in into.items():
        values[topics, days] = getattr(found, name)
    phi[topics] = found.dispersion
