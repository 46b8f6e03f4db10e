"""The same input gives the same result, byte for byte, however it comes and whatever computes it."""

import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from issuemine.store.export import export_lines
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshot
from tests.pipelines.apart import start_nights, wait
from tests.pipelines.growing import Record, changed, new_issue, sample, write

BAD = {"ticket_id": "bad", "created_at": "2026-06-30T10:00:00+00:00", "body": ""}
DAYS = (date(2026, 6, 24), date(2026, 6, 25), date(2026, 6, 28), date(2026, 6, 30))


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    """Some hundred records, with an issue that is new in the last days."""
    found = sample(tmp_path_factory.mktemp("sample"), days=20, per_day=25)
    return [*found, *new_issue(datetime.fromisoformat("2026-06-28T08:00:00+00:00"))]


def exported(warehouse: Path, run_id: str, leave_out: tuple[str, ...] = ()) -> list[bytes]:
    lines = export_lines(Snapshot(Layout(warehouse).snapshot(run_id)))
    return [line for line in lines if orjson.loads(line)["table"] not in leave_out]


def until(records: list[Record], day: date) -> list[Record]:
    return [record for record in records if str(record["created_at"])[:10] <= day.isoformat()]


def nights(folder: Path, records: list[Record], seed: int | None) -> list[dict[str, Any]]:
    """A first night, one with new and changed records, and one that finds all topics anew."""
    first = until(records, date(2026, 6, 26))
    last = datetime.fromisoformat("2026-06-30T12:00:00+00:00")
    edited = [
        changed(record, str(first[-1 - at]["body"]), last + timedelta(minutes=at))
        for at, record in enumerate(first[:20])
    ]
    rest = [*edited, *(record for record in records if record not in first[:20])]
    if seed is not None:
        for rows in (first, rest):
            random.Random(seed).shuffle(rows)
    write(folder / "one.jsonl", first)
    # The rejects tell the row of the bad one, so that it stays where it is.
    write(folder / "two.jsonl", [*rest, BAD])
    one, two = ["one.jsonl"], ["two.jsonl"]
    return [{"inputs": one}, {"inputs": two}, {"inputs": two, "rediscover": True}]


def test_neither_the_order_of_rows_nor_the_number_of_threads_matters(
    records: list[Record], tmp_path: Path
) -> None:
    worlds = [
        start_nights(tmp_path / "one", nights(tmp_path / "a", records, None), 1, tmp_path / "a"),
        start_nights(tmp_path / "two", nights(tmp_path / "b", records, 3), 2, tmp_path / "b"),
    ]
    for world in worlds:
        wait(world)
    for run_id in ("r00001", "r00002", "r00003"):
        assert exported(tmp_path / "one", run_id) == exported(tmp_path / "two", run_id)


def test_a_replay_gives_what_nights_over_a_growing_file_gave(records: list[Record], tmp_path: Path) -> None:
    """Only where a bad row was met, and how many rows were read and new each night, differs."""
    whole = write(tmp_path / "whole" / "records.jsonl", [*records, BAD])
    grown = [
        {"inputs": [write(tmp_path / str(day) / "records.jsonl", [*until(records, day), BAD])], "days": [day]}
        for day in DAYS
    ]
    worlds = [
        start_nights(tmp_path / "replayed", [{"inputs": [whole], "days": DAYS}], threads=1),
        start_nights(tmp_path / "nights", grown, threads=1),
    ]
    for world in worlds:
        wait(world)
    differ = ("runs", "rejects")
    for number in range(1, len(DAYS) + 1):
        run_id = f"r{number:05d}"
        replayed = exported(tmp_path / "replayed", run_id, differ)
        assert replayed == exported(tmp_path / "nights", run_id, differ)
