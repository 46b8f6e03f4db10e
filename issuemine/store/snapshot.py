"""Reading what was published: the snapshot that is served, moving on when the pointer does."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, TypeAlias

from issuemine.config import StoreSettings
from issuemine.errors import DamagedError, NothingPublishedError
from issuemine.messages import retell, say, spoken
from issuemine.store.connection import Database
from issuemine.store.files import digest
from issuemine.store.layout import Layout
from issuemine.store.pointer import advice, newest_sound, pointed

_Seen: TypeAlias = tuple[tuple[int, int, int] | None, ...]


class Snapshot:
    """One published run, open for reading.

    ``snapshot_id`` is the run's id, ``info`` holds its totals, ``digest`` is the hash of the file and so
    names its content, wherever it lies.

    Parameters
    ----------
    path : Path
        The file.
    settings : StoreSettings, optional
        Memory limit and threads.
    blake2b : str, optional
        The hash that it had when it was published; default: any will do.

    Raises
    ------
    DamagedError
        If the file is missing or has another hash; it is not opened then.
    """

    def __init__(
        self, path: Path, settings: StoreSettings | None = None, *, blake2b: str | None = None
    ) -> None:
        self.path = path
        try:
            self.digest = digest(path)
        except FileNotFoundError as error:
            raise DamagedError(say("The snapshot {path} is missing.", path=path)) from error
        except OSError as error:
            raise DamagedError(
                say("The snapshot {path} cannot be read ({reason}).", path=path, reason=error.strerror)
            ) from error
        if blake2b is not None and self.digest != blake2b:
            raise DamagedError(say("The snapshot {path} is damaged.", path=path))
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
        self._seen: _Seen | None = None
        self._path = layout.pointer
        self._snapshot: Snapshot | None = None
        self._damage: DamagedError | None = None
        self._sound: str | None = None

    def current(self) -> Snapshot:
        """The snapshot that is served; cheap while neither it nor the pointer is touched.

        Raises
        ------
        NothingPublishedError
            If nothing is published yet.
        DamagedError
            If the pointer or its file is not what was written; names it and says what can be served.
        """
        with self._lock:
            if self._seen is None or self._seen != self._look():
                # The one before is left open: requests may still be reading it.
                self._open()
            if self._damage is not None:
                raise DamagedError(retell(self._damage.message), advice(self._sound))
            assert self._snapshot is not None  # noqa: S101 - there is the one or the other
            return self._snapshot

    def _open(self) -> None:
        self._snapshot = self._damage = self._seen = None
        self._path = self._layout.pointer
        seen = self._look()
        try:
            # In English, since another reader may ask in another language.
            with spoken("en"):
                pointer = pointed(self._layout)
                self._path = self._layout.snapshots / pointer["snapshot"]
                seen = self._look()
                self._snapshot = Snapshot(self._path, self._settings, blake2b=pointer["blake2b"])
        except NothingPublishedError:
            pointed(self._layout)
            raise
        except DamagedError as damage:
            self._damage, self._sound = damage, newest_sound(self._layout, self._path.stem)
        self._seen = seen

    def _look(self) -> _Seen:
        """What tells, without reading them, whether the pointer and the snapshot are untouched."""
        return tuple(_mark(path) for path in (self._layout.pointer, self._path))


def _mark(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
