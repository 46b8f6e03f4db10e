"""The daily simulation of Noufaily et al. (2019): 16 syndromic signals of seven years."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from issuemine.trends.simulation.simulated import Floats, Simulated
from issuemine.trends.simulation.weekly import SPREAD, overdispersed

YEARS = 7
WEEKS = 52
TESTED = 49 * 7
_FIRST_WORKING = {1: 1.5, 2: 1.1, 0: 1.1}
_WEEKEND = {6: 2.0, 0: 2.0}
_SEASON_INTERVAL = 0.02
_INTERVAL = 0.25
_SEASON_STARTS = 20
_SEASON_SIZE = 3
_MONTHS = (31, 28, 31, 30, 31, 30, 30, 31, 30, 31, 30, 31)
_FIXED = "1-1 5-7 8-28 12-25 12-26"
_MOVING = (
    "4-6 4-9 5-28",
    "4-20 4-23 4-27 5-28",
    "4-6 4-9 6-4 6-5",
    "3-30 4-2 5-28",
    "4-20 4-23 5-28",
    "4-6 4-9 5-28",
    "4-13 4-16 5-28",
)
"""Bank holidays of the seven years, month and day; the design's years have 364 days and begin on Mondays."""


@dataclass(frozen=True)
class Shape:
    """The mean of a signal: exp of a line, harmonics of the year and harmonics of the week.

    Attributes
    ----------
    level, slope : float
        Of the line over days.
    yearly, weekly : int
        Number of harmonics of each kind.
    year, week : tuple of float
        Cosine and sine coefficients, the same for every harmonic of a kind.
    phi : float
        Variance over mean.
    shift : int
        Days by which the calendar is shifted.
    """

    level: float
    slope: float
    yearly: int
    weekly: int
    year: tuple[float, float]
    week: tuple[float, float]
    phi: float
    shift: int

    def mean(self, n_days: int, week_length: int) -> Floats:
        """Expected counts of the days 1 to ``n_days``."""
        day = np.arange(1, n_days + 1) + self.shift
        turn = 2 * np.pi * day / week_length
        log = self.level + self.slope * day
        for order in range(1, self.yearly + 1):
            log = log + self.year[0] * np.cos(order * turn / WEEKS)
            log = log + self.year[1] * np.sin(order * turn / WEEKS)
        for order in range(1, self.weekly + 1):
            log = log + self.week[0] * np.cos(order * turn) + self.week[1] * np.sin(order * turn)
        return np.asarray(np.exp(log), dtype=np.float64)


@dataclass(frozen=True)
class Signal:
    """One of the design's signals.

    Attributes
    ----------
    shape : Shape
    week_length : int
        5: counted on working days only; 7.
    divisor : float
        Counts are divided by this.
    outbreak : Shape, optional
        What the size of outbreaks follows where it is not the signal's own shape.
    season : float, optional
        Size of a yearly epidemic in the design's unit; it belongs to the baseline.
    season_shape : Shape, optional
        What its size follows where it is not the signal's own shape.
    season_start : int
        Day of the year from which on it starts.
    """

    shape: Shape
    week_length: int
    divisor: float = 1.0
    outbreak: Shape | None = None
    season: float | None = None
    season_shape: Shape | None = None
    season_start: int = 1


_NONE = (0.0, 0.0)
_FEW = Shape(1, 0, 1, 1, (0.1, 2), (0.05, 0.05), 1, -50)
_MANY = Shape(6, 0, 1, 2, (0.2, 0.2), (0.5, 0.4), 2, 29)
_RISING = Shape(2, 0.0005, 1, 2, (0.8, 0.8), (0.8, 0.4), 4, 57)
_STEEP = Shape(6, 0.0001, 0, 1, _NONE, (0.6, 0.9), 1.5, 0)
SIGNALS = (
    Signal(_MANY, 7),
    Signal(Shape(0.5, 0, 1, 2, (1.5, 1.4), (0.5, 0.4), 1, -167), 7),
    Signal(Shape(5.5, 0, 0, 2, _NONE, (0.3, 0.25), 1, 1), 7),
    Signal(Shape(2, 0, 0, 2, _NONE, (0.3, 0.25), 1, 1), 7),
    Signal(Shape(6, 0, 1, 1, (0.3, 2), (0.3, 0.5), 1.5, -50), 5, divisor=10, season=80),
    Signal(_FEW, 5, season=50),
    Signal(_STEEP, 5, divisor=10, outbreak=replace(_STEEP, slope=0)),
    Signal(Shape(3, 0, 1, 1, (1.5, 0.1), (0.2, 0.3), 1, -150), 5),
    Signal(Shape(3, 0, 1, 1, (0.2, 0.1), (0.05, 0.15), 1, -200), 5),
    Signal(Shape(5, 0, 1, 1, (0.2, 0.1), (0.05, 0.1), 1, 0), 5),
    Signal(Shape(0.5, 0, 2, 1, (0.4, 0), (0.05, 0.15), 1, 0), 5),
    Signal(Shape(9, 0, 1, 1, (0.5, 0.2), (0.2, 0.5), 1, 0), 5, divisor=100),
    Signal(_RISING, 7, outbreak=_MANY),
    Signal(Shape(0.05, 0, 4, 1, (0.01, 0.01), (1.8, 0.1), 1, -85), 7, outbreak=replace(_RISING, slope=0)),
    Signal(
        Shape(3, 0, 1, 2, (0.8, 0.6), (0.8, 0.4), 4, 29), 7, season=150, season_shape=_FEW, season_start=210
    ),
    Signal(Shape(6, 0, 0, 2, _NONE, (0.8, 0.4), 4, 1), 7),
)


def daily_series(per_signal: int = 20, size: float = 5, seed: int = 1) -> Simulated:
    """Simulate ``per_signal`` series of each of the 16 signals, with one outbreak in the last 49 weeks.

    Counts of working days have zeros on weekends; there a holiday is empty and the next day half again as
    full, elsewhere a holiday counts double. Yearly epidemics of three signals are part of the baseline,
    though they start up to 20 days sooner or later.

    Parameters
    ----------
    per_signal : int, default 20
    size : float, default 5
        Size of the outbreak, in standard deviations of a day times the days of a week.
    seed : int

    References
    ----------
    Noufaily, A. et al. (2019). Comparison of statistical algorithms for daily syndromic surveillance
    aberration detection. Bioinformatics 35, 3110-3118; parameters as in its authors' programs
    (FelipeJColon/AlgorithmComparison).
    """
    rng = np.random.default_rng(seed)
    holidays = _holidays()
    drawn = [_drawn(rng, signal, size, holidays) for signal in SIGNALS for _ in range(per_signal)]
    counts, outbreak = (np.stack(part) for part in zip(*drawn, strict=True))
    days = np.datetime64("2010-01-04") + np.arange(counts.shape[1])
    return Simulated(counts, outbreak, np.zeros_like(counts), days, TESTED, holidays)


def _drawn(
    rng: np.random.Generator, signal: Signal, size: float, holidays: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Counts and outbreak cases of one series, over all days."""
    length = signal.week_length
    n_days = YEARS * WEEKS * length
    mean = signal.shape.mean(n_days, length)
    counts = overdispersed(rng, mean, signal.shape.phi) / signal.divisor
    for year in range(YEARS if signal.season else 0):
        shape = signal.season_shape or signal.shape
        earliest = signal.season_start + year * WEEKS * length
        start = int(rng.integers(earliest, earliest + _SEASON_STARTS))
        cases = _SEASON_SIZE * length * (signal.season or 0)
        counts = counts + _cases(rng, shape, n_days, 5, start, cases, _SEASON_INTERVAL)
    start = int(rng.integers(n_days - 49 * length + 1, n_days + 1))
    shape = signal.outbreak or signal.shape
    outbreak = _cases(rng, shape, n_days, length, start, size * length, _INTERVAL)
    counts = counts + outbreak
    closed = holidays.reshape(-1, 7)[:, :length].ravel()
    if length == 7:
        counts = np.where(closed, 2 * counts, counts)
    else:
        after = np.concatenate([[False], closed[:-1]])
        counts = np.where(closed, 0.0, np.where(after, 1.5 * counts, counts))
    return _whole_weeks(np.round(counts), length), _whole_weeks(np.round(outbreak), length)


def _cases(
    rng: np.random.Generator,
    shape: Shape,
    n_days: int,
    week_length: int,
    start: int,
    size: float,
    interval: float,
) -> Floats:
    """Cases a day of an outbreak from a day on (counted from 1); more of them after a weekend, or on it."""
    spread = np.sqrt(shape.phi * shape.mean(n_days, week_length)[start - 1])
    total = 0
    while total < 2:
        total = int(rng.poisson(size * spread))
    day = start + np.ceil(rng.lognormal(0, SPREAD, total) / interval).astype(np.int64) - 1
    cases = np.bincount(day[day < n_days], minlength=n_days + 1)[1:].astype(np.float64)
    weekday = np.arange(1, n_days + 1) % week_length
    for which, factor in (_FIRST_WORKING if week_length == 5 else _WEEKEND).items():
        cases[weekday == which] *= factor
    return cases


def _whole_weeks(values: Floats, week_length: int) -> Floats:
    weeks = values.reshape(-1, week_length)
    return np.pad(weeks, ((0, 0), (0, 7 - week_length))).ravel()


def _holidays() -> NDArray[np.bool_]:
    marked = np.zeros(YEARS * WEEKS * 7, dtype=np.bool_)
    begin = np.concatenate([[0], np.cumsum(_MONTHS)[:-1]])
    for year, moving in enumerate(_MOVING):
        for date in f"{_FIXED} {moving}".split():
            month, day = (int(part) for part in date.split("-"))
            marked[year * WEEKS * 7 + begin[month - 1] + day - 1] = True
    return marked
