"""Snapshots: whole, checked, swapped in one step, found damaged when they are."""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from issuemine.config import StoreSettings
from issuemine.errors import BusyError, StoreError
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.lock import one_run_at_a_time
from issuemine.store.migrations import available, migrate
from issuemine.store.publish import publish
from issuemine.store.snapshot import Snapshots
from tests.issuemine.store.rows import mentions, records
from tests.issuemine.store.test_records import take

DAY = date(2026, 12, 31)


def fill(warehouse: Database) -> None:
    """Three records; the first speaks twice of the one topic, the second once."""
    take(warehouse, records({"record_id": "r1"}, {"record_id": "r2"}, {"record_id": "r3"}))
    cut = mentions(("r1", 0), ("r1", 1), ("r2", 0), ("r3", 0))
    warehouse.execute("mentions/insert", tables={"incoming": cut})
    topic = {
        "topic_id": ["T1"],
        "space": ["model"],
        "label": ["Card declined"],
        "keywords": [[{"word": "card", "weight": 1.0}]],
        "quotes": pa.array([[]], warehouse.table("topics/schema").schema.field("quotes").type),
        "intents": pa.array([[("problem", 1.0)]], pa.map_(pa.string(), pa.float64())),
        "hidden": [False],
        "born_run": ["r00001"],
        "named_run": ["r00001"],
        "retired": [False],
        "stability": [0.9],
        "merged_into": pa.array([None], pa.string()),
    }
    warehouse.execute("topics/insert", tables={"named": pa.table(topic)})
    found = {"mention_id": ["r1-0", "r1-1", "r2-0"], "topic_id": ["T1"] * 3, "similarity": [0.9, 0.8, 0.7]}
    found["counts"] = [True] * 3
    warehouse.execute("topics/insert_assignments", tables={"found": pa.table(found)})


def put(warehouse: Database, layout: Layout, run_id: str, keep: int = 7) -> Path:
    settings = StoreSettings(keep_snapshots=keep)
    return publish(warehouse, layout, settings, run_id=run_id, as_of=DAY, classifiers=[])


def test_a_record_counts_once_per_topic_and_day(warehouse: Database, layout: Layout) -> None:
    fill(warehouse)
    put(warehouse, layout, "r00001")
    snapshot = Snapshots(layout).current()
    days = snapshot.database.table("read/days", {"topics": ["T1"], "first": date(2026, 1, 1), "last": DAY})
    assert days.to_pylist() == [{"topic_id": "T1", "day": date(2026, 1, 1), "records": 2}]
    assert (snapshot.info["records"], snapshot.info["unassigned_mentions"]) == (3, 1)


def test_a_reader_moves_on_when_the_pointer_does(warehouse: Database, layout: Layout) -> None:
    fill(warehouse)
    put(warehouse, layout, "r00001")
    snapshots = Snapshots(layout)
    first = snapshots.current()
    assert snapshots.current() is first
    put(warehouse, layout, "r00002")
    assert snapshots.current().snapshot_id == "r00002"
    assert first.database.table("snapshot/info").num_rows == 1


def test_a_snapshot_that_breaks_its_rules_is_not_published(warehouse: Database, layout: Layout) -> None:
    fill(warehouse)
    put(warehouse, layout, "r00001")
    found = {"mention_id": ["r3-0"], "topic_id": ["T9"], "similarity": [0.9], "counts": [True]}
    warehouse.execute("topics/insert_assignments", tables={"found": pa.table(found)})
    with pytest.raises(StoreError, match="facts_without_topic"):
        put(warehouse, layout, "r00002")
    assert Snapshots(layout).current().snapshot_id == "r00001"


def test_a_damaged_snapshot_is_named_and_never_served(warehouse: Database, layout: Layout) -> None:
    fill(warehouse)
    path = put(warehouse, layout, "r00001")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))
    with pytest.raises(StoreError, match="r00001"):
        Snapshots(layout).current()
    path.write_bytes(b"")
    with pytest.raises(StoreError, match="r00001"):
        Snapshots(layout).current()


def test_nothing_published_yet_says_what_to_do(layout: Layout) -> None:
    with pytest.raises(StoreError, match="issuemine run"):
        Snapshots(layout).current()


def test_the_oldest_snapshots_are_pruned(warehouse: Database, layout: Layout) -> None:
    fill(warehouse)
    for number in range(1, 5):
        put(warehouse, layout, f"r0000{number}", keep=2)
    assert sorted(path.stem for path in layout.snapshots.glob("*.duckdb")) == ["r00003", "r00004"]
    assert json.loads(layout.pointer.read_text())["snapshot"] == "r00004.duckdb"


def test_leftovers_of_a_killed_build_are_cleared(warehouse: Database, layout: Layout) -> None:
    fill(warehouse)
    (layout.snapshots / "r00001.building").write_bytes(b"half")
    put(warehouse, layout, "r00002")
    assert not list(layout.snapshots.glob("*.building*"))


def test_one_run_at_a_time(layout: Layout) -> None:
    with (
        one_run_at_a_time(layout.lock),
        pytest.raises(BusyError, match="process"),
        one_run_at_a_time(layout.lock),
    ):
        pass
    with one_run_at_a_time(layout.lock):
        pass


def test_migrations_run_once_and_refuse_a_newer_warehouse(layout: Layout) -> None:
    with Database(layout.folder / "other.duckdb") as database:
        assert migrate(database) == list(available())
        assert migrate(database) == []
        database.execute("migrations/record", {"number": 9999})
        with pytest.raises(StoreError, match="newer version"):
            migrate(database)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(StoreError, match="cannot be written to"):
        Layout(blocked / "var").create()


def test_the_customer_key_is_made_once_and_kept_private(layout: Layout) -> None:
    key = layout.customer_key()
    assert len(key) == 32
    assert layout.customer_key() == key
    assert layout.key.stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(b"hello" * 1000)
    with pytest.raises(StoreError, match="damaged"):
        Database(path)
