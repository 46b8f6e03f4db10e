"""Combinations of attribute values with their counts, found by their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Cell = Mapping[int, int]
"""A combination: number of the attribute (from 0) to the code of its value."""

Numbers = npt.NDArray[np.float64]

_ANY = -1
_COUNTS = ("records", "total", "base", "past_records", "past_total")


@dataclass(frozen=True)
class Cells:
    """Counts of combinations.

    Attributes
    ----------
    codes : array of int, shape (n_cells, n_attributes)
        Code of the value, -1 where any will do.
    keys : array of uint64, shape (n_cells,)
        Hash of the values, ascending.
    records, total, base, past_records, past_total : arrays of float, shape (n_cells,)
        Records of the topic; all records; the topic's records that the whole table's rate would give; both
        counts in the past.
    """

    codes: npt.NDArray[np.int32]
    keys: npt.NDArray[np.uint64]
    records: Numbers
    total: Numbers
    base: Numbers
    past_records: Numbers
    past_total: Numbers

    @classmethod
    def of(cls, table: pa.Table, attributes: int) -> Cells:
        """Read counts as ``causes/cuboids`` gives them: codes in ``a1``, ``a2``, ..., null for any value."""
        codes = np.full((table.num_rows, attributes), _ANY, dtype=np.int32)
        for number in range(attributes):
            name = f"a{number + 1}"
            if name in table.column_names:
                codes[:, number] = table[name].cast(pa.int32()).fill_null(_ANY).to_numpy()
        keys = _hashed(codes)
        order = np.argsort(keys)
        counts = {
            name: table[name].cast(pa.float64()).fill_null(0).to_numpy()[order].copy() for name in _COUNTS
        }
        return cls(codes=codes[order], keys=keys[order], **counts)

    def __len__(self) -> int:
        return len(self.keys)

    def where(self, kept: npt.NDArray[np.bool_]) -> Cells:
        """Some of the cells."""
        arrays = {name: getattr(self, name)[kept] for name in ("codes", "keys", *_COUNTS)}
        return Cells(**arrays)

    def minus(self, other: Cells) -> Cells:
        """The same cells without the counts of another table; what is only there is left out."""
        places = np.searchsorted(self.keys, other.keys)
        there = np.flatnonzero(places < len(self))
        there = there[self.keys[places[there]] == other.keys[there]]
        counts = {}
        for name in _COUNTS:
            counts[name] = getattr(self, name).copy()
            counts[name][places[there]] -= getattr(other, name)[there]
        return replace(self, **counts)

    def cell(self, place: int) -> dict[int, int]:
        """The combination at a place."""
        return {
            int(number): int(self.codes[place, number]) for number in np.flatnonzero(self.codes[place] >= 0)
        }

    def find(self, cell: Cell) -> int | None:
        """Place of a combination, None if it is not among the cells."""
        codes = np.full((1, self.codes.shape[1]), _ANY, dtype=np.int32)
        for number, code in cell.items():
            codes[0, number] = code
        key = _hashed(codes)[0]
        place = int(np.searchsorted(self.keys, key))
        return place if place < len(self) and self.keys[place] == key else None

    @property
    def size(self) -> npt.NDArray[np.int64]:
        """Number of attributes in each combination."""
        return np.asarray((self.codes >= 0).sum(axis=1), dtype=np.int64)

    @property
    def cuboids(self) -> npt.NDArray[np.int64]:
        """Which attributes each combination is made of, as bits."""
        bits = np.left_shift(np.int64(1), np.arange(self.codes.shape[1], dtype=np.int64))
        return np.asarray((self.codes >= 0).astype(np.int64) @ bits, dtype=np.int64)


def _hashed(codes: npt.NDArray[np.int32]) -> npt.NDArray[np.uint64]:
    """A sum of mixed 64-bit numbers, one for each value given (Steele's SplitMix64 as the mixer)."""
    numbers = np.arange(codes.shape[1], dtype=np.uint64) << np.uint64(32)
    mixed = (numbers + (codes.astype(np.int64) + 2).astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    given: npt.NDArray[np.uint64] = np.where(codes >= 0, mixed, np.uint64(0))
    return np.asarray(given.sum(axis=1, dtype=np.uint64), dtype=np.uint64)
