"""Rows of a table as CSV, JSON Lines or Parquet, a batch at a time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Literal, get_args

import orjson
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, parquet

Format = Literal["csv", "jsonl", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
BATCH_ROWS = {"csv": 5_000, "jsonl": 5_000, "parquet": 50_000}
"""Rows that are in memory at a time. Each batch is a row group of Parquet, which wants large ones."""

_BYTE_ORDER_MARK = "\ufeff".encode()
_FORMULA = r"^('*[\s\p{Z}]*[=+\-@＝＋－＠]|'*[\t\r\n])"
_LINES = orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z


def encoded(rows: pa.RecordBatchReader, form: Format) -> Iterator[bytes]:
    """A table in one of the formats.

    Parameters
    ----------
    rows : pa.RecordBatchReader
        The table.
    form : {"csv", "jsonl", "parquet"}
        - ``csv``: UTF-8 with a byte order mark, by which spreadsheets know it, and a first row of names.
          Texts stand in quotes, an empty one as ``""``, what is missing as nothing; times are RFC 3339 in
          UTC; lists and maps are JSON. No text begins as a formula does: see :func:`harmless`.
        - ``jsonl``: a JSON object a line; times are RFC 3339 in UTC.
        - ``parquet``: columns of the table's own types, compressed with Zstandard.

    Yields
    ------
    bytes
        Parts of the file, as many rows each as ``rows`` gives at a time.
    """
    return _ENCODERS[form](rows)


def harmless(texts: pa.Array) -> pa.Array:
    """Texts of which no spreadsheet makes a formula.

    An apostrophe goes before each text that begins, after any apostrophes and spaces, with one of
    ``= + - @`` or their full-width forms, or, after any apostrophes, with a tab or a line break
    (OWASP, CSV Injection). Whoever wants the text itself takes one apostrophe off again where such a
    beginning follows it; nothing else is changed.
    """
    return pc.replace_substring_regex(texts, pattern=_FORMULA, replacement=r"'\1", max_replacements=1)


class _Sink(io.RawIOBase):
    """A file that is read while it is written."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """It can be written."""
        return True

    def write(self, part: object) -> int:
        """Keep a part until it is taken."""
        self._parts.append(bytes(part))  # type: ignore[call-overload]
        return len(self._parts[-1])

    def taken(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _csv(rows: pa.RecordBatchReader) -> Iterator[bytes]:
    sink = _Sink()
    schema = pa.schema([(field.name, _cell_type(field.type)) for field in rows.schema])
    yield _BYTE_ORDER_MARK
    with csv.CSVWriter(sink, schema, write_options=csv.WriteOptions(quoting_style="needed")) as writer:
        for batch in rows:
            cells = [_cells(column, kind) for column, kind in zip(batch.columns, schema.types, strict=True)]
            writer.write_batch(pa.record_batch(cells, schema=schema))
            yield sink.taken()
    yield sink.taken()


def _cell_type(kind: pa.DataType) -> pa.DataType:
    plain = not pa.types.is_nested(kind) and not pa.types.is_timestamp(kind)
    return kind if plain else pa.string()


def _cells(column: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column, format="%Y-%m-%dT%H:%M:%SZ")
    if pa.types.is_nested(column.type):
        values = column.to_pylist(maps_as_pydicts="strict")
        told = [None if value is None else orjson.dumps(value, option=orjson.OPT_UTC_Z) for value in values]
        return pa.array(told, pa.binary()).cast(pa.string())
    return harmless(column) if kind == pa.string() else column


def _jsonl(rows: pa.RecordBatchReader) -> Iterator[bytes]:
    for batch in rows:
        yield b"".join(orjson.dumps(row, option=_LINES) for row in batch.to_pylist(maps_as_pydicts="strict"))


def _parquet(rows: pa.RecordBatchReader) -> Iterator[bytes]:
    sink = _Sink()
    with parquet.ParquetWriter(sink, rows.schema, compression="zstd") as writer:
        for batch in rows:
            writer.write_batch(batch)
            yield sink.taken()
    yield sink.taken()


_ENCODERS: dict[Format, Callable[[pa.RecordBatchReader], Iterator[bytes]]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
}
