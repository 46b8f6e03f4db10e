"""The risk ratio of one cause where there are several: what the others add is kept out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from issuemine.causes.cells import Cell
from issuemine.causes.estimates import Ratio, against_others


class Strata(Protocol):
    """Counts of all records by stratum."""

    def strata(self, cell: Cell | None = None, *, apart: Sequence[Cell] | None = None) -> pa.Table:
        """Counts of a combination's records, those of the combinations in ``apart`` left out."""
        ...


def around(cell: Cell, causes: Sequence[Cell]) -> Cell | None:
    """The narrowest other cause that a cause is part of."""
    parents = (other for other in causes if other != cell and other.items() <= cell.items())
    return max(parents, key=len, default=None)


def apart(
    counter: Strata,
    cell: Cell,
    counted: pa.Table,
    causes: Sequence[Cell],
    least: int,
    dispersion: float = 1.0,
) -> Ratio:
    """Risk ratio of a cause among records that no other cause raises.

    Where the cause is part of another one, all of its records are raised by that one too, so it is compared
    with the rest of that one. Where hardly any of its records lie outside of the others, all counted for it
    are compared.

    Parameters
    ----------
    counter : Strata
        Counts records, also those that were removed.
    cell : Cell
        The cause.
    counted : Table
        ``stratum``, ``records`` and ``total`` of the records that are told of it.
    causes : sequence of Cell
        All causes.
    least : int
        Fewest of its records outside of the others.
    dispersion : float, default 1
        Variance of counts over that of chance; see :func:`issuemine.causes.dispersion.dispersion`.

    Returns
    -------
    Ratio
        ``records`` and ``total`` are those told of it; ``expected`` follows from the ratio, so that it holds
        what the other causes add where they overlap.
    """
    others = [_beyond(other, cell) for other in causes if not other.items() <= cell.items()]
    inside = counter.strata(cell, apart=others) if others else counted
    if (pc.sum(inside["records"]).as_py() or 0) < least:
        inside = counted
    rest = counter.strata(around(cell, causes), apart=[*others, cell])
    found = against_others(inside, rest, dispersion)
    records, total = (float(pc.sum(counted[name]).as_py()) for name in ("records", "total"))
    expected = records / found.ratio if found.ratio > 0 else records
    return replace(found, records=records, total=total, expected=expected)


def _beyond(other: Cell, cell: Cell) -> Cell:
    """What to leave out for another cause: of one that is part of the cell, what it has more.

    That may act outside of the cell as well, so it is left out on both sides.
    """
    if not cell.items() <= other.items():
        return other
    return {number: code for number, code in other.items() if number not in cell}
