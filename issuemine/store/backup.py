"""A backup: every file of a warehouse folder that cannot be made again, with a manifest of digests.

The run lock is held meanwhile, so that the warehouse stands still; readers go on.
"""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import orjson

from issuemine.errors import SettingsError, StoreError
from issuemine.messages import say
from issuemine.store.files import Hashing, sync
from issuemine.store.layout import Layout
from issuemine.store.lock import one_run_at_a_time
from issuemine.store.pointer import served

MANIFEST = "backup.json"
FORMAT = 1


@dataclass(frozen=True)
class Entry:
    """One file of a backup: its path in the warehouse folder, size, BLAKE2b hash and permissions."""

    path: str
    bytes: int
    blake2b: str
    mode: int


class _Sink(Protocol):
    def put(self, name: str, file: io.BufferedIOBase | Hashing, size: int, mode: int) -> None: ...


def back_up(
    layout: Layout, destination: Path, *, now: datetime, all_snapshots: bool = False, wait: float = 1
) -> list[Entry]:
    """Write a backup of a warehouse folder.

    Parameters
    ----------
    layout : Layout
        The folder.
    destination : Path
        A folder to make, or a file that ends in ``.tar``; must not be there yet.
    now : datetime
        Noted in the manifest.
    all_snapshots : bool, default False
        Take the snapshots that are kept besides the one that is served.
    wait : float, default 1
        Seconds to wait for a run that is at work.

    Returns
    -------
    list of Entry
        What the backup holds.

    Raises
    ------
    BusyError
        If a run is at work for longer.
    SettingsError
        If there is nothing to back up, or something is at the destination.
    StoreError
        If a file cannot be read or written.
    """
    if not layout.warehouse.exists() and not layout.pointer.exists():
        raise SettingsError(
            say("There is no warehouse in {folder}.", folder=layout.folder),
            say("Name another folder with --warehouse."),
        )
    if destination.exists() and (destination.is_file() or any(destination.iterdir())):
        raise SettingsError(
            say("There is something at {path} already.", path=destination), say("Choose another place.")
        )
    partial = destination.with_name(destination.name + ".partial")
    try:
        with one_run_at_a_time(layout.lock, wait), tempfile.TemporaryDirectory() as scratch:
            files = list(_files(layout, all_snapshots))
            if layout.operational.exists():
                files.append((layout.operational.name, _sqlite_copy(layout.operational, Path(scratch))))
            with _sink(partial) as sink:
                entries = [_put(sink, name, path) for name, path in files]
                note = {"format": FORMAT, "at": now, "served": served(layout), "files": entries}
                content = orjson.dumps(note, option=orjson.OPT_INDENT_2)
                sink.put(MANIFEST, io.BytesIO(content), len(content), 0o600)
        os.replace(partial, destination)
        sync(destination.resolve().parent)
    except OSError as error:
        raise StoreError(
            say(
                "The backup {path} could not be written ({reason}).", path=destination, reason=error.strerror
            ),
            say("Mend its permissions or free space, then try again."),
        ) from error
    finally:
        _remove(partial)
    return entries


def _files(layout: Layout, all_snapshots: bool) -> Iterator[tuple[str, Path]]:
    """Name in the backup and path of each file; the pointer comes last, as when publishing."""
    chosen = "*" if all_snapshots else served(layout) or "*"
    wal = layout.warehouse.with_name(layout.warehouse.name + ".wal")
    patterns = (
        "models/*.npz",
        "vectors/*",
        "runs/*.json",
        "inbox/*.arrow",
        "inbox/*.json",
        f"snapshots/{chosen}.duckdb",
        f"snapshots/{chosen}.json",
    )
    singles = (layout.warehouse, wal, layout.seal, layout.key)
    found = [path for path in singles if path.exists()]
    for pattern in patterns:
        found += sorted(path for path in layout.folder.glob(pattern) if path != layout.pointer)
    if layout.pointer.exists():
        found.append(layout.pointer)
    for path in found:
        yield path.relative_to(layout.folder).as_posix(), path


def _put(sink: _Sink, name: str, path: Path) -> Entry:
    with path.open("rb") as file:
        stat = os.fstat(file.fileno())
        hashing = Hashing(file)
        sink.put(name, hashing, stat.st_size, stat.st_mode & 0o777)
        return Entry(name, stat.st_size, hashing.digest(), stat.st_mode & 0o777)


def _sqlite_copy(path: Path, scratch: Path) -> Path:
    """A consistent copy of a SQLite file that others may be writing to."""
    copy = scratch / path.name
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    copy.chmod(0o600)
    return copy


@contextmanager
def _sink(path: Path) -> Iterator[_Sink]:
    _remove(path)
    if path.name.endswith(".tar.partial"):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                yield _Tar(archive)
            file.flush()
            os.fsync(file.fileno())
    else:
        path.mkdir(mode=0o700, parents=True)
        yield _Folder(path)


class _Tar:
    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive

    def put(self, name: str, file: io.BufferedIOBase | Hashing, size: int, mode: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, mode
        self._archive.addfile(info, file)


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, file: io.BufferedIOBase | Hashing, size: int, mode: int) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as copy:
            shutil.copyfileobj(file, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
