"""A backtest lives through history as the nights would have, and never looks ahead."""

from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from tests.pipelines.growing import Record, new_issue, sample, write

NIGHT = "2026-06-29"


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    """Some weeks of tickets, a burst on one day, and more of it on the next."""
    found = sample(tmp_path_factory.mktemp("sample"), days=24, per_day=14)
    later = [record | {"ticket_id": f"L{record['ticket_id']}"} for record in new_issue(_at("2026-06-30"))]
    return [*found, *new_issue(_at(NIGHT)), *later]


def _at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T08:00:00+00:00")


def backtest(folder: Path, records: list[Record]) -> dict[str, Any]:
    file = write(folder / "all.jsonl", records)
    truth = folder / "truth.csv"
    truth.write_text(f"start,end,pattern\n{NIGHT},2026-07-02,hedge|fence\n2026-06-28,2026-06-28,whale\n")
    command = ["backtest", str(file), "--truth", str(truth), "--from", "2026-06-28", "--json"]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = orjson.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def whole(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return backtest(tmp_path_factory.mktemp("whole"), records)


def test_the_burst_is_found_on_its_day_and_what_is_not_there_never(whole: dict[str, Any]) -> None:
    burst, whale = whole["incidents"]
    assert (burst["detected"], burst["first_signal"], burst["delay_days"]) == (True, NIGHT, 0)
    assert (whale["detected"], whale["delay_days"]) == (False, None)
    assert (whole["recall"], whole["precision"]) == (0.5, 1.0)
    assert whole["alerts_per_week"] == round(len(whole["alerts"]) / (3 / 7), 4)


def test_what_comes_later_changes_nothing_of_a_day(
    whole: dict[str, Any], records: list[Record], tmp_path: Path
) -> None:
    until = [record for record in records if str(record["created_at"])[:10] <= NIGHT]
    cut = backtest(tmp_path, until)
    for part in ("alerts", "bursts"):
        assert cut[part] == [one for one in whole[part] if one["day"] <= NIGHT]
    assert cut["alerts"]


def test_a_backtest_without_inputs_or_simulation_is_refused() -> None:
    done = CliRunner().invoke(app, ["backtest"])
    assert done.exit_code != 0
