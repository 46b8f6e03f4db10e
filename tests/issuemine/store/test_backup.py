"""Backups: complete, checked before anything is touched, and put in place in one step."""

import os
import shutil
import sqlite3
import tarfile
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from issuemine.errors import BusyError, DamagedError, SettingsError
from issuemine.records import REJECT_SCHEMA
from issuemine.store.backup import back_up
from issuemine.store.export import export_lines
from issuemine.store.files import read_json, write_json
from issuemine.store.inbox import SCHEMA, Inbox, read_post
from issuemine.store.layout import Layout
from issuemine.store.lock import one_run_at_a_time
from issuemine.store.pointer import kept, roll_back
from issuemine.store.restore import restore
from issuemine.store.seal import check_seal
from issuemine.store.snapshot import Snapshots
from tests.issuemine.store.test_damage import DAMAGES, flip

NOW = datetime(2027, 1, 10, tzinfo=UTC)
SENT = [dict.fromkeys(SCHEMA.names) | {"record_id": "7", "created_at": NOW, "text": "It waits."}]


@pytest.fixture
def full(three: Layout) -> Layout:
    """A warehouse folder with all that one can hold."""
    three.customer_key()
    (three.models / "lexical-abc.npz").write_bytes(b"fitted")
    inbox = Inbox(three)
    inbox.put(Inbox.receipt(), pa.Table.from_pylist(SENT, schema=SCHEMA), REJECT_SCHEMA.empty_table())
    write_json(three.inbox / "r00003.json", {"receipts": ["0" * 24]})
    with closing(sqlite3.connect(three.operational)) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE events (id INTEGER)")
        database.executemany("INSERT INTO events VALUES (?)", [(i,) for i in range(100)])
    return three


def exported(layout: Layout) -> bytes:
    return b"".join(export_lines(Snapshots(layout).current()))


@pytest.mark.parametrize("name", ["backup", "backup.tar"])
def test_a_backup_restored_to_a_new_folder_gives_the_same_export(
    full: Layout, tmp_path: Path, name: str
) -> None:
    entries = back_up(full, tmp_path / name, now=NOW)
    fresh = Layout(tmp_path / "elsewhere" / "var")
    assert restore(tmp_path / name, fresh) == entries
    assert exported(fresh) == exported(full)
    check_seal(fresh)
    assert fresh.warehouse.read_bytes() == full.warehouse.read_bytes()
    assert fresh.key.read_bytes() == full.key.read_bytes()
    assert fresh.key.stat().st_mode & 0o777 == 0o600
    assert (fresh.models / "lexical-abc.npz").read_bytes() == b"fitted"
    (post,) = Inbox(fresh).waiting()
    assert read_post(post)[0].to_pylist() == read_post(Inbox(full).waiting()[0])[0].to_pylist() == SENT
    assert Inbox(fresh).taken_by("0" * 24) == "r00003"
    with closing(sqlite3.connect(fresh.operational)) as database:
        assert database.execute("SELECT count(*) FROM events").fetchone() == (100,)
    assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert not list(fresh.folder.parent.glob("*.restoring"))


def test_the_served_snapshot_is_taken_and_the_others_when_asked(full: Layout, tmp_path: Path) -> None:
    roll_back(full, "r00002", NOW)
    back_up(full, tmp_path / "served", now=NOW)
    back_up(full, tmp_path / "all", now=NOW, all_snapshots=True)
    restore(tmp_path / "served", Layout(tmp_path / "one"))
    restore(tmp_path / "all", Layout(tmp_path / "every"))
    assert kept(Layout(tmp_path / "one")) == ["r00002"]
    assert kept(Layout(tmp_path / "every")) == ["r00003", "r00002", "r00001"]
    roll_back(Layout(tmp_path / "every"), "r00001", NOW)


def test_the_operational_store_is_copied_whole_while_others_write_to_it(full: Layout, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(full.operational, timeout=30)) as database:
            while not done.is_set():
                with database:
                    database.executemany("INSERT INTO events VALUES (?)", [(7,)] * 10)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        back_up(full, tmp_path / "backup", now=NOW)
    finally:
        done.set()
        writer.join()
    with closing(sqlite3.connect(tmp_path / "backup" / "operational.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) % 10 FROM events").fetchone() == (0,)


def test_a_backup_is_refused_while_a_run_is_at_work(full: Layout, tmp_path: Path) -> None:
    with one_run_at_a_time(full.lock), pytest.raises(BusyError):
        back_up(full, tmp_path / "backup", now=NOW, wait=0)
    assert not list(tmp_path.glob("backup*"))


@pytest.mark.parametrize("name", ["backup", "backup.tar"])
def test_nothing_that_is_there_is_overwritten(full: Layout, tmp_path: Path, name: str) -> None:
    back_up(full, tmp_path / name, now=NOW)
    with pytest.raises(SettingsError, match="already"):
        back_up(full, tmp_path / name, now=NOW)
    content = exported(full)
    with pytest.raises(SettingsError, match="--force"):
        restore(tmp_path / name, full)
    assert exported(full) == content


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_found_before_anything_is_touched(full: Layout, tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    back_up(full, tmp_path / "backup", now=NOW)
    damage(tmp_path / "backup" / "warehouse.duckdb")
    content = exported(full)
    with pytest.raises(DamagedError, match=r"warehouse\.duckdb"):
        restore(tmp_path / "backup", full, force=True)
    assert exported(full) == content
    assert not list(tmp_path.glob("*.restoring"))


def test_a_damaged_archive_is_found(full: Layout, tmp_path: Path) -> None:
    back_up(full, tmp_path / "backup.tar", now=NOW)
    flip(tmp_path / "backup.tar")
    with pytest.raises(DamagedError):
        restore(tmp_path / "backup.tar", Layout(tmp_path / "new"))
    os.truncate(tmp_path / "backup.tar", 100_000)
    with pytest.raises((DamagedError, SettingsError)):
        restore(tmp_path / "backup.tar", Layout(tmp_path / "new"))
    assert not (tmp_path / "new").exists()


def test_an_archive_cannot_write_outside_of_the_folder(full: Layout, tmp_path: Path) -> None:
    evil = tmp_path / "evil.tar"
    (tmp_path / "note").write_bytes(b"x")
    with tarfile.open(evil, "w") as archive:
        archive.add(tmp_path / "note", "../../escaped")
    with pytest.raises(DamagedError):
        restore(evil, Layout(tmp_path / "deep" / "var"))
    assert not list(tmp_path.rglob("escaped"))


def test_any_other_folder_is_not_a_backup(tmp_path: Path) -> None:
    (tmp_path / "holiday").mkdir()
    with pytest.raises(SettingsError, match="not a backup"):
        restore(tmp_path / "holiday", Layout(tmp_path / "var"))
    with pytest.raises(SettingsError, match="no backup"):
        restore(tmp_path / "nothing", Layout(tmp_path / "var"))


def test_force_replaces_what_is_there_and_readers_move_on(full: Layout, tmp_path: Path) -> None:
    back_up(full, tmp_path / "backup", now=NOW)
    content = exported(full)
    snapshots = Snapshots(full)
    roll_back(full, "r00001", NOW)
    assert snapshots.current().snapshot_id == "r00001"
    (full.folder / "stray").write_bytes(b"x")
    restore(tmp_path / "backup", full, force=True)
    assert snapshots.current().snapshot_id == "r00003"
    assert exported(full) == content
    assert not (full.folder / "stray").exists()
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("three")) == ["three"]


def test_restore_is_refused_while_a_run_is_at_work(full: Layout, tmp_path: Path) -> None:
    back_up(full, tmp_path / "backup", now=NOW)
    with one_run_at_a_time(full.lock), pytest.raises(BusyError):
        restore(tmp_path / "backup", full, force=True)
    assert Snapshots(full).current().snapshot_id == "r00003"


def test_the_manifest_names_every_file(full: Layout, tmp_path: Path) -> None:
    back_up(full, tmp_path / "backup", now=NOW)
    note = read_json(tmp_path / "backup" / "backup.json")
    there = {path.relative_to(tmp_path / "backup").as_posix() for path in (tmp_path / "backup").rglob("*.*")}
    assert {entry["path"] for entry in note["files"]} == there - {"backup.json"}
    assert note["served"] == "r00003"
    shutil.rmtree(tmp_path / "backup")
