"""``issuemine explain`` on files of counts."""

import csv
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from tests.issuemine.causes.tables import attributes, labels

KEYS = {
    "attributes",
    "records",
    "expected",
    "excess",
    "share_of_excess",
    "risk_ratio",
    "low",
    "high",
    "support",
    "q_value",
    "strength",
}


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Counts of six minutes; in the last one a cause sets in. Another combination was always bad."""
    columns = attributes(30_000, [2, 4, 6], seed=1)
    minute = np.random.default_rng(2).integers(0, 6, 30_000)
    always = [({"b": "b1"}, 4.0)]
    records = np.where(
        minute == 5,
        labels(columns, 0.03, [*always, ({"a": "a1", "c": "c2"}, 6.0)], seed=3),
        labels(columns, 0.03, always, seed=4),
    )
    table = pa.table(
        {
            **{f"by {name}": values for name, values in columns.items()},
            "minute": 1_700_000_000 + 60 * minute,
            "bad": records,
            "all": np.ones(30_000, dtype=np.int64),
        }
    )
    grouped = table.group_by(["by a", "by b", "by c", "minute"]).aggregate([("bad", "sum"), ("all", "sum")])
    path = tmp_path_factory.mktemp("counts") / "counts.parquet"
    pq.write_table(grouped.rename_columns(["by a", "by b", "by c", "minute", "bad", "all"]), path)
    return path


def explained(path: Path, *options: str) -> list[dict[str, object]]:
    arguments = ["explain", str(path), "--bad", "bad", "--total", "all", "--by", "by a,by b,by c"]
    done = CliRunner().invoke(app, [*arguments, *options, "--json"])
    assert done.exit_code == 0, done.output
    found: list[dict[str, object]] = json.loads(done.stdout)["candidates"]
    return found


def test_what_set_in_at_a_time_is_told_from_what_was_always_so(minutes: Path) -> None:
    (found,) = explained(minutes, "--at", "1700000300", "--baseline", "4")
    assert found["attributes"] == {"by a": "a1", "by c": "c2"}
    assert set(found) >= KEYS
    whole = explained(minutes)
    assert whole[0]["attributes"] == {"by b": "b1"}


def test_csv_and_parquet_give_the_same_answer(minutes: Path, tmp_path: Path) -> None:
    table = pq.read_table(minutes)
    copy = tmp_path / "counts.csv"
    with copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.column_names)
        writer.writeheader()
        writer.writerows(table.to_pylist())
    options = ("--at", "1700000300", "--baseline", "3")
    assert explained(copy, *options) == explained(minutes, *options)


def test_a_table_without_a_cause_is_said_to_have_none(tmp_path: Path) -> None:
    columns = attributes(4_000, [2, 4, 6], seed=5)
    table = pa.table(
        {
            **{f"by {name}": values for name, values in columns.items()},
            "bad": labels(columns, 0.05, [], seed=6),
            "all": np.ones(4_000, dtype=np.int64),
        }
    )
    pq.write_table(table, tmp_path / "even.parquet")
    assert explained(tmp_path / "even.parquet") == []
    arguments = ["explain", str(tmp_path / "even.parquet"), "--bad", "bad", "--total", "all", "--by", "by a"]
    assert "No attribute explains this." in CliRunner().invoke(app, arguments).stdout


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--by", "by z"], "by z"),
        (["--at", "1"], "--time"),
        (["--at", "1700000000"], "before"),
        (["--bad", "all", "--total", "bad"], "count more"),
    ],
)
def test_a_question_that_does_not_fit_the_file_is_told(minutes: Path, options: list[str], told: str) -> None:
    arguments = ["explain", str(minutes), "--bad", "bad", "--total", "all", "--by", "by a", *options]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code != 0
    assert told in str(done.exception)
