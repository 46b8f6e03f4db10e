"""Batches without padding: texts sorted by length, packed end to end up to a token budget.

A batch is one flat row of tokens. Everything that works on single tokens (projections, layer norms)
sees the flat row; attention and pooling see *runs*, neighbouring texts of equal length, so that neither
padding nor a mask is ever needed and the vector of a text does not depend on longer neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Indices = npt.NDArray[np.int64]

TOKENIZED_AT_ONCE = 8_192
"""The tokenizer's own objects are large, so only this many texts are held in them."""


@dataclass(frozen=True, slots=True)
class TokenTable:
    """Token ids of many texts, end to end: text ``i`` is ``ids[offsets[i]:offsets[i + 1]]``."""

    ids: npt.NDArray[np.int32]
    offsets: Indices

    @property
    def lengths(self) -> Indices:
        """Tokens of each text, shape ``(n_texts,)``."""
        return np.diff(self.offsets)


@dataclass(frozen=True, slots=True)
class PackedBatch:
    """Some texts of a table, sorted by length and packed end to end.

    Attributes
    ----------
    texts : ndarray of int64, shape ``(n_batch,)``
        Which texts of the table.
    ids, positions : ndarray of int64, shape ``(n_tokens,)``
        Their tokens, and each token's place in its own text.
    runs : tuple of (start, count, length)
        ``count`` texts of ``length`` tokens each, from token ``start`` on.
    """

    texts: Indices
    ids: Indices
    positions: Indices
    runs: tuple[tuple[int, int, int], ...]


def tokenize(tokenizer: Tokenizer, texts: Sequence[str]) -> TokenTable:
    """Tokenize texts, special tokens included, truncated as the tokenizer is set to."""
    chunks: list[npt.NDArray[np.int32]] = []
    lengths: list[int] = []
    for start in range(0, len(texts), TOKENIZED_AT_ONCE):
        for encoding in tokenizer.encode_batch_fast(list(texts[start : start + TOKENIZED_AT_ONCE])):
            chunks.append(np.asarray(encoding.ids, dtype=np.int32))
            lengths.append(len(encoding.ids))
    offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return TokenTable(np.concatenate(chunks) if chunks else np.empty(0, dtype=np.int32), offsets)


def plan(lengths: Indices, batch_tokens: int) -> list[Indices]:
    """Cut texts into batches of at most ``batch_tokens`` tokens, shortest texts first.

    A text longer than the budget is a batch of its own. Texts of equal length keep their order.
    """
    order = np.argsort(lengths, kind="stable")
    batches: list[Indices] = []
    start = 0
    ends = np.cumsum(lengths[order])
    while start < len(order):
        done = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, done + batch_tokens, side="right")))
        batches.append(order[start:stop])
        start = stop
    return batches


def pack(table: TokenTable, texts: Indices) -> PackedBatch:
    """Pack the given texts of a table, which must be sorted by length."""
    lengths = table.lengths[texts]
    starts = np.concatenate(([0], np.cumsum(lengths)))
    positions = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
    ids = table.ids[np.repeat(table.offsets[texts], lengths) + positions].astype(np.int64)
    return PackedBatch(texts, ids, positions, tuple(_runs(lengths, starts)))


def _runs(lengths: Indices, starts: Indices) -> Iterator[tuple[int, int, int]]:
    changes = np.flatnonzero(np.diff(lengths)) + 1
    for first, last in pairwise([0, *changes.tolist(), len(lengths)]):
        yield int(starts[first]), last - first, int(lengths[first])
