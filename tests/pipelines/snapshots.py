"""A small published snapshot, written by hand."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.publish import digest

LABELS = {
    "T1": "Verification code never arrives",
    "T2": "Refund is late",
    "T3": "환불 지연",
    "T7": "App crashes on start",
}
TEXTS = {
    "aa11-0": ("T1", "the code never arrives 👩‍👩‍👧"),
    "aa11-1": ("T1", "no code by text message"),
    "bb22-0": ("T2", "where is my refund"),
    "cc33-0": ("T3", "환불이 너무 늦어요"),
    "dd44-0": (None, "hello there"),
}
"""Mention to topic and text; two mentions of one record stand side by side in its text."""


def publish_by_hand(folder: Path, split_topics: Mapping[int, str] | None = None) -> Layout:
    """A warehouse folder with a published snapshot of these topics and mentions."""
    layout = Layout(folder)
    layout.create()
    path = layout.snapshots / "r00001.duckdb"
    path.unlink(missing_ok=True)
    with Database(path) as snapshot:
        labels = {"topic_id": list(LABELS), "label": list(LABELS.values()), "records": [9, 8, 7, 1]}
        snapshot.create("topics", pa.table(labels))
        snapshot.create("info", pa.table({"run_id": ["r00001"], "as_of": [date(2026, 3, 1)]}))
        texts: dict[str, str] = {}
        mentions = []
        for number, (mention_id, (topic, text)) in enumerate(TEXTS.items()):
            record_id = mention_id.split("-")[0]
            start = len(texts.get(record_id, ""))
            texts[record_id] = texts.get(record_id, "") + text
            place = {"start": start, "end": start + len(text), "similarity": 0.9 - number / 10}
            mentions.append({"mention_id": mention_id, "record_id": record_id, "topic_id": topic} | place)
        days = pa.array([date(2026, 2, 28)] * len(mentions), pa.date32())
        rows = pa.Table.from_pylist(mentions).append_column("day", days)
        snapshot.create("mentions", rows.append_column("language", pa.array(["en"] * len(mentions))))
        records = {"record_id": list(texts), "text": list(texts.values())}
        snapshot.create("records", pa.table(records))
        if split_topics is not None:
            given = {"event_id": list(split_topics), "topic_id": list(split_topics.values())}
            snapshot.create("split_topics", pa.table(given))
    content = {"snapshot": path.name, "blake2b": digest(path)}
    layout.pointer.write_text(json.dumps(content), encoding="utf-8")
    return layout
