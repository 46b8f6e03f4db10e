"""From the signals of a night to the alerts that the rules make of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from issuemine.alerts.hours import due
from issuemine.alerts.keys import alert_key
from issuemine.alerts.rules import Segments, subject_of, tells
from issuemine.config import AlertsSettings
from issuemine.records import Alert, Mode, Signal, Told


def plan(
    signals: Sequence[Signal],
    settings: AlertsSettings,
    *,
    told: Sequence[Told],
    segments: Callable[[Signal], Segments],
    now: datetime,
) -> list[Alert]:
    """The alerts of some signals; those that were planned before have the keys that they had.

    What is planned depends on the signals and on what was told of earlier days, not on the hour or on how
    often this is done, so that a night that is run again plans the same.

    Parameters
    ----------
    signals : sequence of Signal
        In any order.
    settings : AlertsSettings
        The rules and their channels.
    told : sequence of Told
        What the outbox holds.
    segments : callable
        Gives what a signal's records are; asked only where a rule wants to know.
    now : datetime
        From which the time of sending is reckoned.
    """
    alerts: dict[str, Alert] = {}
    known: dict[tuple[str, str], list[Told]] = {}
    for one in told:
        known.setdefault((one.rule, one.channel), []).append(one)
    for signal in sorted(signals, key=lambda one: (one.day, one.signal_id)):
        for rule in settings.rules_in_force:
            parts = segments(signal) if rule.segments else ()
            for channel in rule.channels or tuple(settings.channels):
                before = known.setdefault((rule.name, channel), [])
                # What is told of this very day is this signal, in an earlier run of the night.
                if not tells(rule, signal, parts, [one for one in before if one.day < signal.day]):
                    continue
                alert = Alert(
                    key=alert_key(signal, rule.name, channel),
                    rule=rule.name,
                    channel=channel,
                    mode=Mode(rule.mode),
                    subject=subject_of(signal),
                    episode_id=signal.episode_id,
                    state=signal.state,
                    severity=signal.severity,
                    day=signal.day,
                    due_at=due(rule, signal.severity, now).astimezone(UTC),
                    content=content_of(signal, settings.quotes),
                )
                alerts.setdefault(alert.key, alert)
                names = (alert.rule, alert.channel, alert.subject, alert.episode_id)
                before.append(Told(*names, alert.severity, alert.day))
    return list(alerts.values())


def content_of(signal: Signal, quotes: int) -> dict[str, Any]:
    """A signal as plain values that JSON can hold, with some of its quotes."""
    content = asdict(signal)
    content |= {name: content[name].isoformat() for name in ("day", "first_day")}
    content["keywords"] = list(signal.keywords)
    content["quotes"] = [asdict(quote) for quote in signal.quotes[:quotes]]
    return content
