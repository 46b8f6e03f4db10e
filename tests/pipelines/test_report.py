"""``issuemine report`` writes some days as one file, and says why it cannot."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from issuemine.errors import SettingsError
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshots
from pipelines.cli import app
from tests.conftest import Mined


def report(mined: Mined, *options: str) -> BaseException | None:
    """What stopped a report, if anything did."""
    return CliRunner().invoke(app, ["report", *options, "--warehouse", str(mined.warehouse)]).exception


@pytest.mark.parametrize(("options", "days"), [((), 7), (("--week",), 7), (("--days", "30"), 30)])
def test_a_report_tells_of_the_week_or_of_as_many_days_as_asked_for(
    mined: Mined, tmp_path: Path, options: tuple[str, ...], days: int
) -> None:
    file = tmp_path / "told.html"
    assert report(mined, "--output", str(file), *options) is None
    last: date = Snapshots(Layout(mined.warehouse)).current().info["as_of"]
    told = file.read_text(encoding="utf-8")
    assert f"Recurring issues from {last - timedelta(days=days - 1)} to {last}" in told
    assert f"Change compares the last {days} days with as many before." in told


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--week", "--days", "30"), "--week and --days contradict each other. Give one of them."),
        (("0001-01-01",), "outside of 1900-01-01 to 2199-12-31"),
        (("9999-12-31",), "outside of 1900-01-01 to 2199-12-31"),
    ],
)
def test_what_cannot_be_told_is_refused_and_nothing_is_written(
    mined: Mined, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "told.html"
    failure = report(mined, "--output", str(file), *options)
    assert isinstance(failure, SettingsError)
    assert said in str(failure)
    assert not file.exists()


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("none/told.html", "it does not exist"),
        ("file/told.html", "a part of the path is no folder"),
        (".", "it is a folder"),
    ],
)
def test_a_place_where_no_file_can_be_is_told(mined: Mined, tmp_path: Path, place: str, reason: str) -> None:
    (tmp_path / "file").touch()
    failure = report(mined, "--output", str(tmp_path / place))
    assert isinstance(failure, SettingsError)
    assert f"cannot be written ({reason}). Name a file in a folder that is there." in str(failure)
