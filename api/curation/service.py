"""Curation by way of the desk, which the command line uses too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Depends, Request

from api.paging import encode
from issuemine.desk import Desk, in_words
from issuemine.records import CurationEvent


def desk(request: Request) -> Iterator[Desk]:
    """The desk of one request; what it tells changes with every event, so it has no ETag of a snapshot."""
    snapshot = request.app.state.snapshots.current()
    database = snapshot.database.cursor()
    try:
        # A write is noted before its endpoint is called, so that the store is there for it.
        yield Desk(snapshot, request.app.state.operational.there(), request.app.state.settings, database)
    finally:
        database.close()


AtDesk = Annotated[Desk, Depends(desk)]


def record(at: Desk, kind: str, author: str, said: Any) -> dict[str, Any]:
    """Keep what somebody says."""
    event = at.record(kind, author, **asdict(said))
    return _told(event, holds=True) | {"without_effect": at.voided() if kind == "undo" else []}


def events(at: Desk, topic: str | None, limit: int, before: int | None) -> dict[str, Any]:
    """A page of what was said, the newest first."""
    told = [row for row in reversed(at.told(topic)) if before is None or row[0].event_id < before]
    page = told[:limit]
    return {
        "events": [_told(event, holds=holds) for event, holds in page],
        "next_cursor": encode([page[-1][0].event_id]) if len(told) > limit else None,
    }


def topic(at: Desk, asked: str) -> dict[str, Any]:
    """What holds of a topic."""
    today = at.topic(asked)
    state = at.curation
    decision = state.decisions.get(today)
    return {
        "topic_id": today,
        "label": state.labels.get(today),
        "owner": state.owners.get(today),
        "tickets": list(state.tickets.get(today, ())),
        "notes": [note._asdict() for note in state.notes.get(today, ())],
        "locked": today in state.locked,
        "pinned": today in state.pinned,
        "excluded": today in state.excluded_topics,
        "decision": decision.kind if decision is not None else None,
        "merged": sorted(state.names(today) - {today}),
    }


def _told(event: CurationEvent, *, holds: bool) -> dict[str, Any]:
    return asdict(event) | {"in_effect": holds, "in_words": in_words(event)}
