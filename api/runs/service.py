"""Runs read from a snapshot."""

from __future__ import annotations

from typing import Any

import orjson

from api.deps import Reading
from api.paging import encode


def runs(read: Reading, limit: int, skip: int) -> dict[str, Any]:
    """A page of runs, newest first."""
    rows = read.database.table("read/runs", {"run_id": None, "rows": limit + 1, "skip": skip}).to_pylist()
    for row in rows:
        row["manifest"] = orjson.loads(row["manifest"]) if row["manifest"] else None
    return {
        "snapshot": read.snapshot.snapshot_id,
        "runs": rows[:limit],
        "next_cursor": encode([skip + limit]) if len(rows) > limit else None,
    }
