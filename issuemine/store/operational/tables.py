"""Tables of the operational store, as its newest migration leaves them."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

metadata = sa.MetaData()


class UtcTime(sa.TypeDecorator[datetime]):
    """A point in time: kept in UTC, given back in UTC, also where the database knows no zones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time that could mean several points in time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Name the zone that SQLite forgets."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


curation_events = sa.Table(
    "curation_events",
    metadata,
    sa.Column(
        "event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True
    ),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("undoes", sa.ForeignKey("curation_events.event_id")),
    sqlite_autoincrement=True,
)
"""What people said of topics; a trigger refuses to change or delete a row."""

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

alert_deliveries = sa.Table(
    "alert_deliveries",
    metadata,
    sa.Column("delivery_id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("mode", sa.Text, nullable=False),
    sa.Column("contents", sa.JSON, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("due_at", UtcTime, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("failure", sa.Text),
    sa.Column("sent_at", UtcTime),
    sa.Index("alert_deliveries_waiting", "status", "due_at"),
    sqlite_autoincrement=True,
)
"""Messages on their way, or sent."""

alerts = sa.Table(
    "alerts",
    metadata,
    sa.Column("alert_id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("mode", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("episode_id", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("severity", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("due_at", UtcTime),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("delivery_id", _NUMBER, sa.ForeignKey("alert_deliveries.delivery_id")),
    sa.Column("forgotten_at", UtcTime),
    sa.Index("alerts_uncollected", "delivery_id", "due_at"),
    sqlite_autoincrement=True,
)
"""What rules tell by channels: one row a signal, rule and channel, for ever, so that none is told twice.

A row whose message was forgotten has no content and no message any more, and never gets one.
"""

alert_progress = sa.Table(
    "alert_progress", metadata, sa.Column("run_number", sa.Integer, primary_key=True, autoincrement=False)
)
"""One row: the run up to which signals have been turned into alerts, or were not meant to be."""

change_events = sa.Table(
    "change_events",
    metadata,
    sa.Column("event_id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("change", sa.JSON(none_as_null=True)),
    sa.Column("undoes", sa.ForeignKey("change_events.event_id")),
    sqlite_autoincrement=True,
)
"""The change log: entries, and events that take entries back; a trigger refuses to change or delete a row."""
