"""Reading what was published: the newest snapshot, moving on when the pointer does."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from issuemine.config import StoreSettings
from issuemine.errors import StoreError
from issuemine.messages import say
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.publish import digest


class Snapshot:
    """One published run, open for reading.

    ``snapshot_id`` is the run's id, ``info`` holds its totals, ``digest`` is the hash of the file and so
    names its content, wherever it lies.
    """

    def __init__(self, path: Path, settings: StoreSettings | None = None) -> None:
        self.path = path
        self.digest = digest(path)
        self.snapshot_id = path.stem
        self.database = Database(path, read_only=True, settings=settings)
        self.info: dict[str, Any] = self.database.table("snapshot/info").to_pylist()[0]

    def close(self) -> None:
        """Close the file."""
        self.database.close()


class Snapshots:
    """The snapshots of a warehouse folder.

    Parameters
    ----------
    layout : Layout
        The folder.
    settings : StoreSettings, optional
        Memory limit and threads of the reading connections.
    """

    def __init__(self, layout: Layout, settings: StoreSettings | None = None) -> None:
        self._layout = layout
        self._settings = settings
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._snapshot: Snapshot | None = None

    def current(self) -> Snapshot:
        """The newest published snapshot; cheap when the pointer has not moved.

        Raises
        ------
        StoreError
            If nothing is published yet, or the file is not the one that was published.
        """
        with self._lock:
            try:
                stat = self._layout.pointer.stat()
            except FileNotFoundError as error:
                raise StoreError(
                    say("Nothing has been published in {folder} yet.", folder=self._layout.folder),
                    say("Run 'issuemine run INPUT' first, or name another folder with --warehouse."),
                ) from error
            seen = (stat.st_ino, stat.st_mtime_ns)
            if self._snapshot is None or seen != self._seen:
                # The one before is left open: requests may still be reading it.
                self._snapshot, self._seen = self._open(), seen
            return self._snapshot

    def _open(self) -> Snapshot:
        try:
            pointer = json.loads(self._layout.pointer.read_text(encoding="utf-8"))
            path = self._layout.snapshots / pointer["snapshot"]
            snapshot = Snapshot(path, self._settings)
        except (OSError, ValueError, KeyError) as error:
            raise StoreError(
                say("The published snapshot of {folder} cannot be read.", folder=self._layout.folder),
                say("Run again to publish a new one."),
            ) from error
        if snapshot.digest != pointer.get("blake2b"):
            raise StoreError(
                say("The snapshot {path} is damaged.", path=path), say("Run again to publish a new one.")
            )
        return snapshot
