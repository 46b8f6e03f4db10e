"""Topics read from a snapshot."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

import numpy as np

from api.deps import Reading
from api.errors import NotFoundError
from api.paging import encode
from issuemine.messages import say
from issuemine.store.reading import Filters, Window
from issuemine.store.tally import Figures
from issuemine.trends import growth

_PER_FIELD = 10
"""Most values of a field that a topic is broken down by."""


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
    tally = read.snapshot.tally
    figures = tally.figures(window, filters)
    counted = figures.records > 0
    hidden = 0
    if intent is not None:
        counted &= [topic["intents"].get(intent, 0.0) >= least_intent for topic in tally.topics]
    elif not include_hidden:
        hidden = np.count_nonzero(counted & tally.hidden)
        counted &= ~tally.hidden
    told = _told(figures)
    keys = told["records" if sort == "count" else sort]
    if after is not None:
        behind = np.arange(len(keys)) >= bisect_right(
            tally.topics, after[1], key=lambda topic: topic["topic_id"]
        )
        counted &= (keys < after[0]) | ((keys == after[0]) & behind)
    rows = np.flatnonzero(counted)
    # Numbers follow the ids, so that a stable sort has topics of equal keys in the order of these.
    rows = rows[np.argsort(-keys[rows], kind="stable")]
    page = rows[:limit]
    last = int(page[-1]) if len(rows) > limit else None
    columns = {name: values[page].tolist() for name, values in told.items()}
    return {
        "snapshot": read.snapshot.snapshot_id,
        "window": _window(window),
        "topics": [
            _summary(tally.topics[number], {name: values[place] for name, values in columns.items()})
            | {"all_records": figures.all_records}
            for place, number in enumerate(page.tolist())
        ],
        "hidden_topics": int(hidden),
        "next_cursor": None if last is None else encode([float(keys[last]), tally.topics[last]["topic_id"]]),
    }


def topic_detail(read: Reading, topic_id: str, window: Window, filters: Filters) -> dict[str, Any]:
    """One topic; its counts are of the window and the filters, the rest of its whole life."""
    tally = read.snapshot.tally
    number = tally.numbers.get(topic_id)
    if number is None:
        raise unknown(topic_id)
    figures = tally.figures(window, filters, number)
    counts: dict[str, float] = {"records": 0, "share": 0.0, "recent": 0, "previous": 0, "growth": 1.0}
    if figures.records[0]:
        counts = {name: values.tolist()[0] for name, values in _told(figures).items()}
    return (
        tally.topics[number]
        | {"breakdowns": tally.breakdowns(number, window.first, window.last, _PER_FIELD)}
        | {name: getattr(tally, name).get(topic_id, []) for name in ("lineage", "labels")}
        | {"linked": tally.links.get(topic_id, [])}
        | counts
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


def _told(figures: Figures) -> dict[str, np.ndarray]:
    """What is told of the counts of topics, each of shape (n_topics,)."""
    ratios = growth(figures.recent, figures.previous, figures.all_recent, figures.all_previous)
    return {
        "records": figures.records,
        "share": figures.records / max(figures.all_records, 1),
        "recent": figures.recent,
        "previous": figures.previous,
        "growth": ratios,
    }


def _summary(topic: dict[str, Any], counts: dict[str, Any]) -> dict[str, Any]:
    return (
        topic
        | counts
        | {
            "keywords": [keyword["word"] for keyword in topic["keywords"]],
            "quote": topic["quotes"][0]["text"] if topic["quotes"] else None,
        }
    )


def _window(window: Window) -> dict[str, Any]:
    return {"first": window.first, "last": window.last, "growth_days": window.growth_days}
