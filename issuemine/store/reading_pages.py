"""What pages ask of a snapshot besides what the service does: what can be chosen, series, and the map."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from issuemine.store.connection import Database
from issuemine.store.reading import Filters, daily

_MOST = 30
"""Values of a field that can be chosen on a page."""


def facets(database: Database, names: Sequence[str]) -> dict[str, list[str]]:
    """Values of some fields, those of most records first; fields that no record carries are left out."""
    found: dict[str, list[str]] = {}
    for row in database.table("read/facets", {"names": list(names), "most": _MOST}).to_pylist():
        found.setdefault(row["name"], []).append(row["value"])
    return found


def chosen_daily(
    database: Database, topic_ids: Sequence[str], first: date, last: date, filters: Filters
) -> dict[str, list[int]]:
    """Records a day of some topics that fit the filters, days without records as 0."""
    if not any(value is not None for value in filters.values().values()):
        return daily(database, topic_ids, first, last)
    series = {topic_id: [0] * ((last - first).days + 1) for topic_id in topic_ids}
    values = {"topics": list(topic_ids), "first": first, "last": last} | filters.values()
    for row in database.table("read/chosen_days", values).to_pylist():
        series[row["topic_id"]][(row["day"] - first).days] = row["records"]
    return series


def places(database: Database) -> dict[str, tuple[float, float]]:
    """Where topics lie on the map, in [0, 1]; nothing in a snapshot that knows no map yet."""
    if not database.value("read/has_places"):
        return {}
    rows = database.table("read/places").to_pylist()
    return {row["topic_id"]: (row["x"], row["y"]) for row in rows}
