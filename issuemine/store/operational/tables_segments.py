"""The table of saved segments, as its newest migration leaves it."""

from __future__ import annotations

import sqlalchemy as sa

from issuemine.store.operational.tables import UtcTime, metadata

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

segments = sa.Table(
    "segments",
    metadata,
    sa.Column("segment_id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("fields", sa.JSON, nullable=False),
    sa.Column("attributes", sa.JSON, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("saved_at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
"""Filters that have a name."""
