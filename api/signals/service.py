"""Signals read from a snapshot."""

from __future__ import annotations

from typing import Any

from api.deps import Reading
from api.paging import encode
from api.topics.service import unknown
from issuemine.store.emerging import signals, state_events, states
from issuemine.store.reading import Window


def list_signals(
    read: Reading, window: Window, *, news: bool, limit: int, after: list[Any] | None
) -> dict[str, Any]:
    """A page of signals, the newest first."""
    rows = signals(read.database, window.first, window.last, news=news)
    marks = [[row["day"].isoformat(), row["signal_id"]] for row in rows]
    start = marks.index(after) + 1 if after in marks else 0
    page = rows[start : start + limit]
    more = start + limit < len(rows)
    return {
        "snapshot": read.snapshot.snapshot_id,
        "window": _window(window),
        "signals": page,
        "next_cursor": encode(marks[start + limit - 1]) if more else None,
    }


def topic_signals(read: Reading, topic_id: str, window: Window) -> dict[str, Any]:
    """The signals of a topic, and where it stands."""
    if not read.database.table("read/topic", {"topic_id": topic_id}).num_rows:
        raise unknown(topic_id)
    stands = states(read.database).get(topic_id, {})
    return {
        "snapshot": read.snapshot.snapshot_id,
        "topic_id": topic_id,
        "window": _window(window),
        "state": stands.get("state"),
        "since": stands.get("since"),
        "events": state_events(read.database, topic_id),
        "signals": signals(read.database, window.first, window.last, topic_id=topic_id),
    }


def _window(window: Window) -> dict[str, Any]:
    return {"first": window.first, "last": window.last, "growth_days": window.growth_days}
