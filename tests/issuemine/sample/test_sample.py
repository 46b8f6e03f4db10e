"""The sample: reproducible, and true to what it says of itself."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import orjson
import pytest

from issuemine.errors import SampleError
from issuemine.sample import write_sample


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def records(path: Path) -> list[dict[str, str]]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    one, two = (write_sample(tmp_path / name, days=10, per_day=20, seed=3) for name in ("a", "b"))
    other = write_sample(tmp_path / "c", days=10, per_day=20, seed=4)
    for name in ("path", "truth", "events"):
        assert getattr(one, name).read_bytes() == getattr(two, name).read_bytes()
    assert one.path.read_bytes() != other.path.read_bytes()


def test_the_truth_names_the_issue_of_every_record(tmp_path: Path) -> None:
    written = write_sample(tmp_path, days=20, per_day=30)
    truth = rows(written.truth)
    assert [row["external_id"] for row in truth] == [record["ticket_id"] for record in records(written.path)]
    assert len(truth) == written.records
    assert {row["language"] for row in truth} == {"en", "ko"}
    assert any("|" in row["issues"] for row in truth)


def test_no_choice_or_slot_is_left_in_a_text(tmp_path: Path) -> None:
    written = write_sample(tmp_path, days=30, per_day=40)
    for record in records(written.path):
        assert not set("[]{}|") & set(record["body"]), record["body"]


def test_the_planted_events_happen(tmp_path: Path) -> None:
    written = write_sample(tmp_path, days=100, per_day=60, languages=("en",))
    truth, table = rows(written.truth), records(written.path)
    planted = {(row["kind"], row["issue"]): date.fromisoformat(row["day"]) for row in rows(written.events)}
    days: dict[str, Counter[str]] = {}
    android: Counter[str] = Counter()
    release = planted["release", "app_crash"]
    for told, record in zip(truth, table, strict=True):
        key, day = told["issues"].split("|")[0], date.fromisoformat(record["created_at"][:10])
        when = {
            "double_charge": planted["starts", "double_charge"],
            "refund_missing": planted["fixed", "refund_missing"],
        }
        side = "after" if day >= when.get(key, release) else "before"
        days.setdefault(key, Counter())[side] += 1
        if key == "app_crash" and side == "after":
            android[record["platform"]] += 1
    assert days["double_charge"]["before"] == 0
    assert days["double_charge"]["after"] > 20
    assert days["refund_missing"]["after"] < days["refund_missing"]["before"] / 4
    assert android["android"] > 2 * (android["ios"] + android["web"])


def test_a_language_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SampleError, match="fr"):
        write_sample(tmp_path, languages=("fr",))
