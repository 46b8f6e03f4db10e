"""A stretch of a file as columns: what every reader yields, whatever the format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

CHUNK_CHARS = 1 << 25
"""A chunk is closed when it holds this many characters, however few its rows: memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of a file.

    Attributes
    ----------
    columns : dict of str to pyarrow.Array
        Column name to its values, all of length ``n_rows``; text as string, Parquet types as they are.
    numbers : ndarray of int64, shape (n_rows,)
        Number of each row among the file's data rows, from 1.
    faults : list of (int, str)
        Rows that could not be read at all: number and reason.
    """

    columns: Mapping[str, pa.Array]
    numbers: npt.NDArray[np.int64]
    faults: list[tuple[int, str]]

    @property
    def rows(self) -> int:
        """Data rows of the file that this chunk stands for, the unreadable ones included."""
        return len(self.numbers) + len(self.faults)


def text_chunk(
    names: Sequence[str],
    values: Sequence[Sequence[str | None]],
    numbers: Sequence[int],
    faults: list[tuple[int, str]],
) -> Chunk:
    """Make a chunk of text columns; `values` holds one sequence per name."""
    columns = {name: pa.array(cells, pa.string()) for name, cells in zip(names, values, strict=True)}
    return Chunk(columns, np.asarray(numbers, dtype=np.int64), faults)
