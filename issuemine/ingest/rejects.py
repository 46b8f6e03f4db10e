"""Which rows of a chunk cannot be used, and why."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from issuemine.messages import mark
from issuemine.records import REJECT_SCHEMA

_ROW = mark("the row {fault}")
_KEPT = mark("kept: {reason}")
KEPT = _KEPT.format(reason="")
"""Start of the reason where only an optional value was dropped and the record stays."""


class Rejects:
    """Gather reasons against rows; the first reason against a row is the one that is told.

    Parameters
    ----------
    file : str
        The file's name, as given.
    numbers : ndarray of int64, shape (n_rows,)
        Row numbers in the file.

    Attributes
    ----------
    keep : ndarray of bool, shape (n_rows,)
        Rows that nothing speaks against.
    """

    def __init__(self, file: str, numbers: npt.NDArray[np.int64]) -> None:
        self._file = file
        self._numbers = numbers
        self._found: list[tuple[int, str | None, str]] = []
        self._notes: list[tuple[int, str, str]] = []
        self.keep = np.ones(len(numbers), dtype=bool)

    def drop(self, field: str, bad: npt.NDArray[np.bool_], reason: str) -> None:
        """Reject the rows where `bad` holds, if they are not rejected yet."""
        new = bad & self.keep
        self._found += [(number, field, reason) for number in self._numbers[new].tolist()]
        self.keep &= ~bad

    def note(self, field: str, bad: npt.NDArray[np.bool_], reason: str) -> None:
        """Tell that an optional value was dropped from the rows where `bad` holds, if they are kept."""
        self._notes += [(at, field, _KEPT.format(reason=reason)) for at in np.flatnonzero(bad).tolist()]

    def table(self, faults: list[tuple[int, str]]) -> pa.Table:
        """All rejects and notes, with rows that could not be read at all, by row number.

        Parameters
        ----------
        faults : list of (int, str)
            Row number and what the row does or is.
        """
        rows = [(number, None, _ROW.format(fault=reason)) for number, reason in faults] + self._found
        rows += [(int(self._numbers[at]), field, why) for at, field, why in self._notes if self.keep[at]]
        rows.sort(key=lambda row: row[0])
        return pa.table(
            {
                "file": pa.array([self._file] * len(rows), pa.string()),
                "row": pa.array([row[0] for row in rows], pa.int64()),
                "field": pa.array([row[1] for row in rows], pa.string()),
                "reason": pa.array([row[2] for row in rows], pa.string()),
            },
            schema=REJECT_SCHEMA,
        )
