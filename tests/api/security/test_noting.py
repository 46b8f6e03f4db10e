"""What is noted of writes: whole ones alone, and of their address only ids."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from anyio.from_thread import start_blocking_portal

from issuemine.config import ApiSettings, Settings
from issuemine.store.operational import writes
from issuemine.store.operational.events import all_events
from tests.api.worlds import World, world


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    settings = Settings(api=ApiSettings(log_file=str(tmp_path / "access.jsonl")))
    with world(tmp_path / "var", settings) as made:
        yield made


@pytest.mark.parametrize("path", ["/v1/curation/pin", "/v1/causes/explain"])
def test_a_write_that_is_cut_off_is_neither_done_nor_noted(here: World, tmp_path: Path, path: str) -> None:
    arriving: list[dict[str, Any]] = [
        {"type": "http.request", "body": b'{"topic": "T1"}', "more_body": True},
        {"type": "http.disconnect"},
    ]
    answered: list[Any] = []

    async def receive() -> Any:
        return arriving.pop(0)

    async def send(message: Any) -> None:
        answered.append(message)

    headers = here.by("curator") | {"Content-Type": "application/json", "Host": "127.0.0.1"}
    scope = {
        "type": "http",
        "method": "POST",
        "http_version": "1.1",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 5_000),
        "server": ("127.0.0.1", 8_000),
    }
    with start_blocking_portal() as portal:  # this thread may still have the loop of a browser test
        portal.call(here.client.app, scope, receive, send)
    assert arriving == []
    assert answered == []
    assert all_events(here.store) == []
    assert writes.audit(here.store, 10, None) == []
    assert orjson.loads((tmp_path / "access.jsonl").read_bytes())["status"] == 499


def test_the_audit_log_keeps_ids_of_an_address_and_nothing_else(here: World) -> None:
    for named in ("john.doe@example.com", "T1", "T1%0Ajohn", "010-1234-5678"):
        here.client.post(f"/topics/{named}/curate", data={"kind": "pin"}, headers=here.by("curator"))
    kept = [entry.target for entry in reversed(writes.audit(here.store, 10, None))]
    assert kept == [{}, {"topic_id": "T1"}, {}, {}]
