"""What is told is forgotten after some time; its key is not."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0004"


def upgrade() -> None:
    """Add the column."""
    op.add_column("alerts", sa.Column("forgotten_at", sa.DateTime(timezone=True)))
