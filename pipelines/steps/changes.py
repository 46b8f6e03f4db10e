"""Changes: since when topics have another rate, and which entries of the change log came shortly before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from issuemine.causes.candidates import strength
from issuemine.causes.changepoints import change_points
from issuemine.causes.dating import ChangePoint
from issuemine.causes.fdr import q_values
from issuemine.causes.lineup import line_up
from issuemine.causes.scopes import ScopeCounts
from issuemine.messages import say
from issuemine.records_changes import Change
from issuemine.store.operational import open_operational
from issuemine.store.operational.changes import log
from pipelines.context import Run

_TOPICS = 100
"""Topics looked at: so many that grew most, and so many with the newest signals."""
_MOST_POINTS = 10
_SCOPE_DAYS = 56
"""Days on both sides of a change point over which scopes are compared."""
Scope = tuple[tuple[str, str], ...]
Pair = tuple[np.ndarray, np.ndarray]
"""Records of a topic and all records of its sources, by day."""


@dataclass(frozen=True)
class Window:
    """The days that are counted."""

    first: date
    last: date

    def place(self, day: date) -> int:
        """Position of a day."""
        return (day - self.first).days

    @property
    def values(self) -> dict[str, date]:
        """What statements bind."""
        return {"first": self.first, "as_of": self.last}


def changes(run: Run) -> None:
    """Find the change points of topics with signals or growth, and line the change log up with them."""
    with run.reporter.stage(say("Looking for changes in time"), None):
        points, candidates = _found(run)
    with run.warehouse.transaction():
        for name, rows in (("points", points), ("candidates", candidates)):
            run.warehouse.execute(f"changes/forget_{name}")
            schema = run.warehouse.table(f"changes/{name}_schema").schema
            found = {"found": pa.Table.from_pylist(rows, schema)}
            run.warehouse.execute(f"changes/insert_{name}", tables=found)
    run.counts |= {"change_points": len(points), "change_candidates": len(candidates)}


def _found(run: Run) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    settings = run.settings.causes
    window = Window(run.day - timedelta(days=settings.change_history_days - 1), run.day)
    chosen = _chosen(run, window)
    series = _series(run, window, chosen)
    told = [
        (topic_id, point)
        for topic_id, (counts, exposure) in series.items()
        for point in change_points(counts, exposure, window.first)[-_MOST_POINTS:]
    ]
    q = q_values(np.array([point.p_value for _, point in told]))
    sure = [
        (topic_id, point, float(q_value))
        for (topic_id, point), q_value in zip(told, q, strict=True)
        if q_value <= settings.false_discovery_rate
    ]
    with open_operational(run.layout, run.settings.store) as store:
        entries = {
            number: entry
            for number, entry in log(store).items()
            if window.first - timedelta(days=settings.change_window_days) <= entry.end
            and entry.start <= window.last
        }
    scoped = _scoped(run, window, chosen, list(entries.values())) if sure else {}
    points, candidates = [], []
    for topic_id, point, q_value in sure:
        facts = asdict(point)
        facts.pop("chances")
        points.append(
            {"topic_id": topic_id, **facts, "q_value": q_value, "strength": strength(point.least, q_value)}
        )
        lined = line_up(
            point,
            q_value,
            list(entries.values()),
            _counter(window, point, scoped.get(topic_id, {})),
            _span(window, series[topic_id]),
            window_days=settings.change_window_days,
        )
        for place, each in enumerate(lined):
            event_id, entry = list(entries.items())[each.place]
            row = (
                {"topic_id": topic_id, "day": point.day, "event_id": event_id} | asdict(entry) | asdict(each)
            )
            candidates.append(row | {"place": place, "scope": list(entry.scope.items())})
    return points, candidates


def _chosen(run: Run, window: Window) -> pa.Table:
    recent = run.settings.trends.window_days
    values = {
        "after": window.first - timedelta(days=1),
        "since": run.day - timedelta(days=recent),
        "as_of": run.day,
        "share": recent / max(run.settings.causes.change_history_days - recent, 1),
        "topics": _TOPICS,
    }
    return run.warehouse.table("changes/topics", values)


def _series(run: Run, window: Window, chosen: pa.Table) -> dict[str, Pair]:
    """Records of each topic and their exposure, by day."""
    rows = run.warehouse.table("changes/days", window.values, tables={"chosen": chosen})
    return {topic_id: pair for (topic_id,), pair in _by_day(rows, window, "topic_id").items()}


def _span(window: Window, pair: Pair) -> tuple[date, date]:
    """First and last day on which anything was recorded."""
    there = np.flatnonzero(pair[1])
    return tuple(window.first + timedelta(days=int(place)) for place in (there[0], there[-1]))


def _scoped(
    run: Run, window: Window, chosen: pa.Table, entries: list[Change]
) -> dict[str, dict[Scope, Pair]]:
    """The same within each scope of the change log, by topic; under its names alone what says any value."""
    scopes = sorted({_scope(entry) for entry in entries if entry.scope})
    if not scopes:
        return {}
    known = sorted({_names(scope) for scope in scopes})
    named: dict[int, Scope] = dict(enumerate(scopes)) | {-1 - at: names for at, names in enumerate(known)}
    asked = [
        {
            "scope": number,
            "name": name,
            "value": value,
            "parts": len(scope),
            "known": -1 - known.index(_names(scope)),
        }
        for number, scope in enumerate(scopes)
        for name, value in scope
    ]
    tables = {"chosen": chosen, "scopes": pa.Table.from_pylist(asked)}
    rows = run.warehouse.table("changes/scoped_days", window.values, tables=tables)
    found: dict[str, dict[Scope, Pair]] = {}
    for (topic_id, number), pair in _by_day(rows, window, "topic_id", "scope").items():
        found.setdefault(topic_id, {})[named[number]] = pair
    return found


def _by_day(rows: pa.Table, window: Window, *keys: str) -> dict[tuple[Any, ...], Pair]:
    found: dict[tuple[Any, ...], Pair] = {}
    columns = [rows[key].to_pylist() for key in (*keys, "day", "records", "exposure")]
    size = window.place(window.last) + 1
    for *key, day, records, exposure in zip(*columns, strict=True):
        counts, total = found.setdefault(tuple(key), (np.zeros(size), np.zeros(size)))
        counts[window.place(day)], total[window.place(day)] = records, exposure
    return found


def _counter(
    window: Window, point: ChangePoint, scoped: Mapping[Scope, Pair]
) -> Callable[[Change], ScopeCounts | None]:
    """How scopes moved around a change point."""
    at = window.place(point.day)
    now = slice(at, at + min(point.days, _SCOPE_DAYS))
    before = slice(max(at - min(point.before_days, _SCOPE_DAYS), 0), at)

    def counted(change: Change) -> ScopeCounts | None:
        scope = _scope(change)
        if scope not in scoped:
            return None
        inside, whole = scoped[scope], scoped[_names(scope)]
        mine, mine_total, past, past_total = (
            float(values[days].sum()) for days in (now, before) for values in inside
        )
        every, every_total, every_past, every_past_total = (
            float(values[days].sum()) for days in (now, before) for values in whole
        )
        return ScopeCounts(
            inside=mine,
            outside=every - mine,
            before_inside=past,
            before_outside=every_past - past,
            inside_total=mine_total,
            outside_total=every_total - mine_total,
            before_inside_total=past_total,
            before_outside_total=every_past_total - past_total,
        )

    return counted


def _names(scope: Scope) -> Scope:
    return tuple((name, "") for name, _ in scope)


def _scope(change: Change) -> Scope:
    return tuple(sorted((name, value.lower()) for name, value in change.scope.items()))
