"""Hashes that identify records, texts and customers."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc


def record_id(source: str, external_id: str) -> str:
    """Identifier of a record: 16 hex digits of blake2b over its source and its identifier there."""
    return blake2b(f"{source}\x00{external_id}".encode(), digest_size=8).hexdigest()


def text_hash(text: str) -> str:
    """Identifier of a text, whoever wrote it: 32 hex digits of blake2b."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def keyed_hash(key: bytes, value: str) -> str:
    """Pseudonym of a customer: 32 hex digits of HMAC-SHA-256, of no use without the key.

    Parameters
    ----------
    key : bytes
        Secret of the installation.
    value : str
        What names the customer; surrounding space and letter case do not matter.
    """
    return hmac.digest(key, value.strip().casefold().encode(), "sha256").hex()[:32]


def content_hashes(
    columns: Iterable[tuple[pa.Field, pa.ChunkedArray]], n_rows: int, key: bytes = b""
) -> list[str]:
    """Hash what makes a record's content, so that a changed record is seen as changed.

    Parameters
    ----------
    columns : iterable of (pa.Field, pa.ChunkedArray)
        Columns that count. The order of a map's entries does not matter; that of a list does.
    n_rows : int
        Their length.
    key : bytes
        At most 64 bytes; where the content is not to be guessed from its hash.

    Returns
    -------
    list of str
        32 hex digits for each row.
    """
    names: list[str] = []
    values: list[Sequence[Any]] = []
    for field, column in columns:
        if column.null_count == n_rows:
            continue
        names.append(field.name)
        values.append(_plain(field, column))
    return [blake2b(line, digest_size=16, key=key).hexdigest() for line in _lines(names, values, n_rows)]


def _lines(names: list[str], values: list[Sequence[Any]], n_rows: int) -> Iterator[bytes]:
    for row in range(n_rows):
        # Missing values are left out: a column that a later schema adds changes no hash of older records.
        content = {
            name: column[row] for name, column in zip(names, values, strict=True) if column[row] is not None
        }
        yield orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def _plain(field: pa.Field, column: pa.ChunkedArray) -> Sequence[Any]:
    if pa.types.is_timestamp(field.type):
        return list(pc.cast(column, pa.int64()).to_pylist())
    if pa.types.is_map(field.type):
        return [None if entries is None else sorted(map(list, entries)) for entries in column.to_pylist()]
    return list(column.to_pylist())
