"""Going back to an earlier snapshot, and which snapshots are kept to go back to."""

from datetime import UTC, datetime, timedelta

import pytest

from issuemine.config import StoreSettings
from issuemine.errors import DamagedError, SettingsError
from issuemine.store.connection import Database
from issuemine.store.files import digest, read_json, write_json
from issuemine.store.layout import Layout
from issuemine.store.pointer import card, kept, prune, roll_back
from issuemine.store.snapshot import Snapshots
from tests.issuemine.store.test_damage import flip
from tests.issuemine.store.test_publish import put

NOW = datetime(2027, 1, 10, tzinfo=UTC)


def test_readers_move_on_to_the_snapshot_that_was_rolled_back_to(three: Layout) -> None:
    snapshots = Snapshots(three)
    assert snapshots.current().snapshot_id == "r00003"
    roll_back(three, "r00001", NOW)
    assert snapshots.current().snapshot_id == "r00001"
    assert read_json(three.pointer)["rollback"] == {"from": "r00003", "at": NOW.isoformat()}


def test_the_next_publish_moves_on(three: Layout) -> None:
    roll_back(three, "r00001", NOW)
    with Database(three.warehouse) as warehouse:
        put(warehouse, three, "r00004")
    assert Snapshots(three).current().snapshot_id == "r00004"
    assert "rollback" not in read_json(three.pointer)


def test_a_run_without_snapshot_is_answered_with_those_that_there_are(three: Layout) -> None:
    with pytest.raises(SettingsError, match="r00003, r00002, r00001"):
        roll_back(three, "r00009", NOW)


def test_a_damaged_snapshot_is_never_rolled_back_to(three: Layout) -> None:
    flip(three.snapshot("r00002"))
    with pytest.raises(DamagedError, match=r"r00002\.duckdb.*rollback r00003"):
        roll_back(three, "r00002", NOW)
    assert Snapshots(three).current().snapshot_id == "r00003"


def test_a_snapshot_whose_digest_is_lost_is_not_trusted(three: Layout) -> None:
    three.card("r00002").unlink()
    with pytest.raises(DamagedError):
        roll_back(three, "r00002", NOW)


def test_rolling_back_mends_a_garbage_pointer(three: Layout) -> None:
    three.pointer.write_bytes(b"garbage")
    roll_back(three, "r00002", NOW)
    assert Snapshots(three).current().snapshot_id == "r00002"


def test_each_snapshot_has_its_digest_and_totals_beside_it(three: Layout) -> None:
    for run in kept(three):
        known = card(three, run)
        assert known["blake2b"] == digest(three.snapshot(run))
        assert known["bytes"] == three.snapshot(run).stat().st_size
        assert (known["records"], known["mentions"], known["topics"]) == (3, 4, 1)


def aged(layout: Layout, **days: int) -> None:
    for run, age in days.items():
        write_json(layout.card(run), card(layout, run) | {"published_at": NOW - timedelta(days=age)})


@pytest.mark.parametrize(
    ("settings", "left"),
    [
        (StoreSettings(keep_snapshots=2), ["r00003", "r00002"]),
        (StoreSettings(keep_days=5), ["r00003", "r00002"]),
        (StoreSettings(keep_snapshots=1, keep_days=30), ["r00003"]),
        (StoreSettings(keep_days=1), ["r00003"]),
    ],
)
def test_snapshots_are_pruned_by_count_and_by_age(
    three: Layout, settings: StoreSettings, left: list[str]
) -> None:
    aged(three, r00001=10, r00002=4, r00003=2)
    prune(three, settings, NOW)
    assert kept(three) == left
    assert [run for run in ("r00003", "r00002", "r00001") if three.card(run).exists()] == left


def test_the_snapshot_that_is_served_is_never_pruned(three: Layout) -> None:
    aged(three, r00001=400, r00002=4, r00003=2)
    roll_back(three, "r00001", NOW)
    prune(three, StoreSettings(keep_snapshots=1, keep_days=3), NOW)
    assert kept(three) == ["r00003", "r00001"]
