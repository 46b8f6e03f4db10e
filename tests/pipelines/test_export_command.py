"""``issuemine export``: one table in a format of choice, and what is told where that cannot be."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.cli import main
from tests.conftest import Mined

Command = Callable[..., tuple[object, str]]


@pytest.fixture
def export(
    mined: Mined, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """The command as somebody types it; its exit code and what it says went wrong."""

    def run(file: str, *more: str) -> tuple[object, str]:
        arguments = ["export", str(tmp_path / file), *more, "--warehouse", str(mined.warehouse)]
        monkeypatch.setattr("sys.argv", ["issuemine", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, capsys.readouterr().err

    return run


def test_a_table_is_written_in_the_format_that_the_file_names(export: Command, tmp_path: Path) -> None:
    for form in ("csv", "jsonl", "parquet"):
        assert export(f"topics.{form}", "--table", "topics") == (0, "")
    lines = (tmp_path / "topics.jsonl").read_text(encoding="utf-8").splitlines()
    ids = pq.read_table(tmp_path / "topics.parquet")["topic_id"].to_pylist()
    assert [json.loads(line)["topic_id"] for line in lines] == ids
    assert (tmp_path / "topics.csv").read_text(encoding="utf-8-sig").startswith('"topic_id","space",')


@pytest.mark.parametrize(
    ("file", "more", "told"),
    [
        ("missing/all.jsonl", (), "cannot be written"),
        ("topics.xlsx", ("--table", "topics"), "names no format"),
        ("odd.csv", ("--table", "odd"), "There is no table odd."),
    ],
)
def test_what_cannot_be_written_is_told_in_two_lines(
    export: Command, file: str, more: tuple[str, ...], told: str
) -> None:
    code, error = export(file, *more)
    assert code == 2
    assert told in error
    assert len(error.splitlines()) == 2
