"""How much more rates vary among records than chance alone would make them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pyarrow as pa

from issuemine.causes.cells import Cell, Cells, Numbers

_LEAST_EXPECTED = 5.0
"""Records expected of a value from which its chi-square can be told (Cochran's rule)."""
_LEAST_FREEDOM = 10
"""Degrees of freedom from which a variance is worth telling: fewer are a matter of one or two values."""


class Counter(Protocol):
    """Counts records, also those that were removed."""

    def cuboids(self, sets: Sequence[Sequence[int]], *, apart: Sequence[Cell] | None = None) -> pa.Table:
        """Counts by sets of attributes, those of the combinations in ``apart`` left out."""
        ...


def dispersion(counter: Counter, width: int, causes: Sequence[Cell]) -> float:
    """Variance of counts over that of chance, where no known cause acts.

    Parameters
    ----------
    counter : Counter
        Counts records, also those that were removed.
    width : int
        Number of attributes.
    causes : sequence of Cell
        The causes that are known; their records are left out.

    Returns
    -------
    float
        Pearson's chi-square of the values of each attribute over its degrees of freedom, at least 1
        (McCullagh and Nelder, Generalized Linear Models, 1989, section 4.5). Above 1 where causes act that
        were not found, or that were named too narrow or too wide. 1 where too few values can be told.
    """
    table = counter.cuboids([[], *([number + 1] for number in range(width))], apart=list(causes))
    cells = Cells.of(table, width)
    root = cells.find({})
    if root is None or cells.records[root] <= 0:
        return 1.0
    records, total = cells.records[root], cells.total[root]
    expected = cells.base * records / max(cells.base[root], 1e-9)
    chi_square, freedom = 0.0, 0
    for number in range(width):
        of_attribute = cells.cuboids == 1 << number
        found, hoped = _pooled(cells.records[of_attribute], expected[of_attribute])
        # An attribute's counts add up to the whole, so one of its values tells nothing new.
        if len(found) > 1:
            chi_square += float(((found - hoped) ** 2 / hoped).sum())
            freedom += len(found) - 1
    if freedom < _LEAST_FREEDOM:
        return 1.0
    return max(chi_square / float(max(1 - records / total, 1e-9)) / freedom, 1.0)


def _pooled(records: Numbers, expected: Numbers) -> tuple[Numbers, Numbers]:
    """Counts of values, those of which too few are expected taken together."""
    rare = expected < _LEAST_EXPECTED
    found, hoped = (
        np.append(counts[~rare], counts[rare].sum()) if rare.any() else counts
        for counts in (records, expected)
    )
    enough = hoped >= _LEAST_EXPECTED
    return found[enough], hoped[enough]
