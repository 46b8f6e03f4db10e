"""What is counted from memory is what the file says."""

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from issuemine.store import coded
from issuemine.store.coded import CodedRecords
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.reading import FILTER_FIELDS, Filters, Window, topics
from issuemine.store.snapshot import Snapshot, Snapshots
from issuemine.store.tally import Tally
from tests.conftest import Mined

MAP = pa.map_(pa.string(), pa.string())


@pytest.fixture(scope="module")
def snapshot(mined: Mined) -> Snapshot:
    return Snapshots(Layout(mined.warehouse)).current()


@pytest.fixture(scope="module")
def records(snapshot: Snapshot) -> dict[str, dict[str, Any]]:
    rows = snapshot.database.table("read/every/records").to_pylist()
    return {row["record_id"]: row | {"attributes": dict(row["attributes"] or [])} for row in rows}


def asked(snapshot: Snapshot, records: dict[str, dict[str, Any]], seed: int) -> tuple[Window, Filters]:
    """A window that may reach beyond the records, and filters that some record fits, or none."""
    rng = random.Random(seed)
    last = snapshot.info["as_of"] + timedelta(days=rng.randint(-40, 5))
    window = Window(last - timedelta(days=rng.randint(0, 70)), last, rng.choice((7, 28)))
    some = rng.choice(list(records.values()))
    fields = {
        name: list({some[name], rng.choice(("email", "en", "ko", "nothing"))})
        for name in rng.sample(("language", "channel", "product", "platform", "source", "version"), 2)
        if some[name] is not None
    }
    attributes = dict(rng.sample(sorted(some["attributes"].items()), min(1, len(some["attributes"]))))
    return window, rng.choice(
        (Filters(), Filters(fields), Filters(attributes=attributes), Filters(fields, attributes))
    )


@pytest.mark.parametrize("seed", range(40))
def test_topics_have_the_counts_that_the_file_gives(
    snapshot: Snapshot, records: dict[str, dict[str, Any]], seed: int
) -> None:
    window, filters = asked(snapshot, records, seed)
    tally = snapshot.tally
    figures = tally.figures(window, filters)
    told = {
        topic["topic_id"]: counts
        for topic, *counts in zip(
            tally.topics,
            *(part.tolist() for part in (figures.records, figures.recent, figures.previous)),
            strict=True,
        )
        if counts[0]
    }
    rows = topics(snapshot.database, window, filters).to_pylist()
    assert told == {row["topic_id"]: [row["records"], row["recent"], row["previous"]] for row in rows}
    everything = (figures.all_records, figures.all_recent, figures.all_previous)
    assert {(row["all_records"], row["all_recent"], row["all_previous"]) for row in rows} <= {everything}
    for topic_id, counts in told.items():
        one = tally.figures(window, filters, tally.numbers[topic_id])
        assert [*one.records, *one.recent, *one.previous] == counts
        assert (one.all_records, one.all_recent, one.all_previous) == everything


def test_counts_that_are_kept_so_far_are_those_that_are_counted(
    snapshot: Snapshot, records: dict[str, dict[str, Any]]
) -> None:
    whole, stepped = Tally(snapshot.database, step=10**9), Tally(snapshot.database, step=5)
    for seed in range(40):
        window, _ = asked(snapshot, records, seed)
        one, other = (tally.figures(window, Filters()) for tally in (whole, stepped))
        assert one.records.tolist() == other.records.tolist()
        assert one.previous.tolist() == other.previous.tolist()


def members(snapshot: Snapshot, topic_id: str, window: Window) -> list[str]:
    rows = snapshot.database.table("read/every/topic_records").to_pylist()
    return [
        row["record_id"]
        for row in rows
        if row["topic_id"] == topic_id and window.first <= row["day"] <= window.last
    ]


@pytest.mark.parametrize("seed", range(4))
def test_a_topic_is_broken_down_by_what_its_records_say(
    snapshot: Snapshot, records: dict[str, dict[str, Any]], seed: int
) -> None:
    window, _ = asked(snapshot, records, seed)
    number = seed % len(snapshot.tally.topics)
    mine = [records[one] for one in members(snapshot, snapshot.tally.topics[number]["topic_id"], window)]
    told = snapshot.tally.breakdowns(number, window.first, window.last, 3)
    assert mine
    assert told

    def value(record: dict[str, Any], name: str) -> Any:
        return record["attributes"].get(name) if name in snapshot.tally.records.attributes else record[name]

    for name, rows in told.items():
        here, there = (
            Counter(found for record in some if (found := value(record, name)) is not None)
            for some in (mine, records.values())
        )
        best = sorted(here.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
        assert [(row["value"], row["records"]) for row in rows] == best
        for row in rows:
            assert row["share"] == pytest.approx(row["records"] / here.total())
            assert row["overall_share"] == pytest.approx(there[row["value"]] / there.total())
    dull = {
        name for name in ("source", "kind") if len({value(record, name) for record in records.values()}) < 2
    }
    assert not dull & told.keys()


def test_days_are_counted_for_a_topic_and_for_all(
    snapshot: Snapshot, records: dict[str, dict[str, Any]]
) -> None:
    window, _ = asked(snapshot, records, 3)
    days = [window.first + timedelta(days=number) for number in range((window.last - window.first).days + 1)]
    mine = Counter(
        records[one]["day"] for one in members(snapshot, snapshot.tally.topics[0]["topic_id"], window)
    )
    every = Counter(record["day"] for record in records.values())
    assert snapshot.tally.daily(0, window.first, window.last).tolist() == [mine[day] for day in days]
    assert snapshot.tally.daily(None, window.first, window.last).tolist() == [every[day] for day in days]


@pytest.mark.parametrize("most", [1_000, 1])
def test_attributes_are_filtered_by_from_memory_or_where_they_have_very_many_values_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(coded, "MOST_VALUES", most)
    rng = random.Random(5)
    rows: list[dict[str, Any]] = []
    for number in range(500):
        given = {"country": rng.choice("abc"), "order": str(rng.randint(1, 9)), "always": "yes"}
        there = {name: given[name] for name in rng.sample(list(given), rng.randint(0, 3))}
        day = date(2026, 1, 1) + timedelta(days=rng.randint(0, 30))
        fields = {name: rng.choice(("x", "y", None)) for name in FILTER_FIELDS}
        rows.append({"record_id": f"{number}", "day": day, "attributes": there or None} | fields)
    rng.shuffle(rows)
    counts = Counter(
        pair
        for row in rows
        for pair in [*(row["attributes"] or {}).items(), *((name, row[name]) for name in FILTER_FIELDS)]
        if pair[1] is not None
    )
    with Database(tmp_path / "some.duckdb") as database:
        maps = pa.array([row["attributes"] and [*row["attributes"].items()] for row in rows], MAP)
        plain = [{name: value for name, value in row.items() if name != "attributes"} for row in rows]
        database.create("records", pa.Table.from_pylist(plain).append_column("attributes", maps))
        facets = [{"name": name, "value": value, "records": count} for (name, value), count in counts.items()]
        database.create("facets", pa.Table.from_pylist(facets))
        found = CodedRecords(database)
        rows.sort(key=lambda row: (row["day"], row["record_id"]))
        low, high = 7, 480
        for name, value in (
            ("country", "a"),
            ("order", "3"),
            ("always", "yes"),
            ("country", "no"),
            ("no", "a"),
        ):
            filters = Filters({"channel": ["x"]}, {name: value})
            assert found.knows(filters) is (name != "no" and (most > 1 or name == "always"))
            told = found.fit(filters, low, high)
            assert told is not None
            assert told.tolist() == [
                row["channel"] == "x" and (row["attributes"] or {}).get(name) == value
                for row in rows[low:high]
            ]


def test_a_tally_is_made_once_a_snapshot(snapshot: Snapshot) -> None:
    assert snapshot.tally is snapshot.tally
    assert Tally(snapshot.database).numbers == snapshot.tally.numbers


def test_an_attribute_that_is_not_in_memory_is_looked_up_in_the_file(snapshot: Snapshot) -> None:
    window = Window(snapshot.info["first_day"], snapshot.info["as_of"], 28)
    nobody = Filters(attributes={"nobody has": "this"})
    assert not snapshot.tally.records.knows(nobody)
    figures = snapshot.tally.figures(window, nobody)
    assert (figures.records.sum(), figures.all_records) == (0, 0)
