"""A snapshot as lines of JSON in an order that does not depend on how it was made.

Two runs over the same input give byte-equal exports: rows are ordered by all of their columns, maps by
their keys, and nothing that depends on the clock or the machine is told of a run.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import pyarrow as pa

from issuemine.store.snapshot import Snapshot

FLOAT_DIGITS = 6
"""Significant digits of a number: what a 32-bit float holds for sure."""

_OF_RUNS = ("run_id", "as_of", "outcome")


def export_lines(snapshot: Snapshot) -> Iterator[bytes]:
    """Every row of every table, a line each: ``{"table": ..., "row": {...}}``.

    Parameters
    ----------
    snapshot : Snapshot
        What is exported.

    Yields
    ------
    bytes
        A JSON object and a line break. Tables come in alphabetical order, rows ordered by all columns;
        times are in UTC, numbers have ``FLOAT_DIGITS`` significant digits, and of a run there are
        ``run_id``, ``as_of``, ``outcome`` and ``counts`` alone.
    """
    for table in snapshot.database.tables():
        with snapshot.database.rows(table) as reader:
            for batch in reader:
                columns = [
                    [_plain(value, field.type) for value in batch[field.name].to_pylist()]
                    for field in batch.schema
                ]
                for values in zip(*columns, strict=True):
                    row = dict(zip(batch.schema.names, values, strict=True))
                    line = {"table": table, "row": _of_run(row) if table == "runs" else row}
                    yield orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)


def _of_run(row: dict[str, Any]) -> dict[str, Any]:
    manifest = orjson.loads(row["manifest"]) if row["manifest"] else {}
    return {name: row[name] for name in _OF_RUNS} | {
        "counts": dict(sorted(manifest.get("counts", {}).items()))
    }


def _plain(value: Any, kind: pa.DataType) -> Any:
    """A value as JSON can hold it, the same whatever made it."""
    if value is None:
        return None
    if pa.types.is_map(kind):
        pairs = [(str(key), _plain(item, kind.item_type)) for key, item in value]
        return dict(sorted(pairs))
    if pa.types.is_struct(kind):
        return {field.name: _plain(value[field.name], field.type) for field in kind}
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        return [_plain(item, kind.value_type) for item in value]
    if isinstance(value, float):
        return float(f"{value:.{FLOAT_DIGITS}g}") + 0.0 if math.isfinite(value) else None
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat()
    if isinstance(value, str | int | bool):
        return value
    return str(value)
