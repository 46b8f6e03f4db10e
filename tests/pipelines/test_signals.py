"""Nights tell what emerges, with its evidence, once, and the same whenever they are run again."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from issuemine.config import Settings
from issuemine.errors import SettingsError
from issuemine.store.emerging import signals, state_events, states
from issuemine.store.export import export_lines
from issuemine.store.snapshot import Snapshot
from pipelines.nightly import nightly
from pipelines.progress import Silent
from tests.pipelines.growing import Record, new_issue, sample, say, write

TABLES = ("signals", "state_events", "topic_states")
BEFORE, NIGHT, AFTER = date(2026, 6, 28), date(2026, 6, 29), date(2026, 6, 30)


def night(folder: Path, day: date, inputs: list[str]) -> Snapshot:
    return nightly(inputs, Settings(), folder / "var", as_of=day, reporter=Silent()).snapshot


def _exported(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Rows of what this stage writes, without the number of the run."""
    lines = [orjson.loads(line) for line in export_lines(snapshot)]
    for line in lines:
        line["row"].pop("run_id", None)
    return [line for line in lines if line["table"] in TABLES]


def of_day(snapshot: Snapshot, day: date) -> list[dict[str, Any]]:
    return signals(snapshot.database, day, day)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    """Some weeks of tickets, and on one day many that speak of what nobody spoke of before."""
    found = sample(tmp_path_factory.mktemp("sample"), days=24, per_day=14)
    return [*found, *new_issue(datetime.fromisoformat("2026-06-29T08:00:00+00:00"))]


@pytest.fixture(scope="module")
def world(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse after two nights, the second of which saw the burst."""
    folder = tmp_path_factory.mktemp("world")
    write(folder / "all.jsonl", records)
    night(folder, BEFORE, [str(folder / "all.jsonl")])
    night(folder, NIGHT, [])
    return folder


def test_what_nobody_spoke_of_before_is_told_on_the_day_with_its_quotes(world: Path) -> None:
    found = of_day(night(world, NIGHT, []), NIGHT)
    drone = [one for one in found if "drone" in " ".join(quote["text"] for quote in one["quotes"])]
    told = [one for one in drone if one["news"]]
    assert len(told) == 1
    assert told[0]["observed"] >= 6
    assert told[0]["expected"] < 1
    assert told[0]["nature"] == "organic"
    assert told[0]["q_value"] < 0.01


def test_what_counts_are_out_of_may_come_from_a_file(world: Path, tmp_path: Path) -> None:
    days = [BEFORE - timedelta(days=back) for back in range(10)]
    file = tmp_path / "users.csv"
    file.write_text("date,users\n" + "".join(f"{day},5000\n" for day in days) + f"{NIGHT},5500\n")
    settings = Settings(signals={"exposure": str(file)})
    outcome = nightly([], settings, world / "var", as_of=NIGHT, reporter=Silent())
    counts = outcome.manifest.counts
    assert (counts["exposure_days"], counts["days_without_exposure"]) == (11, 12)
    assert any(one["news"] for one in of_day(outcome.snapshot, NIGHT))
    file.write_text("date,users\n2026-06-28,few\n")
    with pytest.raises(SettingsError, match="row 2: the value is not a number"):
        nightly([], settings, world / "var", as_of=NIGHT, reporter=Silent())


def test_an_ordinary_night_tells_nothing(world: Path) -> None:
    snapshot = night(world, NIGHT, [])
    assert [one for one in of_day(snapshot, BEFORE) if one["news"]] == []


def test_a_night_that_is_run_again_finds_the_same(world: Path) -> None:
    one, other = (of_day(night(world, NIGHT, []), NIGHT) for _ in range(2))
    for rows in (one, other):
        for row in rows:
            row.pop("run_id")
    assert one == other


def test_the_same_nights_elsewhere_give_the_same_signals_and_states(
    world: Path, records: list[Record], tmp_path: Path
) -> None:
    write(tmp_path / "all.jsonl", records)
    night(tmp_path, BEFORE, [str(tmp_path / "all.jsonl")])
    exports = [_exported(snapshot) for snapshot in (night(tmp_path, NIGHT, []), night(world, NIGHT, []))]
    assert exports[0] == exports[1]
    assert {line["table"] for line in exports[0]} == set(TABLES)


def test_the_day_after_goes_on_without_being_news_and_earlier_days_stay_as_told(world: Path) -> None:
    before = of_day(night(world, NIGHT, []), NIGHT)
    after = night(world, AFTER, [])
    assert [one for one in of_day(after, AFTER) if one["news"]] == []
    past = night(world, BEFORE, [])
    assert of_day(past, NIGHT) == before
    assert of_day(past, AFTER) == of_day(after, AFTER)


def test_what_a_person_decides_holds_and_is_told_with_its_author(world: Path) -> None:
    snapshot = night(world, AFTER, [])
    topic = sorted(states(snapshot.database))[0]
    say(world / "var", "resolve", topic=topic)
    decided = night(world, AFTER, [])
    assert states(decided.database)[topic]["state"] == "resolved"
    newest = state_events(decided.database, topic)[0]
    assert (newest["reason"], newest["state"]) == ("person", "resolved")
    say(world / "var", "reopen", topic=topic)
    assert states(night(world, AFTER, []).database)[topic]["state"] != "resolved"
