"""Restore: a backup is unpacked beside the warehouse folder, checked whole, and renamed into its place."""

from __future__ import annotations

import ctypes
import os
import shutil
import tarfile
from contextlib import nullcontext
from pathlib import Path

from issuemine.errors import DamagedError, SettingsError, StoreError
from issuemine.messages import say
from issuemine.store.backup import FORMAT, MANIFEST, Entry
from issuemine.store.files import digest, read_json, sync
from issuemine.store.layout import Layout
from issuemine.store.lock import one_run_at_a_time

_EXCHANGE = 2
_HERE = -100


def restore(source: Path, layout: Layout, *, force: bool = False) -> list[Entry]:
    """Put a backup in the place of a warehouse folder.

    Parameters
    ----------
    source : Path
        What ``back_up`` wrote: a folder or a ``.tar`` file.
    layout : Layout
        The folder to restore to; made when missing.
    force : bool, default False
        Replace what is there.

    Returns
    -------
    list of Entry
        What was restored.

    Raises
    ------
    SettingsError
        If the source is no backup, or the folder is not empty and ``force`` is not set.
    DamagedError
        If a file of the backup is missing or not what was backed up; nothing is touched then.
    BusyError
        If a run is at work in the folder.
    StoreError
        If the folder cannot be written or replaced.
    """
    target = layout.folder.resolve()
    if not source.exists():
        raise SettingsError(say("There is no backup {path}.", path=source))
    there = target.is_dir() and any(target.iterdir())
    if there and not force:
        raise SettingsError(
            say("The warehouse folder {folder} is not empty.", folder=layout.folder),
            say("Restore to another one with --warehouse, or replace it with --force."),
        )
    staged = target.with_name(target.name + ".restoring")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_folder(staged)
        _unpack(source, staged)
        entries = _checked(source, staged)
        with one_run_at_a_time(layout.lock) if there else nullcontext():
            _swap(staged, target) if there else os.rename(staged, target)
        sync(target.parent)
    except OSError as error:
        raise StoreError(
            say("{folder} could not be restored ({reason}).", folder=layout.folder, reason=error.strerror),
            say("It must lie on one file system with its parent, which must be writable with enough space."),
        ) from error
    finally:
        _remove_folder(staged)
    return entries


def _unpack(source: Path, staged: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, staged)
    else:
        staged.mkdir()
        try:
            with tarfile.open(source) as archive:
                archive.extractall(staged, filter="data")
        except (tarfile.TarError, EOFError) as error:
            raise DamagedError(
                say("The backup {path} is damaged.", path=source), say("Take another backup.")
            ) from error


def _checked(source: Path, staged: Path) -> list[Entry]:
    """The files of an unpacked backup, every one as it was; its manifest and whatever else is removed."""
    try:
        note = read_json(staged / MANIFEST)
        entries = [Entry(**entry) for entry in note["files"]]
        known = note["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            say("{path} is not a backup: its {manifest} cannot be read.", path=source, manifest=MANIFEST)
        ) from error
    if not known:
        raise SettingsError(
            say("{path} was made by a newer version of issuemine.", path=source),
            say("Upgrade issuemine and try again."),
        )
    for entry in entries:
        path = staged / entry.path
        if not path.resolve().is_relative_to(staged.resolve()) or not path.is_file():
            raise _bad(source, entry)
        if path.stat().st_size != entry.bytes or digest(path) != entry.blake2b:
            raise _bad(source, entry)
        path.chmod(entry.mode)
        sync(path)
    named = {entry.path for entry in entries}
    for path in list(staged.rglob("*")):
        if path.is_file() and path.relative_to(staged).as_posix() not in named:
            path.unlink()
    return entries


def _bad(source: Path, entry: Entry) -> DamagedError:
    return DamagedError(
        say("The backup {path} is damaged: {file} is not what was backed up.", path=source, file=entry.path),
        say("Nothing was touched. Take another backup."),
    )


def _swap(staged: Path, target: Path) -> None:
    """Exchange two folders, in one step where the system can; what was there is then removed.

    ``renameat2`` with ``RENAME_EXCHANGE`` (Linux 3.15) is not in Python. Where it is missing, two renames
    leave a moment in which the target is not there.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    exchange = getattr(libc, "renameat2", None)
    if exchange is not None and not exchange(
        _HERE, os.fsencode(staged), _HERE, os.fsencode(target), _EXCHANGE
    ):
        return
    aside = target.with_name(target.name + ".replaced")
    _remove_folder(aside)
    os.rename(target, aside)
    try:
        os.rename(staged, target)
    except OSError:
        os.rename(aside, target)
        raise
    _remove_folder(aside)


def _remove_folder(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
