"""What readers ask of a snapshot about topics: one filter grammar, one window, one query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from issuemine.records import LABEL_FIELDS
from issuemine.store.connection import Database

FILTER_FIELDS = ("source", *LABEL_FIELDS)
"""Record fields that topics and records can be filtered by."""
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Days asked for: far enough from the calendar's ends that all that is compared with them is on it."""


@dataclass(frozen=True)
class Window:
    """Days counted, both ends included, and the days that growth compares.

    Parameters
    ----------
    first, last : date
        The window.
    growth_days : int
        Length of the two stretches compared: the last days of the window and those before them.
    """

    first: date
    last: date
    growth_days: int = 28

    def values(self) -> dict[str, date]:
        """The dates that statements bind."""
        recent_first = self.last - timedelta(days=self.growth_days - 1)
        return {
            "first": self.first,
            "last": self.last,
            "recent_first": recent_first,
            "previous_first": recent_first - timedelta(days=self.growth_days),
            "previous_last": recent_first - timedelta(days=1),
        }


@dataclass(frozen=True)
class Filters:
    """Which records count.

    Parameters
    ----------
    fields : mapping of str to sequence of str
        Accepted values of each of ``FILTER_FIELDS``; a field left out accepts all.
    attributes : mapping of str to str
        Attributes that a record must have with just that value.
    """

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, object]:
        """The lists that statements bind; None accepts all."""
        chosen: dict[str, object] = {
            name: list(self.fields[name]) if name in self.fields else None for name in FILTER_FIELDS
        }
        wanted = [{"name": name, "value": value} for name, value in sorted(self.attributes.items())]
        return chosen | {"attributes": wanted or None}


def topics(database: Database, window: Window, filters: Filters | None = None) -> pa.Table:
    """Topics with records in the window, largest first.

    Parameters
    ----------
    database : Database
        An open snapshot.
    window : Window
        Days counted and compared.
    filters : Filters, optional
        Which records count; default: all.

    Returns
    -------
    pa.Table
        The columns of the snapshot's topics, ``records`` in the window, ``recent`` and ``previous`` for
        growth, and the same three over all records that count (``all_records``, ...).
    """
    return database.table("read/topics", window.values() | (filters or Filters()).values())


def daily(database: Database, topic_ids: Sequence[str], first: date, last: date) -> dict[str, list[int]]:
    """Records a day of some topics, from ``first`` to ``last``, days without records as 0."""
    span = (last - first).days + 1
    series = {topic_id: [0] * span for topic_id in topic_ids}
    rows = database.table("read/days", {"topics": list(topic_ids), "first": first, "last": last})
    for row in rows.to_pylist():
        series[row["topic_id"]][(row["day"] - first).days] = row["records"]
    return series


def linked(database: Database, topic_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Topics of other languages that seem to be the same issue as each of some topics, the best first.

    Returns
    -------
    dict of str to list of dict
        For each id: ``topic_id``, ``label``, ``languages``, ``score`` in (0, 1] and ``terms``, of which
        each has ``term`` (as the topic says it) and ``other_term`` (as the other does).
    """
    found: dict[str, list[dict[str, Any]]] = {topic_id: [] for topic_id in topic_ids}
    for row in database.table("read/links", {"topics": list(topic_ids)}).to_pylist():
        of = found[row.pop("topic_id")]
        of.append({"topic_id": row.pop("other_id"), **row})
    return found
