"""Reading what was published: the snapshot that is served, moving on when the pointer does."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from issuemine.config import StoreSettings
from issuemine.errors import DamagedError, NothingPublishedError, StoreError
from issuemine.messages import retell, say, spoken
from issuemine.store.connection import Database
from issuemine.store.files import digest
from issuemine.store.layout import Layout
from issuemine.store.pointer import advice, newest_sound, pointed
from issuemine.store.tally import Tally

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
        self._idle: deque[Database] = deque()
        self._counting = threading.Lock()
        self._tally: Tally | None = None

    @property
    def tally(self) -> Tally:
        """What is counted from memory; read when it is first asked for, a second for a million records."""
        with self._counting:
            if self._tally is None:
                # Kept open: attributes of very many values are looked up when they are asked for.
                self._tally = Tally(self.database.cursor())
            return self._tally

    @contextmanager
    def borrowed(self) -> Iterator[Database]:
        """A connection that nobody else uses meanwhile; it is kept for whoever comes next."""
        try:
            database = self._idle.pop()
        except IndexError:
            database = self.database.cursor()
        try:
            yield database
        finally:
            self._idle.append(database)

    def close(self) -> None:
        """Close the file."""
        while self._idle:
            self._idle.pop().close()
        self.database.close()


def prepare(snapshot: Snapshot) -> None:
    """Read what is counted from memory, before the first reader waits for it."""
    with suppress(StoreError):  # told to whoever asks for it
        _ = snapshot.tally


class Snapshots:
    """The snapshots of a warehouse folder.

    One that is served no more stays open as long as somebody reads it, and is closed with the last reader.

    Parameters
    ----------
    layout : Layout
        The folder.
    settings : StoreSettings, optional
        Memory limit and threads of the reading connections.
    prepare : callable, optional
        Called with each snapshot before it is served.
    """

    def __init__(
        self,
        layout: Layout,
        settings: StoreSettings | None = None,
        prepare: Callable[[Snapshot], object] | None = None,
    ) -> None:
        self._layout = layout
        self._settings = settings
        self._prepare = prepare
        self._lock = threading.Lock()
        self._now: _Known | None = None

    def unchanged(self) -> Snapshot | None:
        """The snapshot that is served; None where :meth:`current` must look what has become of it."""
        now = self._now
        return now.snapshot if now is not None and now.seen == self._look(now.path) else None

    def current(self) -> Snapshot:
        """The snapshot that is served; cheap while neither it nor the pointer is touched.

        While one reader opens a new snapshot, others go on with the one before.

        Raises
        ------
        NothingPublishedError
            If nothing is published yet.
        DamagedError
            If the pointer or its file is not what was written; names it and says what can be served.
        """
        now = self._now
        if now is None or now.seen != self._look(now.path):
            now = self._moved(now)
        if now.snapshot is None:
            raise DamagedError(retell(now.damage), advice(now.sound))
        return now.snapshot

    def _moved(self, before: _Known | None) -> _Known:
        """What is served now that the pointer or the file was touched."""
        serving = before is not None and before.snapshot is not None
        if serving and not self._lock.acquire(blocking=False):
            assert before is not None  # noqa: S101 - for the type checker
            return before
        if not serving:
            self._lock.acquire()
        try:
            now = self._now
            if now is None or now.seen != self._look(now.path):
                now = self._now = self._open()
            return now
        finally:
            self._lock.release()

    def _open(self) -> _Known:
        while True:
            path = self._layout.pointer
            seen = self._look(path)
            try:
                # In English, since another reader may ask in another language.
                with spoken("en"):
                    pointer = pointed(self._layout)
                    path = self._layout.snapshots / pointer["snapshot"]
                    seen = self._look(path)
                    snapshot = Snapshot(path, self._settings, blake2b=pointer["blake2b"])
                found = _Known(seen, path, snapshot)
            except NothingPublishedError:
                self._now = None
                pointed(self._layout)
                raise
            except DamagedError as damage:
                found = _Known(seen, path, None, damage.message, newest_sound(self._layout, path.stem))
            except StoreError:
                if seen == self._look(path):
                    raise
                continue
            # A file may go, or come to be another one, between being named, judged and opened.
            if seen == self._look(path):
                if found.snapshot is not None and self._prepare is not None:
                    self._prepare(found.snapshot)
                return found

    def _look(self, path: Path) -> _Seen:
        """What tells, without reading them, whether the pointer and a file are untouched."""
        return tuple(_mark(path) for path in (self._layout.pointer, path))


@dataclass(frozen=True)
class _Known:
    """What was found when pointer and file were seen last: a snapshot, or what is wrong with it."""

    seen: _Seen
    path: Path
    snapshot: Snapshot | None
    damage: str = ""
    sound: str | None = None


def _mark(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
