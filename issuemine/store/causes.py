"""What causes are looked for in: records of a snapshot as columns of attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from issuemine.errors import StoreError
from issuemine.messages import say
from issuemine.records import COUNT_FIELDS, LABEL_FIELDS, SCORE_FIELDS
from issuemine.store.connection import Database
from issuemine.store.cuboids import Rows
from issuemine.store.reading import Filters

Against = Literal["others", "past", "segment"]

RECORD_FIELDS = ("source", *LABEL_FIELDS, *SCORE_FIELDS, *COUNT_FIELDS)
"""Fields of a record that can be attributes; ``said_version`` and so on are what its text
names; any other name is looked for among its own attributes."""
_MOST_VALUES = 2_000
_MOST_NAMES = 12


@dataclass(frozen=True)
class Segment:
    """Some records: of a topic, with some values, or all of them."""

    topic_id: str | None = None
    filters: Filters = field(default_factory=Filters)

    def values(self, first: date, last: date) -> dict[str, object]:
        """What statements bind."""
        return {"topic_id": self.topic_id, "first": first, "last": last} | self.filters.values()


@dataclass(frozen=True)
class Compared:
    """Records as columns of attributes.

    Attributes
    ----------
    columns : dict of str to ChunkedArray
        Attribute to the value of each record.
    chosen, now : array of bool, shape (n_records,)
        Whether a record is one of those asked about; whether it is of the window, not of the past.
    """

    columns: dict[str, pa.ChunkedArray]
    chosen: npt.NDArray[np.bool_]
    now: npt.NDArray[np.bool_]

    def rows(
        self, codes: Sequence[npt.NDArray[np.uint16]], strata: npt.NDArray[np.int64] | None = None
    ) -> Rows:
        """The records as rows to count."""
        now, chosen = self.now, self.chosen
        return Rows(
            codes,
            (chosen & now).astype(np.int64),
            now.astype(np.int64),
            past_records=(chosen & ~now).astype(np.int64),
            past_total=(~now).astype(np.int64),
            strata=strata,
        )


def attribute_names(database: Database) -> list[str]:
    """Fields and attributes that can tell records apart, the best filled ones first; at most twelve."""
    rows = database.table("causes/names", {"max_values": _MOST_VALUES})
    return [str(name) for name in rows["name"].to_pylist()][:_MOST_NAMES]


def phrases(database: Database, topic_id: str) -> list[dict[str, Any]]:
    """Phrases that are new in a topic, surest first, with quotes."""
    rows: list[dict[str, Any]] = database.table("causes/phrases", {"topic_id": topic_id}).to_pylist()
    return [row | {"quotes": row["quotes"] or []} for row in rows]


def compared(
    database: Database,
    target: Segment,
    by: Sequence[str],
    first: date,
    last: date,
    *,
    against: Against = "others",
    segment: Segment | None = None,
) -> Compared:
    """Records asked about and those that they are compared with.

    Parameters
    ----------
    database : Database
        An open snapshot.
    target : Segment
        The records asked about.
    by : sequence of str
        Attributes wanted: fields of records, or names of their own attributes.
    first, last : date
        The window.
    against : str
        ``others``: all other records of the window; ``past``: the same combination's rate in a stretch as
        long before it; ``segment``: the records of ``segment`` in the window.
    segment : Segment, optional
        For ``segment``.

    Raises
    ------
    StoreError
        If ``against`` is ``segment`` and none is given.
    """
    if against == "segment" and segment is None:
        raise StoreError(say("There is no segment to compare with."))
    start = first - (last - first) - timedelta(days=1) if against == "past" else first
    chosen = database.table("causes/segment", target.values(start, last))
    other = segment if segment is not None and against == "segment" else Segment()
    others = database.table("causes/segment", other.values(start, last))
    names = [name for name in by if name not in RECORD_FIELDS]
    table = database.table(
        "causes/rows",
        {"names": names, "since": first},
        tables={"target": chosen, "compared": pa.concat_tables([chosen, others])},
    )
    columns = {name: table[name] for name in by if name in RECORD_FIELDS}
    if names:
        flat = table["attributes"].combine_chunks().flatten()
        places = np.arange(table.num_rows) * len(names)
        for number, name in enumerate(names):
            columns[name] = pa.chunked_array([flat.take(pa.array(places + number))])
    return Compared(
        {name: columns[name] for name in by},
        table["chosen"].to_numpy().astype(bool),
        table["now"].to_numpy().astype(bool),
    )
