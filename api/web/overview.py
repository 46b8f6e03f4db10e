"""What the map, the comparison and the page of runs show."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.compare.asking import SECOND, two_sides
from api.compare.service import compare
from api.deps import Reading
from api.records import service as records
from api.runs import service as runs
from api.web.asking import Asked, chosen_filters, day_of, pickers
from api.web.home import all_topics, with_series
from issuemine.messages import say
from issuemine.pages import charts, words
from issuemine.pages.address import Address
from issuemine.store.reading_pages import places

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


def compared(read: Reading, at: Address) -> dict[str, Any]:
    """Two periods or two groups of records: by default the newest days and as many before."""
    said = any(name.startswith(SECOND) for name, _ in at.query)
    found = two_sides(
        read,
        (day_of(at, "first"), day_of(at, "last")),
        chosen_filters(read, at),
        (day_of(at, f"{SECOND}first"), day_of(at, f"{SECOND}last")),
        chosen_filters(read, at, SECOND) if said else None,
    )
    told = compare(read, found, limit=_COMPARED)
    sides = [
        {"prefix": prefix, "title": title, "window": side.window, "records": out["records"]}
        # Where nothing is said of the second side it has the choices of the first.
        | {"fields": pickers(read, at, prefix, chosen_as=prefix if said else "")}
        for prefix, title, side, out in zip(
            ("", SECOND), (say("First"), say("Second")), found, told["sides"], strict=True
        )
    ]
    names = [
        side["prefix"] + name
        for side in sides
        for name in ("first", "last", *(field["name"] for field in side["fields"]))
    ]
    return {"sides": sides, "rows": told["topics"], "message": told["message"], "names": names}


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


def _way(row: dict[str, Any]) -> str:
    """What colours an issue: how it changed, unless it emerges."""
    return "up" if row["state"] in ("new", "escalating", "regressed") else words.change(row)[1]


def _told(row: dict[str, Any]) -> list[str]:
    told = [
        say("Records: {records:,}, change: {change}", records=row["records"], change=words.change(row)[0])
    ]
    return told + ([f"“{words.short(row['quote'], 90)}”"] if row["quote"] else [])
