"""A small corpus that grows: what a first night sees, and what the next one finds new and changed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from issuemine.config import Settings
from issuemine.curation.events import action, event
from issuemine.sample import write_sample
from issuemine.store.layout import Layout
from issuemine.store.operational import open_operational
from issuemine.store.operational.events import append
from issuemine.store.snapshot import Snapshot

Record = dict[str, Any]

_NEW_ISSUE = (
    "The garden drone flies into the hedge every time I start it",
    "My garden drone crashes into the hedge on take-off",
    "Garden drone hits the hedge right after it starts flying",
    "Why does the garden drone always fly straight into the hedge",
    "The drone for the garden flew into our hedge again",
    "As soon as I start it the garden drone goes into the hedge",
    "Garden drone keeps crashing into the hedge when I start it",
    "The garden drone steers into the hedge after take-off",
)


def sample(folder: Path, days: int = 12, per_day: int = 12) -> list[Record]:
    """Records of the sample in the order of their times."""
    written = write_sample(folder / "sample", days=days, per_day=per_day, seed=5)
    records = [orjson.loads(line) for line in written.path.read_bytes().splitlines()]
    return sorted(records, key=lambda record: str(record["created_at"]))


def write(path: Path, records: list[Record]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in records))
    return path


def new_issue(day: datetime) -> list[Record]:
    """Records of an issue that nobody wrote of before."""
    return [
        {
            "ticket_id": f"N-{number}",
            "kind": "ticket",
            "created_at": (day + timedelta(minutes=number)).isoformat(),
            "body": text,
            "customer_id": f"N-{number}",
        }
        for number, text in enumerate(_NEW_ISSUE)
    ]


def changed(record: Record, text: str, at: datetime) -> Record:
    """A record whose text somebody edited later."""
    return record | {"body": text, "updated_at": at.isoformat()}


def two_nights(folder: Path) -> tuple[Path, Path]:
    """Files of a first night and of a second one with new, changed and unchanged records, and a bad row."""
    records = sample(folder)
    many = int(len(records) * 0.8)
    last = datetime.fromisoformat(str(records[-1]["created_at"]))
    edited = [
        changed(record, str(records[-1 - at]["body"]), last)
        for at, record in enumerate(records[: many // 10])
    ]
    bad = [{"ticket_id": "bad", "created_at": last.isoformat(), "body": ""}]
    first = write(folder / "first" / "records.jsonl", records[:many])
    second = write(
        folder / "second" / "records.jsonl",
        [*edited, *records[many // 10 :], *new_issue(last - timedelta(hours=12)), *bad],
    )
    return first, second


def say(warehouse: Path, kind: str, **payload: Any) -> int:
    """Have a person say something of topics."""
    with open_operational(Layout(warehouse), Settings().store) as store:
        at = datetime(2026, 7, 1, tzinfo=UTC)
        return append(store, event(action(kind, payload), at=at, author="kim"))


def say_a_few_things(warehouse: Path, snapshot: Snapshot) -> None:
    """A merge, a split, an exclusion, a move, a lock and a new name."""
    topics = snapshot.database.table("read/every/topics").to_pylist()
    mentions = snapshot.database.table("read/every/mentions").to_pylist()
    ids = [row["topic_id"] for row in topics]
    members = {
        topic: sorted(row["mention_id"] for row in mentions if row["topic_id"] == topic) for topic in ids
    }
    say(warehouse, "merge", topics=[ids[1]], into=ids[0])
    say(warehouse, "split", topic=ids[2], mentions=members[ids[2]][:2], label="Apart by hand")
    say(warehouse, "exclude_mentions", mentions=members[ids[3]][:1])
    say(warehouse, "move", mention=members[ids[3]][1], topic=ids[4])
    say(warehouse, "lock", topic=ids[4])
    say(warehouse, "rename", topic=ids[5], label="Named by hand")
