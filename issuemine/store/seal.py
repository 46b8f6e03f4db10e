"""The warehouse's seal: its digest at the end of a run, checked before the next one writes.

DuckDB checks the checksum of each block that it reads, so damage to a block that nobody reads stays
hidden; the seal covers the whole file. A run breaks it and, when done, makes a new one; a run that was
cut off leaves none, and the warehouse is then opened with DuckDB's checks alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from issuemine.errors import DamagedError
from issuemine.messages import say
from issuemine.store.files import digest, digest_of_parts, quickest, read_json, write_json
from issuemine.store.layout import Layout


def seal(layout: Layout) -> None:
    """Note the digest of the warehouse, which must be closed."""
    name = quickest()
    noted = {"hash": name, "of_parts": digest_of_parts(layout.warehouse, name)}
    write_json(layout.seal, noted | {"bytes": layout.warehouse.stat().st_size})


def check_seal(layout: Layout) -> None:
    """Check that the warehouse is the one that the last run left.

    Raises
    ------
    DamagedError
        If it is missing though something was published, or is not, byte for byte, what was sealed.
    """
    if not layout.warehouse.exists():
        if layout.seal.exists() or any(layout.snapshots.glob("*.duckdb")):
            raise DamagedError(
                say("The warehouse {path} is missing, though runs were published.", path=layout.warehouse),
                say("Restore a backup with 'issuemine restore', or start anew in another folder."),
            )
        return
    try:
        noted = read_json(layout.seal)
    except (OSError, ValueError):
        return
    if not _holds(layout, noted):
        raise DamagedError(
            say("The warehouse {path} is not as the last run left it.", path=layout.warehouse),
            say(
                "Restore a backup with 'issuemine restore'. If you changed it on purpose, delete {seal}.",
                seal=layout.seal,
            ),
        )


def break_seal(layout: Layout) -> None:
    """Forget the digest, before the warehouse is written to."""
    layout.seal.unlink(missing_ok=True)


def _holds(layout: Layout, noted: Mapping[str, Any]) -> bool:
    if layout.warehouse.stat().st_size != noted.get("bytes"):
        return False
    if "blake2b" in noted:  # a seal of an earlier version: the hash of the file in one piece
        return bool(digest(layout.warehouse) == noted["blake2b"])
    try:
        return bool(digest_of_parts(layout.warehouse, noted["hash"]) == noted["of_parts"])
    except KeyError:
        return False
