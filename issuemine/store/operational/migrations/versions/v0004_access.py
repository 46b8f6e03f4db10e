"""Who may use the service: keys, sessions, the audit log, and answers to repeated writes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)

_SQLITE = (
    """
    CREATE TRIGGER api_audit_no_delete BEFORE DELETE ON api_audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END
    """,
    """
    CREATE TRIGGER api_audit_no_update BEFORE UPDATE ON api_audit WHEN OLD.status IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END
    """,
)
_POSTGRESQL = (
    """
    CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.status IS NULL THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the audit log is only added to';
    END
    $$
    """,
    """
    CREATE TRIGGER api_audit_no_change BEFORE UPDATE OR DELETE ON api_audit
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()
    """,
    """
    CREATE TRIGGER api_audit_no_truncate BEFORE TRUNCATE ON api_audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
)


def upgrade() -> None:
    """Make the tables and the triggers that keep the audit log."""
    op.create_table(
        "api_keys",
        sa.Column("key_id", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False, unique=True),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("expires_at", _TIME),
        sa.Column("used_at", _TIME),
        sa.Column("revoked_at", _TIME),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "api_sessions",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("key_id", _NUMBER, sa.ForeignKey("api_keys.key_id"), nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
    )
    op.create_table(
        "api_audit",
        sa.Column("audit_id", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("at", _TIME, nullable=False),
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
    op.create_table(
        "api_replies",
        sa.Column("owner", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("idempotency_key", sa.Text, primary_key=True),
        sa.Column("request_hash", sa.Text, nullable=False),
        sa.Column("at", _TIME, nullable=False, index=True),
        sa.Column("status", sa.Integer),
        sa.Column("headers", sa.JSON),
        sa.Column("body", sa.LargeBinary),
    )
    sqlite = op.get_context().dialect.name == "sqlite"
    for statement in _SQLITE if sqlite else _POSTGRESQL:
        op.execute(statement)
