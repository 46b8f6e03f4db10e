"""Signals and where topics stand, read from a snapshot; nothing of either in one that knew none yet."""

from __future__ import annotations

from datetime import date
from typing import Any

from issuemine.store.connection import Database


def signals(
    database: Database,
    first: date,
    last: date,
    *,
    topic_id: str | None = None,
    news: bool = False,
) -> list[dict[str, Any]]:
    """Signals of some days, the newest first, of each day what is news and surest first.

    Parameters
    ----------
    database : Database
        An open snapshot.
    first, last : date
        Days that they were found on.
    topic_id : str, optional
        Only those on this topic.
    news : bool, default False
        Only those that were news.

    Returns
    -------
    list of dict
        The columns of the table ``signals``.
    """
    if not _known(database):
        return []
    values = {"first": first, "last": last, "topic_id": topic_id, "news": news}
    rows: list[dict[str, Any]] = database.table("read/signals", values).to_pylist()
    return rows


def states(database: Database) -> dict[str, dict[str, Any]]:
    """Where each topic stands: ``state, since, reason, signal_id, author`` by its id."""
    if not _known(database):
        return {}
    rows = database.table("read/states").to_pylist()
    return {row.pop("topic_id"): row for row in rows}


def state_events(database: Database, topic_id: str) -> list[dict[str, Any]]:
    """How a topic came to stand where it does, the newest event first."""
    if not _known(database):
        return []
    rows = database.table("read/state_events", {"topic_id": topic_id}).to_pylist()
    return [row | {"evidence": dict(row["evidence"])} for row in rows]


def _known(database: Database) -> bool:
    return bool(database.value("read/has_signals"))
