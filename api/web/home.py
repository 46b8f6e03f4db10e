"""What the first page shows, and every list of issues."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from api.deps import Reading
from api.topics import service as topics
from api.web.asking import Asked
from issuemine.pages import words
from issuemine.store.emerging import signals, states
from issuemine.store.reading import Filters, Window
from issuemine.store.reading_pages import chosen_daily

_EMERGING_DAYS = 7
_GROWING = 6
_ALL = 100_000
_MORE = 30
MOST = 1_000
"""Most issues that the first page lists."""


def home(asked: Asked, top: int) -> dict[str, Any]:
    """What emerges, what grows, and the top issues."""
    read, window = asked.read, asked.window
    found = all_topics(read, window, asked.filters)
    rows = found["topics"]
    growing = [row for row in rows if words.change(row)[1] == "up"]
    growing = sorted(growing, key=lambda row: (-row["growth"], row["topic_id"]))[:_GROWING]
    shown = rows[:top]
    with_series(read, window, asked.filters, [*shown, *growing])
    since = window.last - timedelta(days=_EMERGING_DAYS - 1)
    emerging = signals(read.database, since, window.last, news=True)
    if asked.filtered:
        there = {row["topic_id"] for row in rows}
        emerging = [signal for signal in emerging if signal["topic_id"] in there]
    return {
        "window": window,
        "choices": asked.choices,
        "emerging": emerging,
        "growing": growing,
        "rows": shown,
        "more": more(top, len(rows)),
        "compared": words.compared(window.growth_days),
        "totals": {
            "records": rows[0]["all_records"] if rows else 0,
            "topics": len(rows),
            "hidden": found["hidden_topics"],
        },
    }


def more(top: int, there: int) -> int | None:
    """How many issues the page shows that lists more of them; None where it would list no more."""
    return min(top + _MORE, MOST) if top < min(there, MOST) else None


def all_topics(read: Reading, window: Window, filters: Filters, *, hidden: bool = False) -> dict[str, Any]:
    """Every issue with records that count, with where it stands."""
    found = topics.list_topics(
        read,
        window,
        filters,
        sort="count",
        intent=None,
        least_intent=0.0,
        include_hidden=hidden,
        limit=_ALL,
        after=None,
    )
    stands = states(read.database)
    for row in found["topics"]:
        row["state"] = stands.get(row["topic_id"], {}).get("state")
    return found


def with_series(read: Reading, window: Window, filters: Filters, rows: list[dict[str, Any]]) -> None:
    """Give rows of topics their records a day, as ``trend``."""
    ids = list({row["topic_id"] for row in rows})
    series = chosen_daily(read.database, ids, window.first, window.last, filters)
    for row in rows:
        row["trend"] = series[row["topic_id"]]
