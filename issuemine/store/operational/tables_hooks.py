"""Table of conversations that helpdesks tell, as the newest migration leaves it."""

from __future__ import annotations

import sqlalchemy as sa

from issuemine.store.operational.tables import UtcTime, metadata

hook_conversations = sa.Table(
    "hook_conversations",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("external_id", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("accepted", sa.Integer, nullable=False),
    sa.Column("changed_at", UtcTime, nullable=False),
)
"""What all events so far tell of a conversation, redacted, and up to which revision the inbox has it."""
