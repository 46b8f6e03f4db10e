"""The change log: appended to, read in order, an entry taken back by a further one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from issuemine.errors import CausesError
from issuemine.messages import say
from issuemine.records import undo_chains
from issuemine.records_changes import Change, ChangeEvent
from issuemine.store.operational.engine import Operational
from issuemine.store.operational.tables import change_events


def add(store: Operational, changes: Sequence[Change], *, at: datetime, author: str) -> list[int | None]:
    """Keep changes, all or none.

    Parameters
    ----------
    store : Operational
        The open store.
    changes : sequence of Change
        Checked, their texts redacted.
    at : datetime
        When, with its zone.
    author : str
        Who says so.

    Returns
    -------
    list of int or None
        The number of each entry; None where the log has the very same one already.
    """
    added: list[int | None] = []
    with store.writing() as connection:
        known = {change.key for change in _in_effect(_read(connection)).values()}
        for change in changes:
            if change.key in known:
                added.append(None)
                continue
            known.add(change.key)
            row = {"at": at, "author": author, "change": _stored(change), "undoes": None}
            made = connection.execute(change_events.insert().values(row).returning(change_events.c.event_id))
            added.append(int(made.scalar_one()))
    return added


def remove(store: Operational, event_id: int, *, at: datetime, author: str) -> tuple[Change, int, bool]:
    """Take an entry back, or a removal, which brings the entry again.

    Returns
    -------
    Change
        The change that this is about.
    int
        The number of the event that was added.
    bool
        Whether the change holds now.

    Raises
    ------
    CausesError
        If there is no such entry, or it has been removed already.
    """
    with store.writing() as connection:
        events = _read(connection)
        chains = undo_chains(events)
        if event_id not in chains:
            raise CausesError(
                say("The change log has no entry {event_id}.", event_id=event_id),
                say("'issuemine changes list' lists the entries."),
            )
        first, holds = chains[event_id]
        if dict(chains.values())[first] != holds:
            by = max(number for number, chain in chains.items() if chain == (first, not holds))
            raise CausesError(
                say("Entry {event_id} has been removed already, by {by}.", event_id=event_id, by=by),
                say("To bring it back, remove {by}.", by=by),
            )
        row = {"at": at, "author": author, "change": None, "undoes": event_id}
        made = connection.execute(change_events.insert().values(row).returning(change_events.c.event_id))
        number = int(made.scalar_one())
    change = next(event.change for event in events if event.event_id == first)
    assert change is not None  # noqa: S101 - what begins a chain is an entry
    return change, number, not holds


def log(store: Operational) -> dict[int, Change]:
    """The entries that hold, by their number, the earliest change first."""
    with store.reading() as connection:
        found = _in_effect(_read(connection))
    return dict(sorted(found.items(), key=lambda entry: (entry[1].start, entry[0])))


def all_events(store: Operational) -> list[ChangeEvent]:
    """Everything that was entered and taken back, in order."""
    with store.reading() as connection:
        return _read(connection)


def _in_effect(events: Sequence[ChangeEvent]) -> dict[int, Change]:
    holds = dict(undo_chains(events).values())
    return {
        event.event_id: event.change for event in events if event.change is not None and holds[event.event_id]
    }


def _read(connection: sa.Connection) -> list[ChangeEvent]:
    rows = connection.execute(sa.select(change_events).order_by(change_events.c.event_id)).mappings()
    return [ChangeEvent(**{**row, "change": _change(row["change"])}) for row in rows]


def _stored(change: Change) -> dict[str, Any]:
    return asdict(change) | {"start": change.start.isoformat(), "end": change.end.isoformat()}


def _change(stored: Mapping[str, Any] | None) -> Change | None:
    if stored is None:
        return None
    days = {name: date.fromisoformat(stored[name]) for name in ("start", "end")}
    return Change(**{**stored, **days})
