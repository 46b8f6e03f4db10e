"""Encoder spaces: how a space's texts become vectors and intents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

Texts = pa.Table
"""Columns ``text_hash``, ``text`` and ``tokens``, one row a distinct text."""


@dataclass(frozen=True)
class Space:
    """One encoder with the intent classifier that goes with it.

    ``encode`` gives unit vectors ``(n_texts, dim)`` of a table of texts; ``classify`` intent
    probabilities ``(n_texts, 6)`` of texts and their vectors; ``encode_phrases`` vectors of a few short
    phrases, for naming, or is None where phrases cannot be encoded.
    """

    name: str
    revision: str
    dim: int
    encode: Callable[[Texts], np.ndarray]
    classifier: str
    classify: Callable[[Texts, np.ndarray], np.ndarray]


def matrix(column: pa.ChunkedArray, dim: int) -> np.ndarray:
    """Vectors of an Arrow column of fixed-size lists as a float32 array ``(n, dim)``."""
    values = column.combine_chunks().flatten() if len(column) else pa.array([], pa.float32())
    return values.to_numpy(zero_copy_only=False).astype(np.float32, copy=False).reshape(-1, dim)


def vectors_column(vectors: np.ndarray) -> pa.FixedSizeListArray:
    """A float32 array ``(n, dim)`` as an Arrow column of fixed-size lists."""
    flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).reshape(-1))
    return pa.FixedSizeListArray.from_arrays(flat, vectors.shape[1])
