"""What people said of topics: rows are added, never changed or deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SQLITE = """
CREATE TRIGGER curation_events_no_{verb} BEFORE {verb} ON curation_events
BEGIN
    SELECT RAISE(ABORT, 'curation events are never changed');
END
"""
_FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'curation events are never changed';
END
$$
"""
_POSTGRESQL = """
CREATE TRIGGER curation_events_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON curation_events
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    """Make the table and the triggers that keep it append-only."""
    op.create_table(
        "curation_events",
        sa.Column(
            "event_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("undoes", sa.ForeignKey("curation_events.event_id")),
        sqlite_autoincrement=True,
    )
    if op.get_context().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(verb=verb))
    else:
        op.execute(_FUNCTION)
        op.execute(_POSTGRESQL)
