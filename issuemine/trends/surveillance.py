"""Judge counts of topics against their own past: the statistics behind every signal."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from issuemine.config import DetectSettings
from issuemine.errors import TrendsError
from issuemine.messages import say
from issuemine.trends.design import step_of
from issuemine.trends.drift import rolling
from issuemine.trends.forecast import Forecast, by_regression
from issuemine.trends.holidays import public_holidays
from issuemine.trends.pooling import by_pooling
from issuemine.trends.predictive import combined, interval, mid_p
from issuemine.trends.robust import RobustFit
from issuemine.trends.series import Series, series

Floats = NDArray[np.float64]

REGRESSION = "regression"
POOLED = "pooled"
_FEWEST_RECORDS = 10
"""A topic with fewer records in its whole baseline than this says too little of its own."""
_CHUNK = 512


@dataclass(frozen=True)
class Judgement:
    """How unusual the counts of each topic are.

    Arrays have the shape (n_topics,) where one day was judged (:func:`judge`) and (n_topics, n_judged) where
    several were (:func:`judge_range`), but for ``method`` and ``phi``, which are (n_topics,) in both: those
    of the last day. Everything is NaN where the day's count or exposure is missing, and where nothing at all
    is known of any topic's past; of the week, where all of its days are missing.

    Attributes
    ----------
    observed : ndarray of float
        Records of the day.
    expected : ndarray of float
        Mean count that the past lets expect on such a day at its exposure: level, trend, day of the week,
        time of year and holidays, as far as the history carries them, without past outbreaks.
    low, high : ndarray of float
        Ends of the interval in which 95 of 100 such days fall. It holds the scatter of counts and the
        uncertainty of the baseline.
    p_day : ndarray of float
        Probability of a count at least as high as observed if nothing is going on. Small is unusual.
    observed_week, expected_week : ndarray of float
        Sums over the seven days that end with the judged one, without missing days.
    low_week, high_week : ndarray of float
        As ``low`` and ``high``, of the sum of the week.
    p_week : ndarray of float
        As ``p_day``, of the sum of the week. It finds what is too small on each day and lasts.
    p : ndarray of float
        Both as one: the p-value to control false discoveries with (:func:`~predictive.q_values`).
    method : ndarray of str
        ``regression`` (a history of its own) or ``pooled`` (little history or few records; the baseline is
        shared with all topics).
    phi : ndarray of float
        Dispersion: variance of the daily counts over their mean, 1 for pure chance.
    """

    observed: Floats
    expected: Floats
    low: Floats
    high: Floats
    p_day: Floats
    observed_week: Floats
    expected_week: Floats
    low_week: Floats
    high_week: Floats
    p_week: Floats
    p: Floats
    method: NDArray[np.str_]
    phi: Floats


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
    starts: dict[int, tuple[RobustFit | None, int]] = {}
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
            start, before = starts.get(chunk, (None, oldest))
            if start is not None and start.dispersion.size != topics.size:
                start = None
            found = by_regression(part.of(topics), baseline, end - begin + 1, window, start, oldest - before)
            starts[chunk] = (found.fit, oldest)
            _write(forecast, phi, found, topics, into)
        poor = np.flatnonzero(~rich)
        if poor.size and baseline:
            found = by_pooling(part.of(poor), baseline, end - begin + 1, window, part)
            _write(forecast, phi, found, poor, into)
    return _judged(whole, first, last, window, forecast, phi, method.astype(np.str_))


def _chunks(topics: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    return [topics[begin : begin + _CHUNK] for begin in range(0, topics.size, _CHUNK)]


def _write(
    into: dict[str, Floats], phi: Floats, found: Forecast, topics: NDArray[np.intp], days: slice
) -> None:
    for name, values in into.items():
        values[topics, days] = getattr(found, name)
    phi[topics] = found.dispersion


def _judged(
    whole: Series,
    first: int,
    last: int,
    window: int,
    forecast: dict[str, Floats],
    phi: Floats,
    method: NDArray[np.str_],
) -> Judgement:
    span = slice(first, last + 1)
    present = whole.present[:, span] > 0
    observed = np.where(present, whole.counts[:, span], np.nan)
    head = np.pad(whole.counts[:, : last + 1], ((0, 0), (window - 1, 0)))
    held = np.pad(whole.present[:, : last + 1], ((0, 0), (window - 1, 0)))
    days_seen = rolling(held, window)[:, first:]
    week = np.where(days_seen > 0, rolling(head, window)[:, first:], np.nan)
    mean = np.where(present, forecast["mean"], np.nan)
    window_mean = np.where(days_seen > 0, forecast["window_mean"], np.nan)
    p_day = mid_p(observed, mean, forecast["variance"])
    p_week = mid_p(week, window_mean, forecast["window_variance"])
    low, high = interval(mean, forecast["variance"])
    low_week, high_week = interval(window_mean, forecast["window_variance"])
    return Judgement(
        observed=observed,
        expected=mean,
        low=low,
        high=high,
        p_day=p_day,
        observed_week=week,
        expected_week=window_mean,
        low_week=low_week,
        high_week=high_week,
        p_week=p_week,
        p=np.where(present, combined(p_day, np.where(observed <= mean, 1.0, p_week)), np.nan),
        method=method,
        phi=phi,
    )
