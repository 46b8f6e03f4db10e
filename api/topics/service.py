"""Topics read from a snapshot."""

from __future__ import annotations

from typing import Any

from api.deps import Reading
from api.errors import NotFoundError
from api.paging import encode
from issuemine.messages import say
from issuemine.store.reading import Filters, Window, linked, topics
from issuemine.trends import growth

_SORTS = {
    "count": lambda row: row["records"],
    "growth": lambda row: row["growth"],
    "share": lambda row: row["share"],
}


def list_topics(
    read: Reading,
    window: Window,
    filters: Filters,
    *,
    sort: str,
    intent: str | None,
    least_intent: float,
    include_hidden: bool,
    limit: int,
    after: list[Any] | None,
) -> dict[str, Any]:
    """A page of topics. An intent asked for brings all topics with a good share of it, hidden ones too."""
    rows = _with_growth(topics(read.database, window, filters).to_pylist())
    hidden = 0
    if intent is not None:
        rows = [row for row in rows if row["intents"].get(intent, 0.0) >= least_intent]
    elif not include_hidden:
        hidden = sum(row["hidden"] for row in rows)
        rows = [row for row in rows if not row["hidden"]]
    key = _SORTS[sort]
    rows.sort(key=lambda row: (-key(row), row["topic_id"]))
    if after is not None:
        rows = [row for row in rows if (-key(row), row["topic_id"]) > (-after[0], after[1])]
    page = rows[:limit]
    more = len(rows) > limit
    return {
        "snapshot": read.snapshot.snapshot_id,
        "window": _window(window),
        "topics": [_summary(row) for row in page],
        "hidden_topics": hidden,
        "next_cursor": encode([float(key(page[-1])), page[-1]["topic_id"]]) if more else None,
    }


def topic_detail(read: Reading, topic_id: str, window: Window, filters: Filters) -> dict[str, Any]:
    """One topic; its counts are of the window and the filters, the rest of its whole life."""
    known = read.database.table("read/topic", {"topic_id": topic_id}).to_pylist()
    if not known:
        raise unknown(topic_id)
    counted = [
        row
        for row in _with_growth(topics(read.database, window, filters).to_pylist())
        if row["topic_id"] == topic_id
    ]
    figures = (
        counted[0] if counted else {"records": 0, "share": 0.0, "recent": 0, "previous": 0, "growth": 1.0}
    )
    names = ("records", "share", "recent", "previous", "growth")
    breakdowns: dict[str, list[dict[str, Any]]] = {}
    rows = read.database.table(
        "read/breakdowns",
        {
            "topic_id": topic_id,
            "first": window.first,
            "last": window.last,
            "max_values": 1_000,
            "per_field": 10,
        },
    )
    for row in rows.to_pylist():
        breakdowns.setdefault(row.pop("name"), []).append(row)
    return (
        known[0]
        | {"intents": dict(known[0]["intents"]), "breakdowns": breakdowns}
        | {
            "lineage": read.database.table("read/lineage", {"topic_id": topic_id}).to_pylist(),
            "labels": read.database.table("read/labels", {"topic_id": topic_id}).to_pylist(),
        }
        | {"linked": linked(read.database, [topic_id])[topic_id]}
        | {name: figures[name] for name in names}
        | {"snapshot": read.snapshot.snapshot_id, "window": _window(window)}
    )


def topic_records(
    read: Reading, topic_id: str, window: Window, filters: Filters, limit: int, after: list[Any] | None
) -> dict[str, Any]:
    """A page of a topic's records that fit the filters, newest first."""
    if not read.database.table("read/topic", {"topic_id": topic_id}).num_rows:
        raise unknown(topic_id)
    day, record_id = after or (None, None)
    rows = read.database.table(
        "read/topic_records",
        {
            "topic_id": topic_id,
            "first": window.first,
            "last": window.last,
            "after_day": day,
            "after_id": record_id,
            "rows": limit + 1,
        }
        | filters.values(),
    ).to_pylist()
    page = rows[:limit]
    for row in page:
        row["attributes"] = dict(row["attributes"] or [])
    last = page[-1] if len(rows) > limit else None
    return {
        "snapshot": read.snapshot.snapshot_id,
        "topic_id": topic_id,
        "records": page,
        "next_cursor": encode([last["day"].isoformat(), last["record_id"]]) if last else None,
    }


def unknown(topic_id: str) -> NotFoundError:
    """The failure of asking for a topic that is not there."""
    return NotFoundError(
        say("There is no topic {topic_id} in this snapshot.", topic_id=topic_id),
        say("GET /v1/topics lists them."),
    )


def _with_growth(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not rows:
        return rows
    ratios = growth(
        [row["recent"] for row in rows],
        [row["previous"] for row in rows],
        rows[0]["all_recent"],
        rows[0]["all_previous"],
    )
    for row, ratio in zip(rows, ratios.tolist(), strict=True):
        row["growth"] = ratio
        row["share"] = row["records"] / row["all_records"]
        row["intents"] = dict(row["intents"])
    return rows


def _summary(row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "keywords": [keyword["word"] for keyword in row["keywords"]],
        "quote": row["quotes"][0]["text"] if row["quotes"] else None,
    }


def _window(window: Window) -> dict[str, Any]:
    return {"first": window.first, "last": window.last, "growth_days": window.growth_days}
