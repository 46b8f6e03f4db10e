"""Brings the tables of the operational store up to date, by the Alembic scripts beside this file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from issuemine.errors import StoreError
from issuemine.messages import say

SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection, place: str) -> None:
    """Apply the migrations that are missing, in the caller's transaction.

    Parameters
    ----------
    connection : Connection
        A connection that has its turn to write.
    place : str
        Where the store lies, as told to people.

    Raises
    ------
    StoreError
        If the store was made by a newer version.
    """
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    applied = set(MigrationContext.configure(connection).get_current_heads())
    if applied - known:
        raise StoreError(
            say("{path} was made by a newer version of issuemine.", path=place),
            say("Upgrade issuemine and try again."),
        )
    if applied != set(scripts.get_heads()):
        command.upgrade(config, "head")
