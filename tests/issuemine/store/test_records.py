"""How incoming records meet those that are there."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from issuemine.store.connection import Database
from tests.issuemine.store.rows import mentions, records


def take(warehouse: Database, table: pa.Table) -> dict[str, int]:
    """Store records as a run does; how many were new and changed."""
    table = table.append_column("position", pa.array(range(table.num_rows), pa.int64()))
    warehouse.execute("records/stage", tables={"incoming": table})
    counts = warehouse.table("records/staged_counts").to_pylist()[0]
    for name in ("forget_assignments", "forget_members", "forget_mentions", "forget_changed", "insert"):
        warehouse.execute(f"records/{name}")
    return counts


def stored(warehouse: Database) -> list[dict[str, object]]:
    return warehouse.table("snapshot/records", {"as_of": datetime(2027, 1, 1).date()}).to_pylist()


def test_the_same_record_twice_is_one_record(warehouse: Database) -> None:
    assert take(warehouse, records({"record_id": "r1"}, {"record_id": "r1"})) == {"new": 1, "changed": 0}
    assert take(warehouse, records({"record_id": "r1"})) == {"new": 0, "changed": 0}
    assert len(stored(warehouse)) == 1


def test_a_changed_record_replaces_the_old_one_and_its_mentions(warehouse: Database) -> None:
    take(warehouse, records({"record_id": "r1"}, {"record_id": "r2"}))
    warehouse.execute("mentions/insert", tables={"incoming": mentions(("r1", 0), ("r2", 0))})
    changed = records({"record_id": "r1", "content_hash": "b", "text": "Now it works."})
    assert take(warehouse, changed) == {"new": 0, "changed": 1}
    assert {row["text"] for row in stored(warehouse)} == {"Now it works.", "The card was declined."}
    values = {"languages": ["en"], "encoders": ["model"], "otherwise": "lexical", "all": False}
    warehouse.execute("mentions/route", values)
    left = warehouse.table("mentions/unsettled", {"space": "model", "as_of": datetime(2027, 1, 1).date()})
    assert left["mention_id"].to_pylist() == ["r2-0"]


def test_an_older_version_does_not_replace_a_newer_one(warehouse: Database) -> None:
    newer, older = (datetime(2026, 1, day, tzinfo=UTC) for day in (9, 2))
    take(warehouse, records({"record_id": "r1", "content_hash": "b", "updated_at": newer}))
    assert take(warehouse, records({"record_id": "r1", "content_hash": "a", "updated_at": older})) == {
        "new": 0,
        "changed": 0,
    }
    together = records(
        {"record_id": "r2", "content_hash": "b", "updated_at": newer, "text": "newer"},
        {"record_id": "r2", "content_hash": "a", "updated_at": older, "text": "older"},
    )
    take(warehouse, together)
    assert [row["text"] for row in stored(warehouse) if row["record_id"] == "r2"] == ["newer"]


def test_identical_texts_stay_several_records(warehouse: Database) -> None:
    take(warehouse, records({"record_id": "r1"}, {"record_id": "r2"}))
    assert len(stored(warehouse)) == 2


def test_a_record_belongs_to_the_utc_day_of_its_creation(warehouse: Database) -> None:
    late = datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC)
    take(warehouse, records({"record_id": "r1", "created_at": late}))
    assert str(stored(warehouse)[0]["day"]) == "2026-01-31"


def test_languages_go_to_the_space_that_speaks_them(warehouse: Database) -> None:
    take(warehouse, records({"record_id": "r1"}))
    warehouse.execute("mentions/insert", tables={"incoming": mentions(("r1", 0))})
    for routing, space in (
        ({"en": "model", "*": "lexical"}, "model"),
        ({"de": "model", "*": "lexical"}, "lexical-en"),
        ({"en": "lexical", "*": "model"}, "lexical-en"),
        ({"de": "lexical", "en": "model", "*": "lexical"}, "model"),
        ({"*": "model"}, "model"),
    ):
        values = {"languages": list(routing), "encoders": list(routing.values()), "otherwise": routing["*"]}
        warehouse.execute("mentions/route", values | {"all": True})
        found = warehouse.table("mentions/sizes", {"as_of": datetime(2027, 1, 1).date()}).to_pylist()
        assert found == [{"space": space, "mentions": 1}]


def test_a_failed_transaction_leaves_nothing(warehouse: Database) -> None:
    def fail() -> None:
        with warehouse.transaction():
            take(warehouse, records({"record_id": "r1"}))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert stored(warehouse) == []


def test_a_record_of_a_later_day_waits_until_its_day_counts(warehouse: Database) -> None:
    take(
        warehouse,
        records({"record_id": "r1"}, {"record_id": "r2", "created_at": datetime(2026, 3, 1, tzinfo=UTC)}),
    )
    first = {"rows": 10, "as_of": datetime(2026, 2, 1).date()}
    assert warehouse.table("records/pending", first)["record_id"].to_pylist() == ["r1"]
    assert warehouse.value("records/count_pending", {"as_of": first["as_of"]}) == 1
    assert warehouse.table("records/pending", first | {"as_of": datetime(2026, 3, 1).date()}).num_rows == 2


def test_a_changed_record_is_not_counted_for_templates_again(warehouse: Database) -> None:
    everything = {"rows": 10, "as_of": datetime(2027, 1, 1).date()}
    take(warehouse, records({"record_id": "r1"}))
    done = warehouse.table("records/uncounted", everything).select(["record_id"])
    assert done.num_rows == 1
    warehouse.execute("records/mark_counted", tables={"done": done})
    take(warehouse, records({"record_id": "r1", "content_hash": "b"}, {"record_id": "r2"}))
    assert warehouse.table("records/uncounted", everything)["record_id"].to_pylist() == ["r2"]
