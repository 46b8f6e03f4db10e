"""What happened outside of the records: rows are added, never changed or deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SQLITE = """
CREATE TRIGGER change_events_no_{verb} BEFORE {verb} ON change_events
BEGIN
    SELECT RAISE(ABORT, 'entries of the change log are never changed');
END
"""
_FUNCTION = """
CREATE FUNCTION refuse_change_of_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries of the change log are never changed';
END
$$
"""
_POSTGRESQL = """
CREATE TRIGGER change_events_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON change_events
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log()
"""


def upgrade() -> None:
    """Make the table and the triggers that keep it append-only."""
    op.create_table(
        "change_events",
        sa.Column("event_id", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("change", sa.JSON),
        sa.Column("undoes", sa.ForeignKey("change_events.event_id")),
        sqlite_autoincrement=True,
    )
    if op.get_context().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(verb=verb))
    else:
        op.execute(_FUNCTION)
        op.execute(_POSTGRESQL)
