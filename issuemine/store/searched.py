"""What the search finds, held in memory: which mentions stand at a place, and which of these count.

DuckDB takes a hundred milliseconds and more to join a million mentions with their records. A million take
some 70 MB here; texts stay in the file, and are read by their row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from issuemine.store.connection import Database
from issuemine.store.reading import Filters, Window
from issuemine.store.searching import Places, SearchSpace, spaces, topics
from issuemine.store.snapshot import Snapshot

_AT_ONCE = 20
"""Records that one statement reads."""


@dataclass(frozen=True)
class Counting:
    """Records that count: those with these numbers (half-open) that fit; ``fits`` is None where all do."""

    low: int
    high: int
    fits: NDArray[np.bool_] | None

    def of(self, records: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Which of some records, by their numbers, count."""
        counts = (records >= self.low) & (records < self.high)
        if self.fits is not None:
            counts[counts] = self.fits[records[counts] - self.low]
        return counts


class Spots:
    """The mentions of one space, in the order of their places.

    Parameters
    ----------
    database : Database
        An open snapshot.
    space : str
        Name of the space.
    """

    def __init__(self, database: Database, space: str) -> None:
        found = database.table("search/spots", {"space": space}).combine_chunks()
        self._place, self._record, self._at = (found[name].to_numpy() for name in ("place", "record", "at"))
        self._told = found.select(["mention_id", "start", "end", "language", "topic_id"])

    def places(self, counting: Counting) -> Places:
        """Places of the mentions that count, ascending."""
        kept = self._place[counting.of(self._record)]
        distinct: Places = kept[np.diff(kept, prepend=-1) > 0].astype(np.int64)
        return distinct

    def best(
        self, places: Places, scores: NDArray[np.float64], counting: Counting | None, rows: int
    ) -> list[dict[str, Any]]:
        """Mentions at places, the best first, then the newest; texts are read with :func:`told`."""
        low, high = (
            np.searchsorted(self._place, places.astype(np.int32), side) for side in ("left", "right")
        )
        many = high - low
        spots = np.repeat(low - (np.cumsum(many) - many), many) + np.arange(many.sum())
        given = np.repeat(scores, many)
        if counting is not None:
            counts = counting.of(self._record[spots])
            spots, given = spots[counts], given[counts]
        order = np.lexsort((spots, -self._record[spots], -given))[:rows]
        found: list[dict[str, Any]] = self._told.take(spots[order]).to_pylist()
        for row, spot, score in zip(found, spots[order].tolist(), given[order].tolist(), strict=True):
            row |= {"at": int(self._at[spot]), "order": (-score, -int(self._record[spot])), "score": score}
        return found


class Searched:
    """The mentions of a snapshot that can be found.

    Parameters
    ----------
    snapshot : Snapshot
        An open one; its records are those that it counts.

    Attributes
    ----------
    spaces : list of SearchSpace
        What can be searched; none in a snapshot of an earlier version.
    topics : dict of str to dict
        What is told of each topic in a list of what was found, by its id. Not to be changed.
    spots : dict of str to Spots
        By the name of the space.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        database = snapshot.database
        self.spaces: list[SearchSpace] = spaces(database)
        self.topics = topics(database)
        self.spots = {space.name: Spots(database, space.name) for space in self.spaces}
        self._records = snapshot.tally.records if self.spaces else None

    def counting(self, window: Window, filters: Filters) -> Counting | None:
        """The records of some days that fit some filters; None where all do."""
        if self._records is None:
            return None
        low, high = self._records.between(window.first, window.last)
        fits = self._records.fit(filters, low, high)
        whole = fits is None and high - low == len(self._records.days)
        return None if whole else Counting(low, high, fits)


def told(database: Database, found: Sequence[dict[str, Any]]) -> None:
    """Add text, day, source and channel to mentions that were found."""
    rows = sorted({row["at"] for row in found if "text" not in row})
    known: dict[int, dict[str, Any]] = {}
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        values = {f"at{number}": at for number, at in enumerate(some + [-1] * (_AT_ONCE - len(some)), 1)}
        known |= {record["at"]: record for record in database.table("search/records", values).to_pylist()}
    for row in found:
        if "text" not in row:
            record = known[row["at"]]
            row |= record | {"text": record["text"][row["start"] : row["end"]]}
