"""Assistants are told JSON: what customers wrote comes through whole, whatever markup is in it."""

import json
import shutil
from pathlib import Path

import pyarrow as pa
from fastapi.testclient import TestClient

from api.app import create_app
from issuemine.config import Settings
from issuemine.store.connection import Database
from issuemine.store.files import digest
from issuemine.store.layout import Layout
from issuemine.store.pointer import pointed
from tests.conftest import Mined
from tests.web.test_markup import EVIL


def called(client: TestClient, tool: str, **arguments: object) -> dict[str, object]:
    asked = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": tool, "arguments": arguments},
    }
    headers = {"Accept": "application/json, text/event-stream"}
    result = client.post("/mcp", json=asked, headers=headers).json()["result"]
    assert json.loads(result["content"][0]["text"]) == result["structuredContent"]
    found: dict[str, object] = result["structuredContent"]
    return found


def test_texts_with_markup_come_through_unharmed(mined: Mined, tmp_path: Path) -> None:
    layout = Layout(tmp_path / "var")
    shutil.copytree(mined.warehouse, layout.folder)
    path = layout.snapshots / pointed(layout)["snapshot"]
    with Database(path) as database:
        with database.rows("topics") as reader:
            topics = reader.read_all()
        schema, rows = topics.schema, topics.to_pylist()
        for row in rows:
            row["label"] = EVIL[0]
            for quote, evil in zip(row["quotes"], EVIL, strict=False):
                quote["text"] = evil
        database.script("DROP TABLE topics")
        database.create("topics", pa.Table.from_pylist(rows, schema))
    content = {"snapshot": path.name, "blake2b": digest(path)}
    layout.pointer.write_text(json.dumps(content), encoding="utf-8")
    with TestClient(create_app(layout.folder, Settings())) as client:
        (issue,) = called(client, "top_issues", limit=1)["issues"]  # type: ignore[misc]
        assert (issue["label"], issue["quote"]) == (EVIL[0], EVIL[0])
        whole = called(client, "issue_detail", topic_id=issue["topic_id"])
        quotes = list(whole["quotes"])  # type: ignore[call-overload]
        assert quotes == [" ".join(evil.split()) for evil in EVIL[: len(quotes)]]
        assert len(quotes) > 2
