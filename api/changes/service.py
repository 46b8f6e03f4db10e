"""The change log, read from and written to the operational store."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import Depends, Request

from api.changes.schemas import ChangeIn
from api.errors import BadQueryError
from api.paging import encode
from issuemine.config import Settings
from issuemine.desk.redacting import redacted_changes
from issuemine.errors import IngestError
from issuemine.ingest.changelog_entry import change
from issuemine.store.operational import Operational
from issuemine.store.operational import changes as entries


def there(request: Request) -> Operational | None:
    """The operational store of the service, for reading: None where nobody has written anything yet."""
    store: Operational | None = request.app.state.operational.there()
    return store


def opened(request: Request) -> Operational:
    """The operational store of the service, for writing: made where it is missing."""
    store: Operational = request.app.state.operational.open()
    return store


def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


AppSettings = Annotated[Settings, Depends(_settings)]


def list_changes(
    store: Operational | None,
    first: date | None,
    last: date | None,
    kind: str | None,
    *,
    limit: int,
    after: list[Any] | None,
) -> dict[str, Any]:
    """A page of entries, the newest first; empty where there is no store yet.

    ``after`` is the start and number of the last entry before the page.
    """
    known = entries.log(store) if store is not None else {}
    found = [
        (number, entry)
        for number, entry in reversed(known.items())
        if (first is None or entry.end >= first)
        and (last is None or entry.start <= last)
        and (kind is None or entry.kind == kind)
        and (after is None or [entry.start.isoformat(), number] < after)
    ]
    page = found[:limit]
    mark = [page[-1][1].start.isoformat(), page[-1][0]] if len(found) > limit else None
    return {
        "changes": [{"event_id": number} | asdict(entry) for number, entry in page],
        "next_cursor": None if mark is None else encode(mark),
    }


def enter(
    store: Operational, asked: ChangeIn, settings: Settings, author: str
) -> tuple[dict[str, Any], bool]:
    """Keep a change, redacted; the entry, and whether it is new.

    Raises
    ------
    BadQueryError
        If it ends before it begins, or a text is empty or too long.
    """
    try:
        entry = change(asked.kind, asked.name, asked.start, asked.end, asked.scope, asked.note)
    except IngestError as error:
        raise BadQueryError(error.message) from error
    (entry,) = redacted_changes([entry], settings.clean)
    (number,) = entries.add(store, [entry], at=datetime.now(UTC), author=author)
    if number is None:
        number = next(known for known, other in entries.log(store).items() if other.key == entry.key)
        return {"event_id": number} | asdict(entries.log(store)[number]), False
    return {"event_id": number} | asdict(entry), True
