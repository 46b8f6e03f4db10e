"""The list of top issues as figures: what the summary prints and ``--json`` gives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from issuemine.store.emerging import signals, states
from issuemine.store.reading import Window, daily, linked, topics
from issuemine.store.snapshot import Snapshot
from issuemine.trends import growth

TREND_DAYS = 84


def listing(snapshot: Snapshot, growth_days: int, top: int) -> dict[str, Any]:
    """Top recurring issues of a snapshot, over its whole history.

    Parameters
    ----------
    snapshot : Snapshot
        What was published.
    growth_days : int
        Days that growth compares with as many before.
    top : int
        Most topics given.

    Returns
    -------
    dict
        ``topics`` (largest first, each with ``topic_id, label, keywords, records, share, recent,
        previous, growth, trend, first_seen, last_seen, languages, intents, quotes, linked, state, since``;
        ``share`` is of all records, ``trend`` counts of the last 84 days, ``linked`` topics of other
        languages that seem to be the same issue), ``emerging`` (signals of the snapshot's day that are news,
        with their evidence), ``hidden_topics`` (mostly praise or other, left
        out), and the snapshot's totals.
    """
    info = snapshot.info
    last = info["as_of"]
    window = Window(info["first_day"], last, growth_days)
    rows = topics(snapshot.database, window).to_pylist()
    shown = [row for row in rows if not row["hidden"]][:top]
    change = growth(
        [row["recent"] for row in shown],
        [row["previous"] for row in shown],
        shown[0]["all_recent"] if shown else 0,
        shown[0]["all_previous"] if shown else 0,
    )
    first = last - timedelta(days=TREND_DAYS - 1)
    ids = [row["topic_id"] for row in shown]
    series = daily(snapshot.database, ids, first, last)
    links = linked(snapshot.database, ids)
    stands = states(snapshot.database)
    return {
        "snapshot": snapshot.snapshot_id,
        "as_of": last,
        "records": info["records"],
        "mentions": info["mentions"],
        "unassigned_mentions": info["unassigned_mentions"],
        "all_topics": info["topics"],
        "hidden_topics": info["hidden_topics"],
        "emerging": signals(snapshot.database, last, last, news=True),
        "topics": [
            _figures(row, float(ratio), series[row["topic_id"]])
            | {
                "linked": links[row["topic_id"]],
                "state": stands.get(row["topic_id"], {}).get("state"),
                "since": stands.get(row["topic_id"], {}).get("since"),
            }
            for row, ratio in zip(shown, change, strict=True)
        ],
    }


def _figures(row: dict[str, Any], ratio: float, trend: list[int]) -> dict[str, Any]:
    names = ("topic_id", "label", "records", "recent", "previous", "first_seen", "last_seen", "languages")
    return {name: row[name] for name in names} | {
        "share": row["records"] / row["all_records"],
        "growth": ratio,
        "trend": trend,
        "keywords": [keyword["word"] for keyword in row["keywords"]],
        "intents": dict(row["intents"]),
        "quotes": row["quotes"],
    }
