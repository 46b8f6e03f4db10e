"""What nights add for the search, and what becomes of it when a file is lost."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from issuemine.config import Settings
from issuemine.search.vectors import Part, SpaceVectors, is_sound, rows_file
from issuemine.store import searching
from issuemine.store.backup import back_up
from issuemine.store.layout import Layout
from issuemine.store.pointer import roll_back
from issuemine.store.restore import restore
from issuemine.store.searching import SearchSpace
from issuemine.store.snapshot import Snapshot
from pipelines.nightly import nightly
from pipelines.progress import Silent
from tests.pipelines.growing import Record, changed, sample, write


def sound(layout: Layout, space: SearchSpace) -> bool:
    parts = [Part(part["first"], part["places"], part["blake2b"]) for part in space.parts]
    return is_sound(layout.vectors / space.file, space.dim, parts)


class Nights:
    """Nights over a growing file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.layout = Layout(folder / "var")
        self.records = sample(folder)

    def night(self, records: list[Record], day: date) -> Snapshot:
        path = write(self.folder / "records.jsonl", records)
        outcome = nightly([str(path)], Settings(), self.layout.folder, as_of=day, reporter=Silent())
        return outcome.snapshot

    def spaces(self, snapshot: Snapshot) -> dict[str, SearchSpace]:
        return {space.name: space for space in searching.spaces(snapshot.database)}


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    return Nights(tmp_path_factory.mktemp("nights"))


def placed(snapshot: Snapshot) -> list[dict[str, Any]]:
    return list(snapshot.database.table("read/every/mentions").to_pylist())


def test_the_search_follows_the_nights(nights: Nights, tmp_path: Path) -> None:
    layout, records = nights.layout, nights.records
    days = sorted({datetime.fromisoformat(str(record["created_at"])).date() for record in records})
    first = nights.night(records, days[-3])
    before = nights.spaces(first)
    assert set(before) == {"model", "lexical-ko"}
    assert all(sound(layout, space) for space in before.values())
    assert all(row["place"] is not None for row in placed(first))

    # A usual night appends; a changed record is found by its new words alone.
    edited = changed(records[0], "The zeppelin never landed", datetime.combine(days[-1], time(1), tzinfo=UTC))
    second = nights.night([edited, *records[1:]], days[-1])
    after = nights.spaces(second)
    assert after["model"].file == before["model"].file
    assert after["model"].texts > before["model"].texts
    assert after["model"].parts[: len(before["model"].parts)] == before["model"].parts
    assert all(sound(layout, space) for space in (*before.values(), *after.values()))
    places, times, _ = searching.posting(second.database, "model", "zeppelin")
    assert times.tolist() == [1]
    (found,) = [row for row in placed(second) if row["space"] == "model" and row["place"] == places[0]]
    assert found["end"] - found["start"] == len("The zeppelin never landed")
    assert_vectors_of_texts(layout, second, after["model"])

    # A file that lost a byte is made anew under another name; the snapshot of before keeps its own.
    file = rows_file(layout.vectors / after["model"].file)
    file.write_bytes(file.read_bytes()[:-1])
    third = nights.spaces(nights.night(records, days[-1]))
    assert third["model"].file != after["model"].file
    assert sound(layout, third["model"])
    assert sound(layout, third["lexical-ko"])
    assert file.exists()

    # A snapshot that is rolled back to is searched by its own rows, in a service that has searched another.
    with TestClient(create_app(layout.folder, Settings())) as client:
        assert found_texts(client, "charged twice")
        roll_back(layout, first.snapshot_id, datetime.now(UTC))
        again = client.get(
            "/v1/search", params={"q": "The zeppelin never landed", "by": "meaning", "limit": 50}
        )
        assert again.headers["x-snapshot-id"] == first.snapshot_id
        assert "zeppelin" not in again.text
        assert found_texts(client, "charged twice")

    # A backup has what its snapshot needs.
    back_up(layout, tmp_path / "backup", now=datetime.now(UTC))
    restore(tmp_path / "backup", Layout(tmp_path / "var"))
    assert all(sound(Layout(tmp_path / "var"), space) for space in third.values())


def found_texts(client: TestClient, query: str) -> list[str]:
    answer = client.get("/v1/search", params={"q": query, "by": "meaning"})
    assert answer.status_code == 200, answer.text
    return [mention["text"] for mention in answer.json()["mentions"]]


def assert_vectors_of_texts(layout: Layout, snapshot: Snapshot, space: SearchSpace) -> None:
    """Each mention's place holds the vector of its own text."""
    opened = SpaceVectors(layout.vectors / space.file, space.dim, space.texts)
    mentions = [row for row in placed(snapshot) if row["space"] == space.name][:40]
    with duckdb.connect(layout.warehouse, read_only=True) as warehouse:
        for row in mentions:
            (vector,) = warehouse.execute(
                "SELECT vector FROM mentions JOIN vectors_384 USING (text_hash) WHERE mention_id = $1",
                [row["mention_id"]],
            ).fetchone()
            cosines = opened.nearest(np.array(vector, dtype=np.float32), 1, np.array([row["place"]]))[1]
            assert cosines[0] > 0.999
