"""Episodes: a signal begins, goes on, escalates and ends, at a lower level than it began."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from issuemine.config import SignalsSettings
from issuemine.records import Nature, Severity, SignalState

_LEVELS = (
    (Severity.HIGH, 1e-4, 3.0, 10.0),
    (Severity.MEDIUM, 0.01, 2.0, 5.0),
    (Severity.MEDIUM, 1e-3, 10.0, 2.5),
)
"""q-value at most, ratio to what was expected and excess at least. In a small feed three at once are much."""
_FRESH_DAYS = 7
"""A burst is news beside a quiet week, however large one was before."""
_SMALL = 5.0
"""Records of an excess below which nothing escalates: twice next to nothing is still little."""


@dataclass(frozen=True)
class Level:
    """How much one subject stands out tonight, in the window in which it does most."""

    window: str
    observed: int
    expected: float
    low: float
    high: float
    exposure: int
    p_value: float
    q_value: float
    day_excess: float
    """Excess of the day alone."""
    lately: float
    """Largest excess of a single day among the seven before."""
    week_excess: float
    """Excess of the last seven days."""

    @property
    def excess(self) -> float:
        """Records above what was expected."""
        return self.observed - self.expected


@dataclass(frozen=True)
class Past:
    """What earlier nights said of a subject: its newest episode.

    Attributes
    ----------
    episode_id, incident_id : str
    first_day, last_day : date
        First and last day of that episode.
    quiet : bool
        Whether it has ended.
    told_day : date or None
        When its incident was news last.
    told_excess : float
        The largest excess of a week that was told of its incident.
    """

    episode_id: str
    incident_id: str
    first_day: date
    last_day: date
    quiet: bool
    told_day: date | None = None
    told_excess: float = 0.0


def severity_of(level: Level) -> Severity:
    """How much an excess weighs: by how sure it is, its ratio to what was expected, and its size."""
    for severity, q, ratio, size in _LEVELS:
        if level.q_value <= q and level.observed >= ratio * level.expected and level.excess >= size:
            return severity
    return Severity.LOW


def state_of(
    level: Level,
    past: Past | None,
    day: date,
    settings: SignalsSettings,
    *,
    begins: bool,
    resolved: bool = False,
    known: bool = False,
) -> SignalState | None:
    """State of a subject's signal tonight, or None where there is none.

    Parameters
    ----------
    level : Level
        How much it stands out.
    past : Past, optional
        What earlier nights said, if anything.
    day : date
        Tonight's.
    settings : SignalsSettings
        Level of the end, cooldown and escalation.
    begins : bool
        Whether it is high enough to begin a signal.
    resolved : bool
        Whether the subject was resolved before.
    known : bool
        Whether the subject was there long before: then it does not appear but gets worse.
    """
    going_on = past is not None and not past.quiet
    if going_on and not begins and level.p_value > settings.end_p:
        return SignalState.QUIET
    if not begins:
        return SignalState.ONGOING if going_on else None
    if resolved and not going_on:
        return SignalState.REGRESSED
    if past is None or _over(past, day, settings):
        return SignalState.ESCALATING if known else SignalState.NEW
    return SignalState.ESCALATING if _escalates(level, past, day, settings) else SignalState.ONGOING


def goes_on(past: Past | None, day: date, settings: SignalsSettings) -> bool:
    """Whether a signal of tonight belongs to the subject's newest episode."""
    return past is not None and not _over(past, day, settings)


def _over(past: Past, day: date, settings: SignalsSettings) -> bool:
    return past.quiet and (day - past.last_day).days > settings.cooldown_days


def _escalates(level: Level, past: Past, day: date, settings: SignalsSettings) -> bool:
    """Whether the day is worse by far than each of the seven before, or the week than what was told."""
    if severity_of(level) is Severity.LOW:
        return False
    if level.day_excess >= settings.escalation * max(level.lately, _SMALL):
        return True
    rested = past.told_day is None or (day - past.told_day).days >= _FRESH_DAYS
    return rested and level.week_excess >= settings.escalation * max(past.told_excess, _SMALL)


def grew_to_news(
    state: SignalState,
    severity: Severity,
    nature: Nature,
    past: Past | None,
    settings: SignalsSettings,
) -> bool:
    """Whether what goes on weighs enough to be told by now, and nobody was told of its incident.

    What begins small and grows day by day is never twice as bad as before.
    """
    untold = past is not None and past.told_day is None
    return (
        state is SignalState.ONGOING
        and untold
        and is_news(SignalState.ESCALATING, severity, nature, settings)
    )


def is_news(state: SignalState, severity: Severity, nature: Nature, settings: SignalsSettings) -> bool:
    """Whether a signal is worth telling by itself: it changed, weighs enough, and is what it looks like."""
    order = list(Severity)
    return (
        state in (SignalState.NEW, SignalState.ESCALATING, SignalState.REGRESSED)
        and order.index(severity) >= order.index(Severity(settings.alert_from))
        and nature is Nature.ORGANIC
    )
