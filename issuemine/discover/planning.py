"""Whether a night assigns, or discovers anew, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from issuemine.config import DiscoverSettings


class Reason(StrEnum):
    """Why a space is discovered anew."""

    FIRST = "first"
    ASKED = "asked"
    ENCODER = "encoder"
    ROUTING = "routing"
    GROWTH = "growth"
    SCHEDULE = "schedule"
    UNASSIGNED = "unassigned"
    DRIFT = "drift"


@dataclass(frozen=True)
class LastDiscovery:
    """How a space was left: by its last discovery, and by the run before this one."""

    day: date
    """The day up to which records counted then."""
    mentions: int
    """Mentions that it looked at."""
    topics: int
    """Topics that it found."""
    recent: int
    """Mentions of the residual window at the last run."""
    unassigned: int
    """Those of them without a topic."""
    drift: float
    """Mean movement of the centres since, as 1 - cosine."""


def reason_to_discover(
    last: LastDiscovery | None, mentions: int, day: date, settings: DiscoverSettings, *, asked: bool
) -> Reason | None:
    """Say why a space needs a discovery, or None when its new mentions can be assigned.

    Parameters
    ----------
    last : LastDiscovery, optional
        None for a space that never had one.
    mentions : int
        Mentions of the space up to the day.
    day : date
        Day up to which records count.
    settings : DiscoverSettings
        The limits.
    asked : bool
        Whether somebody asked for it.
    """
    if last is None:
        return Reason.FIRST
    if asked:
        return Reason.ASKED
    grown = mentions >= settings.rediscover_growth * max(last.mentions, settings.min_topic_size)
    if grown or (not last.topics and mentions > last.mentions):
        return Reason.GROWTH
    if settings.rediscover_days is not None and (day - last.day).days >= settings.rediscover_days:
        return Reason.SCHEDULE
    # A few mentions prove nothing, and a discovery on nearly the same mentions would find the same.
    if mentions < 1.2 * last.mentions:
        return None
    if last.recent >= 100 and last.unassigned >= settings.rediscover_unassigned * last.recent:
        return Reason.UNASSIGNED
    return Reason.DRIFT if last.drift >= settings.rediscover_drift else None
