"""Tables in the stages' schemas, made from a few values."""

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from issuemine.records import RAW_RECORD_SCHEMA, RECORD_SCHEMA

_WHEN = datetime(2024, 5, 1, tzinfo=UTC)


def raw_records(*rows: dict[str, Any]) -> pa.Table:
    """Raw records; what a row leaves out is missing, except for the key and the time."""
    full = [
        {"source": "shop", "external_id": str(n), "created_at": _WHEN, **row} for n, row in enumerate(rows)
    ]
    return pa.Table.from_pylist(full, schema=RAW_RECORD_SCHEMA)


def records(*texts: str, **columns: Any) -> pa.Table:
    """Clean records of these texts; further columns hold for all rows."""
    rows = [
        {
            "record_id": f"{n:016x}",
            "source": "shop",
            "external_id": str(n),
            "created_at": _WHEN,
            "language": "en",
            "text": text,
            "content_hash": "",
            "boilerplate": [],
            **columns,
        }
        for n, text in enumerate(texts)
    ]
    return pa.Table.from_pylist(rows, schema=RECORD_SCHEMA)
