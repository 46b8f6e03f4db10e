"""Snapshots: whole, checked, swapped in one step, found damaged when they are."""

import json
from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
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
    put_topic(warehouse, "T1")
    found = {"mention_id": ["r1-0", "r1-1", "r2-0"], "topic_id": ["T1"] * 3, "similarity": [0.9, 0.8, 0.7]}
    found["counts"] = [True] * 3
    warehouse.execute("topics/insert_assignments", tables={"found": pa.table(found)})


def put_topic(warehouse: Database, topic_id: str, retired: bool = False) -> None:
    topic = {
        "topic_id": [topic_id],
        "space": ["model"],
        "label": ["Card declined"],
        "keywords": [[{"word": "card", "weight": 1.0}]],
        "quotes": pa.array([[]], warehouse.table("topics/schema").schema.field("quotes").type),
        "intents": pa.array([[("problem", 1.0)]], pa.map_(pa.string(), pa.float64())),
        "hidden": [False],
        "born_run": ["r00001"],
        "named_run": ["r00001"],
        "retired": [retired],
        "stability": [0.9],
        "merged_into": pa.array([None], pa.string()),
    }
    warehouse.execute("topics/insert", tables={"named": pa.table(topic)})


def put(warehouse: Database, layout: Layout, run_id: str, keep: int = 7) -> Path:
    settings = StoreSettings(keep_snapshots=keep)
    return publish(warehouse, layout, settings, run_id=run_id, as_of=DAY, classifiers={})


def test_a_record_counts_once_per_topic_and_day(warehouse: Database, layout: Layout) -> None:
    fill(warehouse)
    put(warehouse, layout, "r00001")
    snapshot = Snapshots(layout).current()
    days = snapshot.database.table("read/days", {"topics": ["T1"], "first": date(2026, 1, 1), "last": DAY})
    assert days.to_pylist() == [{"topic_id": "T1", "day": date(2026, 1, 1), "records": 2}]
    assert (snapshot.info["records"], snapshot.info["unassigned_mentions"]) == (3, 1)


def test_what_is_told_of_topics_is_what_their_mentions_add_up_to(warehouse: Database, layout: Layout) -> None:
    """Against the mentions themselves: of days up to the night's, under the topic that shows them."""
    rng = np.random.default_rng(3)
    days = [datetime(2026, 1, 1 + int(day), 12, tzinfo=UTC) for day in rng.integers(0, 9, 60)]
    take(warehouse, records(*({"record_id": f"r{at}", "created_at": day} for at, day in enumerate(days))))
    said = [(f"r{at}", ordinal) for at in range(60) for ordinal in range(1 + at % 3)]
    cut = mentions(*said)
    spoken = rng.choice(["de", "en", "ko"], len(said)).tolist()
    cut = cut.set_column(cut.schema.get_field_index("language"), "language", pa.array(spoken))
    warehouse.execute("mentions/insert", tables={"incoming": cut})
    topics = rng.choice(["T1", "T2", "T3", "T4"], len(said))
    for topic_id, retired in (("T1", False), ("T2", True), ("T3", False), ("T4", False), ("T5", True)):
        put_topic(warehouse, topic_id, retired)
    found = pa.table({"mention_id": cut["mention_id"], "topic_id": topics})
    found = found.append_column("similarity", pa.array(rng.random(len(said)), pa.float32()))
    found = found.append_column("counts", pa.array([True] * len(said)))
    warehouse.execute("topics/insert_assignments", tables={"found": found.slice(5)})
    warehouse.execute(
        "curation/insert_aliases", tables={"said": pa.table({"topic_id": ["T3"], "shown_id": ["T1"]})}
    )
    until = date(2026, 1, 6)
    publish(warehouse, layout, StoreSettings(), run_id="r00001", as_of=until, classifiers={})
    database = Snapshots(layout).current().database

    shown = {"T1": "T1", "T2": "T2", "T3": "T1", "T4": "T4"}
    facts: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for (record, _), topic, similarity, language in list(
        zip(said, topics.tolist(), found["similarity"].to_pylist(), spoken, strict=True)
    )[5:]:
        if days[int(record[1:])].date() <= until:
            facts[shown[topic], record].append((similarity, language))
    told = {
        (row["topic_id"], row["record_id"]): (row["mentions"], row["similarity"], row["day"])
        for row in database.table("read/every/topic_records").to_pylist()
    }
    assert told == {
        (topic, record): (len(of), max(of)[0], days[int(record[1:])].date())
        for (topic, record), of in facts.items()
    }
    by_day = Counter((topic, days[int(record[1:])].date()) for topic, record in facts)
    days_told = database.table("read/every/topic_days").to_pylist()
    assert {(row["topic_id"], row["day"]): row["records"] for row in days_told} == by_day
    rows = {row["topic_id"]: row for row in database.table("read/every/topics").to_pylist()}
    assert set(rows) == {"T1", "T2", "T4"}
    for topic, row in rows.items():
        mine = {record: of for (name, record), of in facts.items() if name == topic}
        assert (row["records"], row["mentions"]) == (len(mine), sum(map(len, mine.values())))
        assert row["languages"] == sorted({language for of in mine.values() for _, language in of})
        seen = sorted(days[int(record[1:])].date() for record in mine)
        assert (row["first_seen"], row["last_seen"]) == (seen[0], seen[-1])


def test_a_text_of_two_spaces_has_the_intents_of_each(warehouse: Database, layout: Layout) -> None:
    fill(warehouse)
    values = {"languages": ["en"], "encoders": ["model"], "otherwise": "lexical", "all": True}
    warehouse.execute("mentions/route", values)
    take(warehouse, records({"record_id": "k1"}))
    korean = mentions(("k1", 0))
    korean = korean.set_column(korean.schema.get_field_index("language"), "language", pa.array(["ko"]))
    warehouse.execute("mentions/insert", tables={"incoming": korean})
    warehouse.execute("mentions/route", values)
    for classifier, share in (("by model", 1.0), ("by words", 0.5), ("of old", 0.0)):
        rows = pa.table(
            {"text_hash": ["h0"], "probabilities": pa.array([[share] * 6], pa.list_(pa.float32(), 6))}
        )
        warehouse.execute("intents/insert", {"classifier": classifier}, tables={"incoming": rows})
    classifiers = {"model": "by model", "lexical-ko": "by words"}
    publish(warehouse, layout, StoreSettings(), run_id="r00001", as_of=DAY, classifiers=classifiers)
    told = Snapshots(layout).current().database.table("read/every/mentions").to_pylist()
    assert {row["mention_id"]: row["intents"] and row["intents"][0] for row in told} == {
        "k1-0": 0.5,
        "r1-0": 1.0,
        "r1-1": None,
        "r2-0": 1.0,
        "r3-0": 1.0,
    }
    assert len(told) == 5


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


def test_a_snapshot_that_goes_while_it_is_opened_gives_way_to_the_next(
    warehouse: Database, layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(warehouse)
    put(warehouse, layout, "r00001")

    def opened(path: Path, **more: Any) -> Database:
        if path == layout.snapshot("r00001"):
            put(warehouse, layout, "r00002", keep=1)
            assert not path.exists()
        return Database(path, **more)

    monkeypatch.setattr("issuemine.store.snapshot.Database", opened)
    assert Snapshots(layout).current().snapshot_id == "r00002"
