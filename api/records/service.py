"""Rejected rows read from a snapshot."""

from __future__ import annotations

from typing import Any

from api.deps import Reading
from api.paging import encode
from issuemine.messages import retell


def rejects(read: Reading, run_id: str | None, limit: int, skip: int) -> dict[str, Any]:
    """A page of rejected rows, their reasons in the language in force (they are stored in English)."""
    values = {"run_id": run_id, "rows": limit + 1, "skip": skip}
    rows = read.database.table("read/reject_page", values).to_pylist()
    for row in rows:
        row["reason"] = retell(row["reason"])
    return {
        "snapshot": read.snapshot.snapshot_id,
        "rejects": rows[:limit],
        "next_cursor": encode([skip + limit]) if len(rows) > limit else None,
    }
