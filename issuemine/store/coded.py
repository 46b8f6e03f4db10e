"""What a snapshot's records can be filtered by, held in memory as small numbers.

A million records take some 15 MB. Each value of a field or attribute has a number: those of most records come
first, 0 is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from issuemine.store.connection import Database
from issuemine.store.reading import FILTER_FIELDS, Filters

MOST_VALUES = 1_000
"""An attribute of more values tells nothing of groups: it is not broken down, and filtered by in the file."""
_ROWS = 100_000
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Coded:
    """One field or attribute.

    ``values`` are its values, ``totals`` how many records have each, ``codes`` ``(n_records,)`` the number of
    each record's value, which is its place in ``values`` and 1.
    """

    values: list[str]
    totals: list[int]
    codes: NDArray[np.unsignedinteger]
    numbers: Mapping[str, int] = field(repr=False)


class CodedRecords:
    """The records of a snapshot, numbered by day.

    Parameters
    ----------
    database : Database
        An open snapshot.

    Attributes
    ----------
    days : ndarray of shape (n_records,)
        Day of each record, in days since 1970, ascending.
    fields, attributes : dict of str to Coded
        By name.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        values: dict[str, tuple[list[str], list[int]]] = {}
        asked = {"fields": list(FILTER_FIELDS), "most": MOST_VALUES}
        for row in database.table("tally/facets", asked).to_pylist():
            known = values.setdefault(row["name"], ([], []))
            known[0].append(row["value"])
            known[1].append(int(row["records"]))
        many = int(database.value("tally/size") or 0)
        self.days = np.empty(many, np.int32)
        made = {name: _empty(*found, many) for name, found in values.items()}
        self.fields = {name: made[name] for name in FILTER_FIELDS if name in made}
        self.attributes = {name: one for name, one in made.items() if name not in self.fields}
        with database.stream("tally/records", rows=_ROWS) as reader:
            start = 0
            for batch in reader:
                self._fill(batch, start)
                start += batch.num_rows

    def between(self, first: date, last: date) -> tuple[int, int]:
        """Numbers of the first record from a day on and of the first one after another day."""
        low, high = placed(self.days, since_1970(first), since_1970(last) + 1)
        return low, max(high, low)

    def knows(self, filters: Filters) -> bool:
        """Whether filters can be judged without asking the file."""
        return self.attributes.keys() >= filters.attributes.keys()

    def fit(self, filters: Filters, low: int, high: int) -> NDArray[np.bool_] | None:
        """Which of the records with these numbers (half-open) fit the filters; None where all do."""
        found: NDArray[np.bool_] | None = None
        for name, wanted in filters.fields.items():
            fits = self._one_of(name, list(wanted), low, high)
            found = fits if found is None else found & fits
        for name, value in filters.attributes.items():
            fits = self._attribute(name, value, low, high)
            found = fits if found is None else found & fits
        return found

    def _fill(self, batch: pa.RecordBatch, start: int) -> None:
        end = start + batch.num_rows
        self.days[start:end] = batch.column("day").cast(pa.int32()).to_numpy()
        for name, one in self.fields.items():
            one.codes[start:end] = _numbers(batch.column(name), one)
        attributes = batch.column("attributes")
        places = attributes.offsets.to_numpy()
        rows = np.repeat(np.arange(start, end), np.diff(places))
        names, values = (part[places[0] : places[-1]] for part in (attributes.keys, attributes.items))
        for name, one in self.attributes.items():
            mine = pc.equal(names, name)
            one.codes[rows[mine.to_numpy(zero_copy_only=False)]] = _numbers(values.filter(mine), one)

    def _one_of(self, name: str, wanted: list[str], low: int, high: int) -> NDArray[np.bool_]:
        one = self.fields.get(name)
        if one is None:
            return np.zeros(high - low, np.bool_)
        numbers = [one.numbers[value] for value in wanted if value in one.numbers]
        if len(numbers) == 1:
            return np.asarray(one.codes[low:high] == numbers[0])
        asked = np.zeros(len(one.values) + 1, np.bool_)
        asked[numbers] = True
        return np.asarray(asked[one.codes[low:high]])

    def _attribute(self, name: str, value: str, low: int, high: int) -> NDArray[np.bool_]:
        one = self.attributes.get(name)
        if one is not None:
            return np.asarray(one.codes[low:high] == one.numbers.get(value, len(one.values) + 1))
        found = np.zeros(high - low, np.bool_)
        with self._database.cursor() as cursor:
            rows = cursor.table("tally/having", {"name": name, "value": value})["number"].to_numpy()
        found[rows[(rows >= low) & (rows < high)] - low] = True
        return found


def since_1970(day: date) -> int:
    """A day as ``days`` has it."""
    return (day - _EPOCH).days


def placed(ascending: NDArray[np.int32], low: int, high: int) -> tuple[int, int]:
    """Where two numbers would stand. Numbers of another type would have the whole array copied."""
    start, end = np.searchsorted(ascending, np.array([low, high], ascending.dtype)).tolist()
    return start, end


def _empty(values: list[str], totals: list[int], many: int) -> Coded:
    kind = np.min_scalar_type(len(values) + 1)
    numbers = {value: number for number, value in enumerate(values, 1)}
    return Coded(values, totals, np.zeros(many, kind), numbers)


def _numbers(values: pa.Array, one: Coded) -> NDArray[np.int32]:
    found = pc.index_in(values, value_set=pa.array(one.values, values.type))
    return np.asarray(pc.fill_null(found, -1).to_numpy(zero_copy_only=False) + 1)
