"""Days that have not come, in a record or on the command line, silence no later night."""

from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from tests.pipelines.growing import Record, new_issue, sample, write


def run(folder: Path, records: list[Record], *arguments: str) -> tuple[int, dict[str, Any], str]:
    """One night by the command line: exit code, what it prints as JSON, and why it failed."""
    files = [str(write(folder / "records.jsonl", records))] if records else []
    command = ["run", *files, "--warehouse", str(folder / "var"), "--json", *arguments]
    done = CliRunner().invoke(app, command)
    return done.exit_code, orjson.loads(done.stdout) if done.stdout else {}, str(done.exception)


def signals(folder: Path) -> list[dict[str, Any]]:
    done = CliRunner().invoke(app, ["signals", "--warehouse", str(folder / "var"), "--json"])
    assert done.exit_code == 0, done.output
    found: list[dict[str, Any]] = orjson.loads(done.stdout)["signals"]
    return found


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A night with a record of 2030, a mistaken day in 2030, one that is only too late, and a burst."""
    folder = tmp_path_factory.mktemp("future")
    records = sample(folder, days=24, per_day=14)
    before = [record for record in records if str(record["created_at"])[:10] <= "2026-06-28"]
    astray = before[0] | {"ticket_id": "astray", "created_at": "2030-01-01T09:00:00+00:00"}
    burst = new_issue(datetime.fromisoformat("2026-06-29T08:00:00+00:00"))
    today = [record for record in records if str(record["created_at"])[:10] == "2026-06-29"]
    return {
        "astray": run(folder, [*before, astray]),
        "2030": run(folder, [], "--as-of", "2030-01-01"),
        "late": run(folder, [], "--as-of", "2026-09-01"),
        "burst": run(folder, [*today, *burst]),
        "signals": signals(folder),
    }


def test_a_record_of_2030_is_not_the_newest_day(nights: dict[str, Any]) -> None:
    code, printed, _ = nights["astray"]
    assert code == 0
    assert printed["run"]["as_of"] == "2026-06-28"
    assert printed["run"]["counts"]["future_records"] == 1
    assert {str(newest)[:4] for newest in printed["run"]["watermarks"].values()} == {"2026"}


def test_a_day_that_has_not_come_is_refused_by_its_name(nights: dict[str, Any]) -> None:
    code, _, said = nights["2030"]
    assert code != 0
    assert "2030-01-01 has not come yet" in said


def test_the_night_after_a_mistaken_one_tells_what_emerges(nights: dict[str, Any]) -> None:
    code, printed, _ = nights["burst"]
    assert code == 0
    assert printed["run"]["as_of"] == "2026-06-29"
    assert printed["run"]["counts"]["news"] == 1
    assert printed["run"]["counts"]["late_records"] == 0
    told = [one for one in nights["signals"] if "drone" in str(one["quotes"])]
    assert {one["day"] for one in told} == {"2026-06-29"}


def test_nothing_stays_of_days_that_had_not_come(nights: dict[str, Any]) -> None:
    assert max(one["day"] for one in nights["signals"]) == "2026-06-29"
