"""Snapshots with signals, published by hand, and settings with channels."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from issuemine.config import Settings
from issuemine.records import Signal
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.migrations import migrate
from issuemine.store.publish import digest

SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
QUICK = {"timeout_seconds": 5, "backoff_seconds": 0.01, "tries": 2}

_RECORDS = [
    {"record_id": "a", "day": date(2020, 8, 4), "source": "desk", "language": "ko", "product": "pay"},
    {"record_id": "b", "day": date(2020, 8, 4), "source": "desk", "language": "en", "product": "pay"},
    {"record_id": "c", "day": date(2020, 8, 4), "source": "reviews", "language": "en", "product": None},
    {"record_id": "d", "day": date(2020, 7, 30), "source": "reviews", "language": "en", "product": None},
]
_OTHER_FIELDS = (
    "kind", "channel", "version", "platform", "plan", "region", "journey_stage", "status", "priority",
)  # fmt: skip
_TOPICS = {"T12": "abd", "T13": "cd"}


def publish(layout: Layout, number: int, signals: Sequence[Signal] = (), *, rollback: bool = False) -> None:
    """A published snapshot of a run with these signals and a few records."""
    layout.create()
    path = layout.snapshot(f"r{number:05d}")
    path.unlink(missing_ok=True)
    with Database(path) as snapshot:
        snapshot.create("signals", pa.Table.from_pylist([asdict(one) for one in signals], schema=_schema()))
        rows = [row | dict.fromkeys(_OTHER_FIELDS, "") for row in _RECORDS]
        snapshot.create("records", pa.Table.from_pylist(rows))
        members = [{"topic_id": topic, "record_id": one} for topic, own in _TOPICS.items() for one in own]
        snapshot.create("topic_records", pa.Table.from_pylist(members))
        as_of = max((one.day for one in signals), default=date(2020, 8, 4))
        snapshot.create("info", pa.table({"run_id": [path.stem], "as_of": [as_of]}))
    content: dict[str, Any] = {"snapshot": path.name, "blake2b": digest(path)}
    layout.pointer.write_text(json.dumps(content | ({"rollback": {"from": "r9"}} if rollback else {})))


@cache
def _schema() -> pa.Schema:
    """Of the signals, as the warehouse's migrations make them."""
    with TemporaryDirectory() as folder, Database(Path(folder) / "warehouse.duckdb") as warehouse:
        migrate(warehouse)
        return warehouse.table("alerts/signals", {"after": 0}).schema


def webhook(url: str) -> dict[str, Any]:
    return {"kind": "webhook", "url": url, "secret": SECRET}


def settings(channels: dict[str, Any], *rules: dict[str, Any], **more: Any) -> Settings:
    return Settings.model_validate({"alerts": QUICK | {"channels": channels, "rules": list(rules)} | more})


def write_settings(path: Path, url: str, **more: Any) -> Path:
    """A settings file with one webhook."""
    lines = [f"{name} = {value}" for name, value in (QUICK | more).items()]
    channel = [f"{name} = {json.dumps(value)}" for name, value in webhook(url).items()]
    path.write_text("\n".join(["[alerts]", *lines, "[alerts.channels.ops]", *channel]) + "\n")
    return path
