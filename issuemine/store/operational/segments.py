"""Saved segments: kept by name, replaced and removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from issuemine.records_segments import SavedSegment
from issuemine.store.operational.engine import Operational
from issuemine.store.operational.tables_segments import segments


def all_segments(store: Operational) -> list[SavedSegment]:
    """All segments in the order of their names."""
    with store.reading() as connection:
        rows = connection.execute(sa.select(segments).order_by(segments.c.name)).mappings()
        return [_segment(row) for row in rows]


def find(store: Operational, name: str) -> SavedSegment | None:
    """The segment of a name, or None."""
    with store.reading() as connection:
        row = connection.execute(sa.select(segments).where(segments.c.name == name)).mappings().first()
    return None if row is None else _segment(row)


def save(
    store: Operational,
    name: str,
    fields: Mapping[str, Sequence[str]],
    attributes: Mapping[str, str],
    *,
    author: str,
    at: datetime,
) -> tuple[SavedSegment, bool]:
    """Keep filters under a name, in the place of what was kept under it.

    Returns
    -------
    SavedSegment
        As it is kept now.
    bool
        Whether the name is new.
    """
    row = {
        "fields": {field: list(values) for field, values in fields.items()},
        "attributes": dict(attributes),
        "author": author,
        "saved_at": at,
    }
    with store.writing() as connection:
        there = segments.c.name == name
        made = connection.execute(segments.update().where(there).values(row).returning(segments))
        kept = made.mappings().first()
        if kept is not None:
            return _segment(kept), False
        made = connection.execute(segments.insert().values({"name": name} | row).returning(segments))
        return _segment(made.mappings().one()), True


def remove(store: Operational, name: str) -> int | None:
    """Forget a segment; its number, or None where there was none."""
    with store.writing() as connection:
        gone = connection.execute(
            segments.delete().where(segments.c.name == name).returning(segments.c.segment_id)
        )
        number = gone.scalar_one_or_none()
    return None if number is None else int(number)


def _segment(row: Mapping[Any, Any]) -> SavedSegment:
    names = ("segment_id", "name", "fields", "attributes", "author")
    return SavedSegment(**{name: row[name] for name in names})
