"""An export is of one snapshot, however long it takes."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import pyarrow as pa
from anyio.from_thread import start_blocking_portal

from api.app import create_app
from issuemine.config import Settings
from issuemine.store.connection import Database
from issuemine.store.files import digest
from issuemine.store.layout import Layout

ROWS = 60_000


def publish(layout: Layout, run_id: str) -> None:
    """A snapshot whose rows name it."""
    path = layout.snapshot(run_id)
    with Database(path) as snapshot:
        snapshot.create("info", pa.table({"run_id": [run_id], "as_of": [date(2026, 3, 1)]}))
        snapshot.create("days", pa.table({"source": [run_id] * ROWS, "records": range(ROWS)}))
    content = {"snapshot": path.name, "blake2b": digest(path)}
    layout.pointer.write_text(json.dumps(content), encoding="utf-8")


def test_rows_stay_those_of_the_snapshot_though_the_next_is_published_and_the_file_goes(
    tmp_path: Path,
) -> None:
    layout = Layout(tmp_path / "var")
    layout.create()
    publish(layout, "r00001")
    app = create_app(layout.folder, Settings())
    got: list[bytes] = []
    meanwhile: list[bytes] = []

    async def ask(path: str, send: Any) -> None:
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(b"host", b"127.0.0.1"), (b"accept", b"application/x-ndjson")],
            "client": ("127.0.0.1", 50_000),
            "server": ("127.0.0.1", 80),
            "scheme": "http",
            "http_version": "1.1",
        }

        async def receive() -> dict[str, Any]:
            await anyio.sleep_forever()  # whoever asks stays
            raise AssertionError

        await app(scope, receive, send)

    async def other(message: dict[str, Any]) -> None:
        meanwhile.append(message.get("body", b""))

    async def first(message: dict[str, Any]) -> None:
        got.append(message.get("body", b""))
        if len(got) == 2:  # the headers, then the first rows
            publish(layout, "r00002")
            layout.snapshot("r00001").unlink()
            await ask("/v1/exports/days", other)

    with start_blocking_portal() as portal:
        portal.call(ask, "/v1/exports/days", first)
    assert len(got) > 5
    for parts, run_id in ((got, "r00001"), (meanwhile, "r00002")):
        found = [json.loads(line) for line in b"".join(parts).splitlines()]
        assert [row["records"] for row in found] == list(range(ROWS))
        assert {row["source"] for row in found} == {run_id}
