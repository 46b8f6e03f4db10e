"""The report of some days as one HTML file that stands alone: no script, nothing loaded from anywhere."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from issuemine.errors import SettingsError
from issuemine.messages import say
from issuemine.pages import words
from issuemine.pages.rendering import render
from issuemine.store.emerging import signals, states
from issuemine.store.reading import EARLIEST, LATEST, Window, daily, topics
from issuemine.store.snapshot import Snapshot
from issuemine.trends import growth

_GROWING = 8
_TREND_DAYS = 84


def report(snapshot: Snapshot, last: date | None, days: int, top: int) -> str:
    """The report's HTML, in the language in force.

    Parameters
    ----------
    snapshot : Snapshot
        What was published.
    last : date, optional
        Last day told of; default: the snapshot's.
    days : int
        Days told of, compared with as many before.
    top : int
        Most issues listed.

    Raises
    ------
    SettingsError
        If the last day lies off the calendar that is counted.
    """
    if last is not None and not EARLIEST <= last <= LATEST:
        raise SettingsError(
            say("The window lies outside of {earliest} to {latest}.", earliest=EARLIEST, latest=LATEST),
            say("Ask for days within."),
        )
    info = snapshot.info
    end = last or info["as_of"]
    window = Window(end - timedelta(days=days - 1), end, days)
    rows = _rows(snapshot, window)
    shown = [row for row in rows if not row["hidden"]]
    growing = [row for row in shown if words.change(row)[1] == "up"]
    values = {
        "snapshot": {"id": snapshot.snapshot_id, "as_of": info["as_of"]},
        "window": window,
        "emerging": signals(snapshot.database, window.first, window.last, news=True),
        "growing": sorted(growing, key=lambda row: (-row["growth"], row["topic_id"]))[:_GROWING],
        "rows": shown[:top],
        "compared": words.compared(days),
        "totals": {"records": rows[0]["all_records"] if rows else 0, "topics": len(shown)},
    }
    return render("report.html", values, offline=True)


def _rows(snapshot: Snapshot, window: Window) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = topics(snapshot.database, window).to_pylist()
    if not rows:
        return []
    ratios = growth(
        [row["recent"] for row in rows],
        [row["previous"] for row in rows],
        rows[0]["all_recent"],
        rows[0]["all_previous"],
    )
    first = window.last - timedelta(days=_TREND_DAYS - 1)
    series = daily(snapshot.database, [row["topic_id"] for row in rows], first, window.last)
    stands = states(snapshot.database)
    for row, ratio in zip(rows, ratios.tolist(), strict=True):
        row |= {
            "growth": ratio,
            "share": row["records"] / row["all_records"],
            "trend": series[row["topic_id"]],
            "state": stands.get(row["topic_id"], {}).get("state"),
            "quote": row["quotes"][0]["text"] if row["quotes"] else None,
        }
    return rows
