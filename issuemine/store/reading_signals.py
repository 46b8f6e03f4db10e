"""Signals of a snapshot, as alerts need them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from issuemine.records import Nature, Quote, Scope, Severity, Signal, SignalState
from issuemine.store.connection import Database
from issuemine.store.emerging import signals


def signals_after(database: Database, run_number: int) -> list[Signal]:
    """Signals that runs after one found, in the order of their days.

    Parameters
    ----------
    database : Database
        An open snapshot; one of an older version has no signals.
    run_number : int
        The number in the run's id: 12 of ``r00012``.
    """
    if not database.value("read/has_signals"):
        return []
    return [_signal(row) for row in database.table("alerts/signals", {"after": run_number}).to_pylist()]


def signals_on(database: Database, day: date) -> list[Signal]:
    """Signals of a day."""
    return [_signal(row) for row in signals(database, day, day)]


def segments_of(database: Database, signal: Signal) -> list[tuple[dict[str, str | None], int]]:
    """Records of a signal's window, counted by the values of their fields.

    Of a topic these are the topic's, of a source the source's, of a group those that its quotes are from.
    """
    last = signal.day
    group = signal.scope is Scope.GROUP
    values = {
        "first": last - timedelta(days=6 if signal.window == "week" or group else 0),
        "last": last,
        "topic": signal.topic_id if signal.scope is Scope.TOPIC else None,
        "source": signal.source if signal.scope is Scope.SOURCE else None,
        "records": [quote.record_id for quote in signal.quotes] if group else None,
    }
    rows = database.table("alerts/segments", values).to_pylist()
    return [(row, row.pop("records")) for row in rows]


def _signal(row: Mapping[str, Any]) -> Signal:
    # A snapshot of another version may have columns more or less.
    return Signal(
        **{
            **{name: value for name, value in row.items() if name in Signal.__dataclass_fields__},
            "scope": Scope(row["scope"]),
            "state": SignalState(row["state"]),
            "severity": Severity(row["severity"]),
            "nature": Nature(row["nature"]),
            "keywords": tuple(row["keywords"]),
            "quotes": tuple(Quote(**quote) for quote in row["quotes"]),
        }
    )
