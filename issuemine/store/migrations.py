"""Numbered migrations of the warehouse, applied in order and each at most once."""

from __future__ import annotations

from importlib.resources import files

from issuemine.errors import StoreError
from issuemine.messages import say
from issuemine.store.connection import Database


def available() -> dict[int, str]:
    """Text of each migration by its number, in order."""
    folder = files("issuemine.store") / "migrations"
    scripts = sorted(item for item in folder.iterdir() if item.name.endswith(".sql"))  # type: ignore[type-var]
    return {int(item.name.split("_")[0]): item.read_text(encoding="utf-8") for item in scripts}


def migrate(database: Database) -> list[int]:
    """Bring a warehouse up to date and return the numbers of the migrations that it lacked.

    Raises
    ------
    StoreError
        If the warehouse was made by a newer version.
    """
    database.execute("migrations/create")
    applied = set(database.table("migrations/applied")["number"].to_pylist())
    known = available()
    if applied - known.keys():
        raise StoreError(
            say("{path} was made by a newer version of issuemine.", path=database.path),
            say("Upgrade issuemine and try again."),
        )
    missing = [number for number in known if number not in applied]
    for number in missing:
        with database.transaction():
            database.script(known[number])
            database.execute("migrations/record", {"number": number})
    return missing
