"""Counts of combinations of attribute values, made in DuckDB over rows of codes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from issuemine.store.connection import Database

_GROUPS = 1_000_000
_COUNTS = ("records", "total", "base_billionths", "past_records", "past_total")

Mask = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """Rows to count.

    Attributes
    ----------
    codes : sequence of array of uint16, shape (n_rows,)
        Code of each row's value, by attribute.
    records, total : array of int64, shape (n_rows,)
        The topic's records, and all records, that a row stands for.
    past_records, past_total : array of int64, shape (n_rows,), optional
        The same in the past.
    strata : array of int64, shape (n_rows,), optional
        Stratum of each row; default: one for all.
    """

    codes: Sequence[npt.NDArray[np.uint16]]
    records: Counts
    total: Counts
    past_records: Counts | None = None
    past_total: Counts | None = None
    strata: Counts | None = None

    def __len__(self) -> int:
        return len(self.records)


class Cuboids:
    """Counts rows by any sets of their attributes; rows can be taken out.

    A search looks at every row with records of the topic and at a sample of the others, which is as good for
    ranking (a case-cohort design; Prentice, Biometrika 73, 1986, p. 1). :meth:`strata` counts all rows.

    Parameters
    ----------
    database : Database
        Any open database; nothing is written to it.
    rows : Rows
        What to count.
    sample_rows : int
        Rows without records that the search looks at, at most.
    random_state : int, default 0
        Seed of the sample.
    """

    def __init__(self, database: Database, rows: Rows, *, sample_rows: int, random_state: int = 0) -> None:
        self._database = database
        self._rows = rows
        self._values = [int(codes.max(initial=0)) + 1 for codes in rows.codes]
        self._left = np.ones(len(rows), dtype=bool)
        idle = rows.records == 0
        if rows.past_records is not None:
            idle &= rows.past_records == 0
        idlers = np.flatnonzero(idle)
        self._looked_at = np.ones(len(rows), dtype=bool)
        if len(idlers) > sample_rows:
            generator = np.random.default_rng(random_state)
            self._looked_at[idlers] = False
            self._looked_at[generator.choice(idlers, sample_rows, replace=False)] = True
        chosen = np.flatnonzero(self._looked_at)
        self._table = self._counted(chosen)
        self._of_table = chosen

    def cuboids(
        self,
        sets: Sequence[Sequence[int]],
        *,
        least: int = 0,
        cell: Mapping[int, int] | None = None,
        apart: Sequence[Mapping[int, int]] | None = None,
    ) -> pa.Table:
        """Counts by each set of attributes, over the rows that the search looks at.

        Parameters
        ----------
        sets : sequence of sequence of int
            Attributes of each set, numbered from 1; the empty set, which counts all rows,
            is not given alone.
        least : int, default 0
            Combinations with fewer records are left out.
        cell : mapping, optional
            Attribute, numbered from 0, to code: only rows with these values are counted.
        apart : sequence of mapping, optional
            Count rows that were removed too, but not those of these combinations.

        Returns
        -------
        Table
            ``a1``, ``a2``, ... (null for any value), ``records``, ``total``, ``base`` (records at the rate of
            the row's stratum), ``past_records``, ``past_total``.
        """
        kept = self._kept(cell, apart)[self._of_table]
        rows = self._table if kept.all() else self._table.filter(pa.array(kept))
        counted = [
            self._database.table(
                "causes/cuboids", {"least": least}, tables={"counted": _with(rows, batch)}, sets=batch
            )
            for batch in self._batches(sets, rows.num_rows)
        ]
        return pa.concat_tables(counted, promote_options="default")

    def strata(
        self, cell: Mapping[int, int] | None = None, *, apart: Sequence[Mapping[int, int]] | None = None
    ) -> pa.Table:
        """Counts of all rows by stratum: of a combination, or of everything that is left."""
        chosen = np.flatnonzero(self._kept(cell, apart))
        rows = self._rows
        table = pa.table(
            {
                "stratum": np.zeros(len(chosen), dtype=np.int64)
                if rows.strata is None
                else rows.strata[chosen],
                "records": rows.records[chosen],
                "total": rows.total[chosen],
            }
        )
        return self._database.table("causes/strata", tables={"counted": table})

    def remove(self, cell: Mapping[int, int]) -> None:
        """Count the rows of a combination no more."""
        self._left &= ~self._within(cell)

    def _batches(self, sets: Sequence[Sequence[int]], rows: int) -> Iterator[Sequence[Sequence[int]]]:
        """Sets that are counted together: DuckDB holds the groups of all of them in memory at once."""
        batch: list[Sequence[int]] = []
        groups = 0
        for columns in sets:
            most = min(math.prod(self._values[column - 1] for column in columns), rows)
            if batch and groups + most > _GROUPS:
                yield batch
                batch, groups = [], 0
            batch.append(columns)
            groups += most
        if batch:
            yield batch

    def _kept(self, cell: Mapping[int, int] | None, apart: Sequence[Mapping[int, int]] | None) -> Mask:
        kept = self._left.copy() if apart is None else np.ones(len(self._rows), dtype=bool)
        for other in apart or ():
            kept &= ~self._within(other)
        return kept if cell is None else kept & self._within(cell)

    def _within(self, cell: Mapping[int, int]) -> Mask:
        kept = np.ones(len(self._rows), dtype=bool)
        for number, code in cell.items():
            kept &= self._rows.codes[number] == code
        return kept

    def _counted(self, chosen: npt.NDArray[np.int64]) -> pa.Table:
        rows = self._rows
        records, total = rows.records[chosen], rows.total[chosen]
        strata = np.zeros(len(chosen), dtype=np.int64) if rows.strata is None else rows.strata[chosen]
        rates = np.bincount(strata, records) / np.maximum(np.bincount(strata, total), 1.0)
        nothing = np.zeros(len(chosen), dtype=np.int64)
        columns = {f"a{number + 1}": codes[chosen] for number, codes in enumerate(rows.codes)}
        return pa.table(
            {
                **columns,
                "records": records,
                "total": total,
                # Whole numbers, whose sum does not depend on the order of threads.
                "base_billionths": np.rint(total * rates[strata] * 1e9).astype(np.int64),
                "past_records": nothing if rows.past_records is None else rows.past_records[chosen],
                "past_total": nothing if rows.past_total is None else rows.past_total[chosen],
            }
        )


def _with(rows: pa.Table, sets: Sequence[Sequence[int]]) -> pa.Table:
    """The counts, and those attributes that the sets name."""
    named = {f"a{column}" for columns in sets for column in columns}
    return rows.select([name for name in rows.column_names if name in named or name in _COUNTS])
