"""Trends read from a snapshot."""

from __future__ import annotations

from typing import Any

from api.deps import Reading
from api.topics.service import unknown
from issuemine.store.reading import Window


def trend(read: Reading, topic_id: str, window: Window, step: str) -> dict[str, Any]:
    """Records of a topic in steps of time."""
    if not read.database.table("read/topic", {"topic_id": topic_id}).num_rows:
        raise unknown(topic_id)
    values = {"topic_id": topic_id, "first": window.first, "last": window.last, "step": step}
    return {
        "snapshot": read.snapshot.snapshot_id,
        "topic_id": topic_id,
        "window": {"first": window.first, "last": window.last, "growth_days": window.growth_days},
        "step": step,
        "points": read.database.table("read/trend", values).to_pylist(),
    }
