"""Records of topics within the scopes of a change log, counted in the warehouse."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from issuemine.store.connection import Database
from tests.issuemine.store.rows import mentions, records
from tests.issuemine.store.test_records import take

DAYS = {"first": date(2026, 1, 1), "as_of": date(2026, 1, 31)}
VERSION, BOTH, SAID = 0, 1, 2
SCOPES = [
    {"scope": VERSION, "name": "version", "value": "5.2", "parts": 1, "known": -1},
    {"scope": BOTH, "name": "version", "value": "5.2", "parts": 2, "known": -2},
    {"scope": BOTH, "name": "team", "value": "payments", "parts": 2, "known": -2},
    {"scope": SAID, "name": "device", "value": "iphone 14", "parts": 1, "known": -3},
]


@pytest.fixture
def counted(warehouse: Database) -> dict[tuple[int, int], tuple[int, int]]:
    """By scope and day of January: records of the topic T1, and all of its sources."""
    made = [
        {"version": "5.2", "attributes": {"team": "Payments"}},
        {"version": " 5.2 "},
        {"version": "5.1", "attributes": {"team": "Payments"}},
        {},
        {"version": "5.2", "source": "other"},
        {"created_at": datetime(2026, 1, 2, 12, tzinfo=UTC), "version": "5.2"},
    ]
    take(warehouse, records(*({"record_id": f"r{at}"} | row for at, row in enumerate(made))))
    done = pa.table({"record_id": [f"r{at}" for at in range(len(made))]})
    warehouse.execute("records/settle", tables={"done": done})
    mine = ["r0", "r2", "r3"]
    warehouse.execute("mentions/insert", tables={"incoming": mentions(*((record, 0) for record in mine))})
    assigned = pa.table({"mention_id": [f"{record}-0" for record in mine], "topic_id": ["T1"] * 3})
    entities = pa.table(
        {"record_id": ["r3"], "content_hash": ["a"], "revision": ["1"]}
        | {"entities": pa.array([[("device", "iPhone 14")]], pa.map_(pa.string(), pa.string()))}
    )
    similar = assigned.append_column("similarity", pa.array([1.0] * 3, pa.float32()))
    similar = similar.append_column("counts", pa.array([True] * 3))
    warehouse.execute("topics/insert_assignments", tables={"found": similar})
    warehouse.execute("causes/insert_entities", tables={"found": entities})
    rows = warehouse.table(
        "changes/scoped_days",
        DAYS,
        tables={"chosen": pa.table({"topic_id": ["T1"]}), "scopes": pa.Table.from_pylist(SCOPES)},
    )
    return {(row["scope"], row["day"].day): (row["records"], row["exposure"]) for row in rows.to_pylist()}


def test_a_scope_counts_the_records_with_all_of_its_values(counted: dict[tuple[int, int], object]) -> None:
    assert counted[VERSION, 1] == (1, 2)
    assert counted[VERSION, 2] == (0, 1)
    assert counted[BOTH, 1] == (1, 1)


def test_records_that_say_anything_of_its_attributes_are_what_it_is_compared_with(
    counted: dict[tuple[int, int], object],
) -> None:
    assert counted[-1, 1] == (2, 3)
    assert counted[-2, 1] == (2, 2)


def test_what_a_text_names_is_a_value_too(counted: dict[tuple[int, int], object]) -> None:
    assert counted[SAID, 1] == (1, 1)
    assert counted[-3, 1] == (1, 1)
