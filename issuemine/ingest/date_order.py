"""In which order a file writes day, month and year: votes of its rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from issuemine.errors import IngestError
from issuemine.ingest.dates import ORDERS, Order, dubious, parse_times
from issuemine.messages import say

_MOST_AGAINST = 0.05


class OrderVote:
    """Count, over the rows seen, which orders can be read and where two of them would differ.

    Attributes
    ----------
    seen : int
        Values that are not blank.
    readable : int
        Values that are a date in some order.
    """

    def __init__(self) -> None:
        self.seen = 0
        self.readable = 0
        self._fits = dict.fromkeys(ORDERS, 0)
        self._alone = {(one, other): 0 for one in ORDERS for other in ORDERS}
        self._differ = {(one, other): 0 for one in ORDERS for other in ORDERS}

    def add(self, values: pa.Array) -> None:
        """Count a stretch of the column.

        Parameters
        ----------
        values : pyarrow.Array, length n
            Text, numbers or Arrow times; typed values and dates that lead with the year settle nothing.
        """
        if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
            self.seen += len(values) - values.null_count
            self.readable += pc.count(parse_times(values, "ymd", "UTC")).as_py()
            return
        counts = pc.value_counts(pc.utf8_trim_whitespace(values).drop_null())
        texts, weights = counts.field("values"), np.asarray(counts.field("counts"))
        full = np.asarray(pc.not_equal(texts, ""))
        self.seen += int(weights[full].sum())
        open_ = np.asarray(dubious(texts))
        plain = parse_times(texts.filter(pa.array(full & ~open_)), "ymd", "UTC")
        self.readable += int(weights[full & ~open_][np.asarray(pc.is_valid(plain))].sum())
        if open_.any():
            self._add_open(texts.filter(pa.array(open_)), weights[open_])

    def _add_open(self, texts: pa.Array, weights: npt.NDArray[np.int64]) -> None:
        read = {order: parse_times(texts, order, "UTC") for order in ORDERS}
        fits = {order: np.asarray(pc.is_valid(times)) for order, times in read.items()}
        # Two-digit years come first with dots or hyphens (21.02.23), not with slashes.
        fits["ymd"] &= ~np.asarray(pc.match_substring(texts, "/"))
        self.readable += int(weights[np.logical_or.reduce(list(fits.values()))].sum())
        for one in ORDERS:
            self._fits[one] += int(weights[fits[one]].sum())
            for other in ORDERS:
                self._alone[one, other] += int(weights[fits[one] & ~fits[other]].sum())
                unlike = np.asarray(pc.fill_null(pc.not_equal(read[one], read[other]), False))
                self._differ[one, other] += int(weights[fits[one] & fits[other] & unlike].sum())

    @property
    def _ranked(self) -> list[Order]:
        return sorted(ORDERS, key=lambda order: (-self._fits[order], ORDERS.index(order)))

    @property
    def decided(self) -> bool:
        """Whether the rows so far leave one reading only."""
        best, second, _ = self._ranked
        return self.readable > 0 and (self._fits[best] == 0 or self._fits[best] > self._fits[second])

    def order(self, path: Path, column: str) -> Order:
        """The order of the file.

        Raises
        ------
        IngestError
            If two orders fit all rows and mean different dates, or different rows need different orders.
        """
        best, second, _ = self._ranked
        against = self._alone[second, best]
        if against > _MOST_AGAINST * self._fits[best]:
            raise self._undecided(
                path, column, say("some rows fit only one order, others only another"), best
            )
        if any(self._fits[order] == self._fits[best] and self._differ[best, order] for order in ORDERS):
            raise self._undecided(path, column, say("every date fits more than one order"), best)
        return best

    def _undecided(self, path: Path, column: str, why: str, best: Order) -> IngestError:
        return IngestError(
            say(
                "Day and month cannot be told apart in column {column!r} of {path}: {why}.",
                column=column,
                path=path,
                why=why,
            ),
            say(
                'Set ingest.date_order to "dmy" (day first), "mdy" (month first) or "ymd", '
                'such as date_order = "{best}".',
                best=best,
            ),
        )
