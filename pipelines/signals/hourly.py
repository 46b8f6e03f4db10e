"""The last hours of the day, for sources that know the hour: what a day's count shows too late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from issuemine.trends.hours import SPANS, LastHours, judge_hours
from pipelines.context import Run

_DAY = 24
_HISTORY_DAYS = 182
_TELLS_HOURS = 56
"""Days of history without which hours are not judged: a few of each weekday."""


@dataclass(frozen=True)
class Hourly:
    """Topics whose last hours were judged; the others had hardly a record in them.

    Attributes
    ----------
    topics : list of str
    told : LastHours
        In the order of the topics.
    until : datetime
        End of the hours.
    """

    topics: list[str]
    told: LastHours
    until: datetime

    def window(self, at: int) -> str:
        """The hours of a topic, such as ``09:00-12:00 UTC``, in UTC like the day that they lie in."""
        end = self.until.astimezone(UTC)
        begin = end - timedelta(hours=int(self.told.hours[at]))
        return f"{begin:%H:%M}-{end:%H:%M} UTC"


def judge_last_hours(run: Run, topics: Sequence[str]) -> Hourly | None:
    """Judge the hours up to the newest record; None where no source knows the hour or has a history."""
    first = run.day - timedelta(days=_HISTORY_DAYS)
    values = {"first": first, "as_of": run.day, "hours": max(SPANS)}
    rows = run.warehouse.table("signals/source_hours", values)
    if not rows.num_rows:
        return None
    until: datetime = rows["until"][0].as_py()
    n_days = rows["ago"].to_numpy().max() // _DAY + 1
    if n_days < _TELLS_HOURS or (until - timedelta(hours=1)).date() != run.day:
        return None
    sources = sorted(set(rows["source"].to_pylist()))
    least = {"until": until, "sources": sources, "least": run.settings.detect.min_count}
    found = run.warehouse.table("signals/topic_hours", values | least)
    chosen = sorted(set(found["topic_id"].to_pylist()) & set(topics))
    if not chosen:
        return None
    n_hours = n_days * _DAY
    records = np.zeros((len(sources), n_hours))
    at = {name: place for place, name in enumerate(sources)}
    for row in rows.to_pylist():
        records[at[row["source"]], n_hours - 1 - row["ago"]] = row["records"]
    place = {topic: number for number, topic in enumerate(chosen)}
    counts, among = np.zeros((len(chosen), n_hours)), np.zeros((len(chosen), len(sources)))
    for row in found.to_pylist():
        if row["topic_id"] in place and row["ago"] < n_hours:
            counts[place[row["topic_id"]], n_hours - 1 - row["ago"]] += row["records"]
            among[place[row["topic_id"]], at[row["source"]]] = 1
    days = np.arange(np.datetime64(run.day) - (n_days - 1), np.datetime64(run.day) + 1)
    return Hourly(chosen, judge_hours(counts, among @ records, days, run.settings.detect), until)
