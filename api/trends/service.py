"""Trends read from a snapshot."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from api.deps import Reading
from api.topics.service import unknown
from issuemine.store.reading import Window


def trend(read: Reading, topic_id: str, window: Window, step: str) -> dict[str, Any]:
    """Records of a topic in steps of time."""
    tally = read.snapshot.tally
    number = tally.numbers.get(topic_id)
    if number is None:
        raise unknown(topic_id)
    starts = _starts(window, step)
    # The first step may begin before the window, whose days alone are counted.
    edges = [max((start - window.first).days, 0) for start in starts]
    mine, everything = (
        np.add.reduceat(tally.daily(of, window.first, window.last), edges).tolist() for of in (number, None)
    )
    return {
        "snapshot": read.snapshot.snapshot_id,
        "topic_id": topic_id,
        "window": {"first": window.first, "last": window.last, "growth_days": window.growth_days},
        "step": step,
        "points": [
            {"start": start, "records": records, "all_records": all_records}
            for start, records, all_records in zip(starts, mine, everything, strict=True)
        ],
    }


def _starts(window: Window, step: str) -> list[date]:
    """First days of the steps that have days in the window; weeks begin on Monday."""
    first = window.first
    if step == "month":
        months = range(first.year * 12 + first.month - 1, window.last.year * 12 + window.last.month)
        return [date(month // 12, month % 12 + 1, 1) for month in months]
    days = 7 if step == "week" else 1
    first -= timedelta(days=first.weekday() if step == "week" else 0)
    return [first + timedelta(days=number) for number in range(0, (window.last - first).days + 1, days)]
