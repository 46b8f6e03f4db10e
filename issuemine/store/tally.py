"""Counts over a snapshot, from memory: what the service is asked for most.

DuckDB takes a millisecond to answer anything, and a hundred to join a million records; a core counts as many
numbers in one. So the facts (which record speaks of which topic) are read once a snapshot.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from issuemine.store.coded import MOST_VALUES, Coded, CodedRecords, placed, since_1970
from issuemine.store.connection import Database
from issuemine.store.reading import Filters, Window

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Figures:
    """Counts of each topic, or of one, and of all records, in a window and the two that growth compares."""

    records: Counts
    recent: Counts
    previous: Counts
    all_records: int
    all_recent: int
    all_previous: int


class Tally:
    """What can be counted of a snapshot without asking DuckDB.

    Parameters
    ----------
    database : Database
        An open snapshot.
    step : int
        Facts after which counts so far are kept.

    Attributes
    ----------
    topics : list of dict
        The snapshot's topics in the order of their ids: their places are their numbers. Not to be changed.
    numbers : dict of str to int
        Id of each topic to its number.
    lineage, labels, links : dict of str to list of dict
        Of each topic that has any, as :mod:`api.topics` tells them. Not to be changed.
    """

    def __init__(self, database: Database, step: int = 8_192) -> None:
        self.topics: list[dict[str, Any]] = database.table("tally/topics").to_pylist()
        self.numbers = {row["topic_id"]: number for number, row in enumerate(self.topics)}
        self.hidden = np.array([row["hidden"] for row in self.topics], np.bool_)
        for row in self.topics:
            row["intents"] = dict(row["intents"])
        self.lineage: dict[str, list[dict[str, Any]]] = {}
        for event in database.table("tally/lineage").to_pylist():
            for topic_id in {event["topic_id"], event["other_id"]} - {None}:
                self.lineage.setdefault(topic_id, []).append(event)
        self.labels = _of_topics(database, "tally/labels", "topic_id")
        self.links = _of_topics(database, "tally/links", "of_id")
        self.records = CodedRecords(database)
        facts = database.table("tally/facts")
        self._record: NDArray[np.int32] = facts["record"].to_numpy()
        self._topic = facts["topic"].to_numpy().astype(np.intp)
        self._step = step
        steps = np.split(self._topic, range(step, len(self._topic), step))
        counts = [np.bincount(part, minlength=len(self.topics)) for part in steps]
        self._so_far = np.cumsum([np.zeros_like(counts[0]), *counts], axis=0, dtype=np.int32)
        order = np.argsort(self._topic, kind="stable")
        self._of_topic: NDArray[np.int32] = self._record[order]
        self._bounds = np.searchsorted(self._topic[order], np.arange(len(self.topics) + 1)).tolist()
        # Side by side for each topic, since picking them out takes as long as counting them.
        named = self.records.attributes | self.records.fields
        self._groups = [
            (name, one, one.codes[self._of_topic])
            for name, one in sorted(named.items())
            if 1 < len(one.values) <= MOST_VALUES
        ]

    def figures(self, window: Window, filters: Filters, number: int | None = None) -> Figures:
        """Records of each topic, or of one, and of all: in the window, lately, and just before."""
        days = window.values()
        spans = [
            self.records.between(days[first], days[last])
            for first, last in (
                ("first", "last"),
                ("recent_first", "last"),
                ("previous_first", "previous_last"),
            )
        ]
        start, end = min(span[0] for span in spans), max(span[1] for span in spans)
        every = self.records.fit(filters, start, end)
        counted: list[tuple[Counts, int]] = []
        for low, high in spans:
            fits = None if every is None else every[low - start : high - start]
            counts = self._counts(low, high, fits) if number is None else self._count(number, low, high, fits)
            counted.append((counts, high - low if fits is None else int(np.count_nonzero(fits))))
        (records, all_records), (recent, all_recent), (previous, all_previous) = counted
        return Figures(records, recent, previous, all_records, all_recent, all_previous)

    def daily(self, number: int | None, first: date, last: date) -> Counts:
        """Records a day of a topic, or of all, from ``first`` to ``last``."""
        start, end = since_1970(first), since_1970(last)
        if number is None:
            return np.diff(np.searchsorted(self.records.days, np.arange(start, end + 2, dtype=np.int32)))
        members = self._members(number, *self.records.between(first, last))
        return np.bincount(self.records.days[members] - start, minlength=end - start + 1)

    def breakdowns(self, number: int, first: date, last: date, most: int) -> dict[str, list[dict[str, Any]]]:
        """Values of each field among a topic's records, the ``most`` frequent, beside all records."""
        mine = self._place(number, *self.records.between(first, last))
        found = {name: _told(one, codes[mine], most) for name, one, codes in self._groups}
        return {name: rows for name, rows in found.items() if rows}

    def _counts(self, low: int, high: int, fits: NDArray[np.bool_] | None) -> Counts:
        """Records of each topic among those with these numbers."""
        start, end = placed(self._record, low, high)
        topics = self._topic[start:end]
        if fits is None:
            return self._between(start, end)
        # Weighing all costs a third of choosing some; sums of so few ones are exact.
        weights = fits.take(self._record[start:end] - low)
        return np.bincount(topics, weights, minlength=len(self.topics)).astype(np.int64)

    def _between(self, start: int, end: int) -> Counts:
        """Facts of each topic from a place to before another: those of whole steps are counted already."""
        first, last = -(-start // self._step), end // self._step
        if first >= last:
            return np.bincount(self._topic[start:end], minlength=len(self.topics))
        counts: Counts = self._so_far[last].astype(np.int64) - self._so_far[first]
        for part in (self._topic[start : first * self._step], self._topic[last * self._step : end]):
            counts += np.bincount(part, minlength=len(self.topics))
        return counts

    def _count(self, number: int, low: int, high: int, fits: NDArray[np.bool_] | None) -> Counts:
        members = self._members(number, low, high)
        return np.array([len(members) if fits is None else np.count_nonzero(fits.take(members - low))])

    def _members(self, number: int, low: int, high: int) -> NDArray[np.int32]:
        """Numbers of a topic's records among those with these numbers."""
        return self._of_topic[self._place(number, low, high)]

    def _place(self, number: int, low: int, high: int) -> slice:
        """Where a topic's records among those with these numbers stand in what is sorted by topic."""
        start, end = self._bounds[number : number + 2]
        first, last = placed(self._of_topic[start:end], low, high)
        return slice(start + first, start + last)


def _of_topics(database: Database, statement: str, key: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in database.table(statement).to_pylist():
        found.setdefault(row.pop(key), []).append(row)
    return found


def _told(one: Coded, codes: NDArray[np.unsignedinteger], most: int) -> list[dict[str, Any]]:
    counts = np.bincount(codes, minlength=len(one.values) + 1)[1:]
    there, everywhere = int(counts.sum()), sum(one.totals)
    some = np.flatnonzero(counts)
    rows = sorted(
        ((-count, one.values[at], at) for at, count in zip(some.tolist(), counts[some].tolist(), strict=True))
    )
    return [
        {
            "value": value,
            "records": -count,
            "share": -count / there,
            "overall_share": one.totals[at] / everywhere,
        }
        for count, value, at in rows[:most]
    ]
