"""Whole runs: what they find, what stays the same, what a second one adds."""

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from pydantic import ValidationError

from issuemine.config import Settings
from issuemine.sample import write_sample
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshot, Snapshots
from pipelines.nightly import Outcome, nightly
from pipelines.progress import Silent
from tests.conftest import Mined

PUBLISHED = ("topics", "topic_days", "topic_records", "topic_links", "mentions")


def mine(path: Path, warehouse: Path, **changes: Any) -> Snapshot:
    return night(path, warehouse, **changes).snapshot


def night(path: Path, warehouse: Path, *, restate: bool = False, **changes: Any) -> Outcome:
    return nightly(
        [str(path)], Settings(**changes), warehouse, as_of=None, reporter=Silent(), restate=restate
    )


def content(snapshot: Snapshot, leave_out: tuple[str, ...] = ()) -> dict[str, list[dict[str, Any]]]:
    """The published tables, less columns that name the run."""
    return {
        name: [
            {column: value for column, value in row.items() if column not in leave_out}
            for row in snapshot.database.table(f"read/every/{name}").to_pylist()
        ]
        for name in PUBLISHED
    }


def test_the_issues_of_the_sample_are_found(mined: Mined) -> None:
    """Most topics speak of one true issue, and most issues have a topic of their own."""
    snapshot = Snapshots(Layout(mined.warehouse)).current()
    with mined.truth.open(encoding="utf-8", newline="") as file:
        truth = {row["external_id"]: row["issues"].split("|") for row in csv.DictReader(file)}
    records = {
        row["record_id"]: row["external_id"]
        for row in snapshot.database.table("read/every/records").to_pylist()
    }
    spoken: dict[str, Counter[str]] = defaultdict(Counter)
    for row in snapshot.database.table("read/every/topic_records").to_pylist():
        spoken[row["topic_id"]].update(truth[records[row["record_id"]]])
    pure = sum(counts.most_common(1)[0][1] for counts in spoken.values())
    assert pure / sum(sum(counts.values()) for counts in spoken.values()) > 0.7
    assert len({counts.most_common(1)[0][0] for counts in spoken.values()}) >= 12


def test_shuffled_rows_give_the_same_topics(tmp_path: Path) -> None:
    written = write_sample(tmp_path / "sample", days=15, per_day=30, seed=5)
    lines = written.path.read_bytes().splitlines()
    turned = tmp_path / "turned" / written.path.name
    turned.parent.mkdir()
    turned.write_bytes(b"\n".join(lines[::-1]))
    one, two = mine(written.path, tmp_path / "one"), mine(turned, tmp_path / "two")
    assert content(one) == content(two)


def test_the_same_input_again_encodes_nothing_and_keeps_every_topic(tmp_path: Path) -> None:
    written = write_sample(tmp_path / "sample", days=15, per_day=30, seed=5)
    first = mine(written.path, tmp_path / "var")
    second = mine(written.path, tmp_path / "var")
    manifest = orjson.loads(
        second.database.table("read/runs", {"run_id": "r00002", "rows": 1, "skip": 0})["manifest"][0].as_py()
    )
    assert manifest["counts"]["encoded_texts"] == 0
    assert manifest["counts"]["new_records"] == 0
    named = ("named_run",)
    assert content(first, named) == content(second, named)


def test_more_records_keep_the_ids_of_the_topics_that_go_on(tmp_path: Path) -> None:
    written = write_sample(tmp_path / "sample", days=40, per_day=30, seed=5, languages=("en",))
    lines = written.path.read_bytes().splitlines()
    part = tmp_path / "part" / written.path.name
    part.parent.mkdir()
    part.write_bytes(b"\n".join(lines[: int(len(lines) * 0.8)]))
    before = mine(part, tmp_path / "var")
    after = mine(written.path, tmp_path / "var")
    old = {row["record_id"]: row["topic_id"] for row in content(before)["topic_records"]}
    new: dict[str, set[str]] = defaultdict(set)
    for row in content(after)["topic_records"]:
        new[row["record_id"]].add(row["topic_id"])
    kept = sum(topic in new[record] for record, topic in old.items())
    assert kept / len(old) > 0.6


def test_records_after_the_day_asked_for_do_not_count(mined: Mined, tmp_path: Path) -> None:
    day = date(2026, 6, 10)
    outcome = nightly([str(mined.sample)], Settings(), tmp_path / "var", as_of=day, reporter=Silent())
    assert outcome.snapshot.info["last_day"] <= day
    assert outcome.snapshot.info["as_of"] == day


def test_quotes_and_labels_hold_no_placeholder_and_no_personal_data(mined: Mined) -> None:
    snapshot = Snapshots(Layout(mined.warehouse)).current()
    for topic in content(snapshot)["topics"]:
        words = topic["label"] + " ".join(keyword["word"] for keyword in topic["keywords"])
        assert "<" not in words
        for quote in topic["quotes"]:
            assert "@example.com" not in quote["text"]
    for record in snapshot.database.table("read/every/records").to_pylist():
        assert "@example.com" not in str(record)
        assert not str(record["customer_ref"]).startswith("C-")


def test_another_routing_moves_the_mentions_and_keeps_the_topics_that_go_on(tmp_path: Path) -> None:
    written = write_sample(tmp_path / "sample", days=15, per_day=30, seed=5)
    apart = content(mine(written.path, tmp_path / "var"))
    everything = {"*": "model"}
    together = content(
        night(written.path, tmp_path / "var", restate=True, embed={"routing": everything}).snapshot
    )
    assert {row["space"] for row in apart["topics"]} == {"model", "lexical-ko"}
    assert {row["space"] for row in together["topics"]} == {"model"}
    assert apart["topic_links"]
    assert not together["topic_links"]
    speaking = [(row["record_id"], row["topic_id"]) for row in together["topic_records"]]
    assert len(speaking) == len(set(speaking))
    assert {topic for _, topic in speaking} <= {row["topic_id"] for row in together["topics"]}
    kept = {row["topic_id"] for row in apart["topics"]} & {topic for _, topic in speaking}
    assert len(kept) >= 5


def test_a_routing_that_leaves_languages_out_is_refused() -> None:
    with pytest.raises(ValidationError, match="all other languages"):
        Settings(embed={"routing": {"en": "model"}})


def test_a_language_with_a_few_words_only_does_not_stop_the_run(tmp_path: Path) -> None:
    written = write_sample(tmp_path / "sample", days=10, per_day=30, seed=5, languages=("ko",))
    few = [{"id": "a1", "created_at": "2025-01-02", "text": "برنامج رائع جدا بارك الله فيكم"}]
    few.append({"id": "a2", "created_at": "2025-01-03", "text": "👍👍👍"})
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "sample.jsonl").write_bytes(written.path.read_bytes())
    (folder / "few.jsonl").write_bytes(b"\n".join(orjson.dumps(row) for row in few))
    found = content(mine(folder, tmp_path / "var"))
    assert {row["space"] for row in found["topics"]} <= {"lexical-ko", "model"}
    assert found["topics"]
    unassigned = {row["language"] for row in found["mentions"] if row["topic_id"] is None}
    assert "und" in unassigned
