"""The audit log, read from the operational store."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from api.paging import encode
from issuemine.store.operational import Operational, writes


def entries(store: Operational | None, limit: int, before: int | None) -> dict[str, Any]:
    """A page of it; empty where nobody has written anything yet."""
    found = writes.audit(store, limit + 1, before) if store is not None else []
    page = found[:limit]
    return {
        "entries": [asdict(entry) for entry in page],
        "next_cursor": encode([page[-1].audit_id]) if len(found) > limit else None,
    }
