"""What is told to people: alerts, the messages that tell them, and up to which run that was done."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "alert_deliveries",
        sa.Column("delivery_id", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("contents", sa.JSON, nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("failure", sa.Text),
        sa.Column("sent_at", _TIME),
        sqlite_autoincrement=True,
    )
    op.create_index("alert_deliveries_waiting", "alert_deliveries", ["status", "due_at"])
    op.create_table(
        "alerts",
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
        sa.Column("due_at", _TIME),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("delivery_id", _NUMBER, sa.ForeignKey("alert_deliveries.delivery_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("alerts_uncollected", "alerts", ["delivery_id", "due_at"])
    op.create_table(
        "alert_progress", sa.Column("run_number", sa.Integer, primary_key=True, autoincrement=False)
    )
