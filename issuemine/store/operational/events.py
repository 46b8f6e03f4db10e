"""The log of what people said of topics: appended to, read in order, never changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from issuemine.errors import CurationError
from issuemine.messages import say
from issuemine.records import CurationEvent, undo_chains
from issuemine.store.operational.engine import Operational
from issuemine.store.operational.tables import curation_events


def append(store: Operational, event: CurationEvent) -> int:
    """Keep an event.

    Parameters
    ----------
    store : Operational
        The open store.
    event : CurationEvent
        A checked event whose texts are redacted; its ``event_id`` is not looked at.

    Returns
    -------
    int
        Its id, larger than all before.

    Raises
    ------
    CurationError
        If it undoes an event that is not there or is undone already.
    """
    with store.writing() as connection:
        if event.undoes is not None:
            _check_undo(_read(connection), event.undoes)
        row = {
            "at": event.at,
            "author": event.author,
            "kind": event.kind,
            "payload": event.payload,
            "undoes": event.undoes,
        }
        found = connection.execute(curation_events.insert().values(row).returning(curation_events.c.event_id))
        return int(found.scalar_one())


def undo(store: Operational, event_id: int, *, at: datetime, author: str) -> int:
    """Take an event back; the id of the event that does so (parameters and failures as of ``append``)."""
    return append(store, CurationEvent(at, author, "undo", {}, undoes=event_id))


def all_events(store: Operational) -> list[CurationEvent]:
    """All events in the order in which they were kept, which is that of their ids."""
    with store.reading() as connection:
        return _read(connection)


def events_of(store: Operational, topics: Collection[str]) -> list[CurationEvent]:
    """Events that name one of some topics, and their undos, in order.

    Parameters
    ----------
    store : Operational
        The open store.
    topics : collection of str
        Topic ids and provisional names; the split that made a topic is one of its events.
    """
    events = all_events(store)
    first = {event_id: chain[0] for event_id, chain in undo_chains(events).items()}
    made_by = {f"S{event.event_id}": event.event_id for event in events if event.kind == "split"}
    naming = {event.event_id for event in events if not event.topics.isdisjoint(topics)}
    naming |= {made_by[topic] for topic in topics if topic in made_by}
    return [event for event in events if first[event.event_id] in naming]


def _read(connection: sa.Connection) -> list[CurationEvent]:
    rows = connection.execute(sa.select(curation_events).order_by(curation_events.c.event_id))
    return [CurationEvent(**row) for row in rows.mappings()]


def _check_undo(events: list[CurationEvent], target: int) -> None:
    chains = undo_chains(events)
    if target not in chains:
        raise CurationError(
            say("There is no event {event_id}.", event_id=target),
            say("'issuemine curate log' lists the events."),
        )
    first, holds = chains[target]
    if dict(chains.values())[first] != holds:
        by = max(event_id for event_id, chain in chains.items() if chain == (first, not holds))
        raise CurationError(
            say("Event {event_id} has been undone already, by event {by}.", event_id=target, by=by),
            say("To bring it back, undo event {by}.", by=by),
        )
