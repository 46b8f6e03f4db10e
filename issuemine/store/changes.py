"""Change points of topics, with what came shortly before them, read from a snapshot."""

from __future__ import annotations

from typing import Any

from issuemine.store.connection import Database


def change_points(database: Database, topic_id: str) -> list[dict[str, Any]]:
    """Change points of a topic, the newest first; none in a snapshot that knew none yet.

    Parameters
    ----------
    database : Database
        An open snapshot.
    topic_id : str
        The topic.

    Returns
    -------
    list of dict
        The columns of ``topic_change_points``, and ``candidates``: those of ``topic_changes``, the best
        first.
    """
    if not database.value("changes/has"):
        return []
    values = {"topic_id": topic_id}
    candidates: dict[Any, list[dict[str, Any]]] = {}
    for row in database.table("changes/candidates", values).to_pylist():
        candidates.setdefault(row.pop("day"), []).append(row | {"scope": dict(row["scope"])})
    points: list[dict[str, Any]] = database.table("changes/points", values).to_pylist()
    return [point | {"candidates": candidates.get(point["day"], [])} for point in points]
