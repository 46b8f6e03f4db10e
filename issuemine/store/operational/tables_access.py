"""Tables of the operational store for keys, sessions and writes, as its newest migration leaves them."""

from __future__ import annotations

import sqlalchemy as sa

from issuemine.store.operational.tables import UtcTime, metadata

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

api_keys = sa.Table(
    "api_keys",
    metadata,
    sa.Column("key_id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("prefix", sa.Text, nullable=False, unique=True),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("expires_at", UtcTime),
    sa.Column("used_at", UtcTime),
    sa.Column("revoked_at", UtcTime),
    sqlite_autoincrement=True,
)
"""Keys of the service, by their hashes; none is ever deleted, so that the audit log can name it."""

api_sessions = sa.Table(
    "api_sessions",
    metadata,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("key_id", _NUMBER, sa.ForeignKey("api_keys.key_id"), nullable=False),
    sa.Column("expires_at", UtcTime, nullable=False),
)
"""Browsers that have signed in, by the hashes of their cookies."""

api_audit = sa.Table(
    "api_audit",
    metadata,
    sa.Column("audit_id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("key_id", _NUMBER),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("route", sa.Text, nullable=False),
    sa.Column("target", sa.JSON, nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("changed", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)
"""Every write. A trigger refuses to delete a row, and to change one whose status is known."""

api_replies = sa.Table(
    "api_replies",
    metadata,
    sa.Column("owner", _NUMBER, primary_key=True, autoincrement=False),
    sa.Column("idempotency_key", sa.Text, primary_key=True),
    sa.Column("request_hash", sa.Text, nullable=False),
    sa.Column("at", UtcTime, nullable=False, index=True),
    sa.Column("status", sa.Integer),
    sa.Column("headers", sa.JSON),
    sa.Column("body", sa.LargeBinary),
)
"""Answers to writes with an Idempotency-Key; without a status while the write is under way."""
