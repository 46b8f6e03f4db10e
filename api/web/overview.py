"""What the map, the search, the comparison and the page of runs show."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from api.deps import Reading
from api.records import service as records
from api.runs import service as runs
from api.web.asking import SECOND, Asked, chosen_filters, day_of, period, pickers
from api.web.home import all_topics, with_series
from issuemine.messages import say
from issuemine.pages import charts, words
from issuemine.pages.address import Address
from issuemine.store.reading import topics
from issuemine.store.reading_pages import places
from issuemine.trends import growth

_FOUND = 50
_COMPARED = 50
_STALE_DAYS = 2


def mapped(asked: Asked) -> dict[str, Any]:
    """Every issue where it lies, and the same for the script that draws it."""
    where = places(asked.read.database)
    rows = [
        row | dict(zip(("x", "y"), where[row["topic_id"]], strict=True)) | {"way": _way(row)}
        for row in all_topics(asked.read, asked.window, asked.filters)["topics"]
        if row["topic_id"] in where
    ]
    with_series(asked.read, asked.window, asked.filters, rows)
    plotted = [
        {name: row[name] for name in ("x", "y", "r", "label", "way", "named")}
        | {"href": asked.at.to(f"/topics/{row['topic_id']}"), "told": _told(row)}
        | {"short": words.short(row["label"], charts.LABEL)}
        for row in charts.scatter(rows)
    ]
    return {"rows": rows, "choices": asked.choices, "plotted": plotted}


def found_topics(asked: Asked) -> dict[str, Any]:
    """Issues that have the words in their label, keywords or quote, the best first."""
    wanted = asked.at.value("q").casefold().split()[:20]
    rows = []
    if wanted:
        for row in all_topics(asked.read, asked.window, asked.filters, hidden=True)["topics"]:
            weights = ((row["label"], 3), (" ".join(row["keywords"]), 2), (row["quote"] or "", 1))
            score = sum(weight * (word in text.casefold()) for text, weight in weights for word in wanted)
            if score:
                rows.append(row | {"score": score})
        rows.sort(key=lambda row: (-row["score"], -row["records"], row["topic_id"]))
        rows = rows[:_FOUND]
        with_series(asked.read, asked.window, asked.filters, rows)
    return {"rows": rows, "choices": asked.choices}


def compared(read: Reading, at: Address) -> dict[str, Any]:
    """Two periods or two groups of records: by default the newest days and as many before."""
    days = read.settings.trends.window_days
    last = day_of(at, "last") or read.snapshot.info["as_of"]
    first = day_of(at, "first") or last - timedelta(days=days - 1)
    other_last = day_of(at, f"{SECOND}last") or first - timedelta(days=1)
    other_first = day_of(at, f"{SECOND}first") or other_last - (last - first)
    sides = [
        _side(read, at, "", say("First"), first, last),
        _side(read, at, SECOND, say("Second"), other_first, other_last),
    ]
    one, other = (
        {row["topic_id"]: row for row in topics(read.database, side["window"], side["filters"]).to_pylist()}
        for side in sides
    )
    rows = [
        {
            "topic_id": topic_id,
            "label": (one.get(topic_id) or other[topic_id])["label"],
            "recent": one[topic_id]["records"] if topic_id in one else 0,
            "previous": other[topic_id]["records"] if topic_id in other else 0,
        }
        for topic_id in sorted(one.keys() | other.keys())
        if not (one.get(topic_id) or other[topic_id])["hidden"]
    ]
    totals = [next((row["all_records"] for row in side.values()), 0) for side in (one, other)]
    ratios = growth([row["recent"] for row in rows], [row["previous"] for row in rows], *totals)
    for row, ratio in zip(rows, ratios.tolist() if rows else [], strict=True):
        row |= {
            "growth": ratio,
            "share": row["recent"] / max(totals[0], 1),
            "other_share": row["previous"] / max(totals[1], 1),
        }
    rows.sort(key=lambda row: (-abs(row["share"] - row["other_share"]), row["topic_id"]))
    names = [
        side["prefix"] + name
        for side in sides
        for name in ("first", "last", *(field["name"] for field in side["fields"]))
    ]
    return {"sides": sides, "rows": rows[:_COMPARED], "names": names}


def run_list(read: Reading, skip: int, today: date) -> dict[str, Any]:
    """Runs, the newest first, and what the snapshot holds."""
    found = runs.runs(read, 20, skip)
    info = read.snapshot.info
    age = (today - info["as_of"]).days
    return {
        "runs": [_run(row) for row in found["runs"]],
        "more": found["next_cursor"],
        "rejects": records.rejects(read, None, 20, 0)["rejects"],
        "old": age if age > _STALE_DAYS else None,
        "totals": {name: info[name] for name in ("records", "topics", "mentions")}
        | {"unassigned": info["unassigned_mentions"] / max(info["mentions"], 1)},
    }


def _run(row: dict[str, Any]) -> dict[str, Any]:
    manifest = row["manifest"] or {}
    counts = manifest.get("counts", {})
    return {name: row[name] for name in ("run_id", "as_of", "started_at", "outcome")} | {
        "seconds": round(sum(manifest.get("seconds", {}).values())),
        "new_records": counts.get("new_records", 0),
        "rejected": counts.get("rejected", 0),
    }


def _side(read: Reading, at: Address, prefix: str, title: str, first: date, last: date) -> dict[str, Any]:
    return {
        "prefix": prefix,
        "title": title,
        "window": period(read, first, last, 0),
        "filters": chosen_filters(at, prefix),
        "fields": pickers(read, at, prefix),
    }


def _way(row: dict[str, Any]) -> str:
    """What colours an issue: how it changed, unless it emerges."""
    return "up" if row["state"] in ("new", "escalating", "regressed") else words.change(row)[1]


def _told(row: dict[str, Any]) -> list[str]:
    told = [
        say("Records: {records:,}, change: {change}", records=row["records"], change=words.change(row)[0])
    ]
    return told + ([f"“{words.short(row['quote'], 90)}”"] if row["quote"] else [])
