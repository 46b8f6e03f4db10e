"""When an alert may be sent: after quiet hours, or when a digest is due."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from issuemine.config import AlertRule
from issuemine.records import Mode, Severity


def due(rule: AlertRule, severity: Severity, now: datetime) -> datetime:
    """When an alert that is found now may be sent by a rule.

    Parameters
    ----------
    rule : AlertRule
        Its hours are those of its time zone, also where clocks change.
    severity : Severity
        Some wake people.
    now : datetime
        With a zone.

    Returns
    -------
    datetime
        ``now``, or the later time in the rule's zone.
    """
    here = now.astimezone(ZoneInfo(rule.timezone))
    digest = Mode(rule.mode) is Mode.DIGEST
    if digest and rule.digest_time is not None:
        here = _next(here, rule.digest_time)
    if rule.quiet is None or (severity in rule.wakes and not digest):
        return here
    first, last = rule.quiet
    return _next(here, last) if _within(here.time(), first, last) else here


def _within(clock: time, first: time, last: time) -> bool:
    """Whether a time of day lies in hours that may run past midnight; their end does not."""
    return first <= clock < last if first <= last else clock >= first or clock < last


def _next(here: datetime, clock: time) -> datetime:
    """The next time at which clocks show this, now included."""
    today = datetime.combine(here.date(), clock, here.tzinfo)
    return today if today >= here else datetime.combine(here.date() + timedelta(days=1), clock, here.tzinfo)
