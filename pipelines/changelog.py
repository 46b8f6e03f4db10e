"""Keeping the change log: entries are checked and redacted before they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from issuemine.config import Settings
from issuemine.desk.redacting import redacted_changes
from issuemine.ingest.changelog import ChangeFile, read_changes
from issuemine.records_changes import Change
from issuemine.store.layout import Layout
from issuemine.store.operational import changes as entries
from issuemine.store.operational import open_operational
from pipelines.login import author_of


@dataclass(frozen=True)
class Imported:
    """What became of a file: what was read, and how many of its changes were new."""

    file: ChangeFile
    added: int

    @property
    def known(self) -> int:
        """Changes that the log had already."""
        return len(self.file.changes) - self.added


def import_changes(
    path: Path, settings: Settings, warehouse: Path, *, scope: Sequence[str], author: str | None
) -> Imported:
    """Take in the changes of a file; those that the log has already are passed over.

    Raises
    ------
    IngestError
        If the file cannot be read, or has no date or name column.
    StoreError
        If the operational store cannot be written.
    """
    file = read_changes(path, settings.ingest, scope)
    added = add_changes(file.changes, settings, warehouse, author=author)
    return Imported(file, sum(number is not None for number in added))


def add_changes(
    changes: Sequence[Change], settings: Settings, warehouse: Path, *, author: str | None
) -> list[int | None]:
    """Keep changes; the number of each entry, None where the log has it already."""
    layout = Layout(warehouse)
    layout.create()
    with open_operational(layout, settings.store) as store:
        kept = redacted_changes(changes, settings.clean)
        return entries.add(store, kept, at=datetime.now(UTC), author=author_of(author))


def remove_change(
    event_id: int, settings: Settings, warehouse: Path, *, author: str | None
) -> tuple[Change, int, bool]:
    """Take an entry back, or a removal; the change, the number of what was added, whether it holds now."""
    layout = Layout(warehouse)
    layout.create()
    with open_operational(layout, settings.store) as store:
        return entries.remove(store, event_id, at=datetime.now(UTC), author=author_of(author))


def list_changes(settings: Settings, warehouse: Path) -> dict[int, Change]:
    """The entries that hold, by their number, the earliest first."""
    layout = Layout(warehouse)
    layout.create()
    with open_operational(layout, settings.store) as store:
        return entries.log(store)
