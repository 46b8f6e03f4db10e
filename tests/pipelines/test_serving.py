"""The service as its operators have it: several processes, snapshots that come while it answers, an end."""

import json
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
import pyarrow as pa
import pytest
import sqlalchemy as sa

from issuemine.config import Settings
from issuemine.store.connection import Database
from issuemine.store.inbox import Inbox, read_post
from issuemine.store.layout import Layout
from issuemine.store.migrations import migrate
from issuemine.store.operational import open_operational
from issuemine.store.operational.tables_hooks import hook_conversations
from issuemine.store.operational.writes import audit
from tests.api.hooks.signing import SECRETS, signed
from tests.hooks_payloads import chatwoot_message
from tests.issuemine.store.rows import mentions, records
from tests.issuemine.store.test_publish import fill, put
from tests.issuemine.store.test_records import take
from tests.pipelines.processes import DEADLINE, wait_until
from tests.pipelines.readers import Reader
from tests.pipelines.serving import started

SNAPSHOTS = 4
QUIET = {"ISSUEMINE_API__LOG_FILE": ""}


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = Layout(tmp_path / "var")
    made.create()
    return made


def more(warehouse: Database, number: int) -> None:
    """One more record, which speaks of the topic: the snapshot r0000N has N + 1 of them, of N + 2 in all."""
    take(warehouse, records({"record_id": f"more{number}"}))
    warehouse.execute("mentions/insert", tables={"incoming": mentions((f"more{number}", 0))})
    found = {"mention_id": [f"more{number}-0"], "topic_id": ["T1"], "similarity": [0.5], "counts": [True]}
    warehouse.execute("topics/insert_assignments", tables={"found": pa.table(found)})


def test_new_snapshots_under_load_fail_no_request_and_mix_no_answer(layout: Layout) -> None:
    with Database(layout.warehouse) as warehouse:
        migrate(warehouse)
        fill(warehouse)
        put(warehouse, layout, "r00001")
        with started(layout.folder, workers=2, **QUIET) as (address, process):
            service = psutil.Process(process.pid)
            wait_until(lambda: all_opened(service, layout.snapshot("r00001")))
            stop = threading.Event()
            readers = [Reader(address, layout, stop) for _ in range(8)]
            for reader in readers:
                reader.start()
            wait_until(lambda: all(reader.has_seen("r00001") for reader in readers))
            for number in range(2, SNAPSHOTS + 1):
                before = [reader.asked for reader in readers]
                more(warehouse, number)
                # The one before is deleted at once, whoever reads it.
                put(warehouse, layout, f"r0000{number}", keep=1)
                named = f"r0000{number}"
                wait_until(lambda named=named: all(reader.has_seen(named) for reader in readers))
                assert all(reader.asked > asked for reader, asked in zip(readers, before, strict=True))
            # Those of before are closed.
            wait_until(lambda: all_opened(service, layout.snapshot("r00004")))
            stop.set()
            for reader in readers:
                reader.join(DEADLINE)
            assert [wrong for reader in readers for wrong in reader.wrong] == []
            named = {f"r0000{number}" for number in range(1, SNAPSHOTS + 1)}
            assert all(seen <= named for reader in readers for seen in reader.seen.values())


def all_opened(service: psutil.Process, snapshot: Path) -> bool:
    """Whether both workers have this snapshot open, and no other file of DuckDB."""
    found = [files for one in service.children() if (files := opened(one))]
    return found == [[str(snapshot)]] * 2


def opened(process: psutil.Process) -> list[str]:
    """Databases that a process has open, those too that are deleted."""
    found = []
    for link in Path(f"/proc/{process.pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            found.append(link.readlink())
    return [str(path) for path in found if ".duckdb" in path.name]


@contextmanager
def half_asked(address: str, path: str, body: bytes, **headers: str) -> Iterator[socket.socket]:
    """A request under way, whose body has come half."""
    port = urlsplit(address).port
    headers |= {"Host": f"127.0.0.1:{port}", "Content-Type": "application/json"}
    headers["Content-Length"] = str(len(body))
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    with socket.create_connection(("127.0.0.1", port or 0), timeout=DEADLINE) as sent:
        sent.sendall("\r\n".join([*lines, "", ""]).encode() + body[:5])
        yield sent


def answered(sent: socket.socket, body: bytes) -> bytes:
    """What is answered once the rest of a body has come."""
    sent.sendall(body[5:])
    return b"".join(iter(lambda: sent.recv(65_536), b""))


EXPLAIN = "/v1/causes/explain"
BODY = json.dumps({"target": {"topic_id": "T1"}, "against": "others"}).encode()


def told_to_stop(address: str, process: psutil.Popen) -> None:
    """Tell the service to stop, and wait until nobody is let in."""
    httpx.get(f"{address}/readyz", timeout=DEADLINE)
    process.send_signal(signal.SIGTERM)
    port = urlsplit(address).port

    def refused() -> bool:
        try:
            socket.create_connection(("127.0.0.1", port or 0), timeout=DEADLINE).close()
        except ConnectionRefusedError:
            return True
        return False

    wait_until(refused)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_under_way_is_answered_when_the_service_stops_and_nobody_is_let_in(
    layout: Layout, workers: int
) -> None:
    with Database(layout.warehouse) as warehouse:
        migrate(warehouse)
        fill(warehouse)
        put(warehouse, layout, "r00001")
    with (
        started(layout.folder, workers, **QUIET) as (address, process),
        half_asked(address, EXPLAIN, BODY) as sent,
    ):
        first = psutil.Process(process.pid)
        children = first.children(recursive=True)
        told_to_stop(address, process)
        assert process.poll() is None
        answer = answered(sent, BODY)
        assert answer.startswith(b"HTTP/1.1 200 "), answer
        assert b'"snapshot":"r00001"' in answer
        assert process.wait(DEADLINE) == 0
    assert psutil.wait_procs(children, DEADLINE)[1] == []


@pytest.mark.parametrize("workers", [1, 2])
def test_what_does_not_end_is_cut_off(layout: Layout, workers: int) -> None:
    soon = QUIET | {"ISSUEMINE_API__SHUTDOWN_SECONDS": "1"}
    with (
        started(layout.folder, workers, **soon) as (address, process),
        half_asked(address, EXPLAIN, BODY),
    ):
        children = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGTERM)
        assert process.wait(DEADLINE) == 0
    assert psutil.wait_procs(children, DEADLINE)[1] == []


def test_records_and_events_that_come_while_the_service_stops_are_kept_when_they_are_acknowledged(
    layout: Layout,
) -> None:
    record = json.dumps({"id": "1", "created_at": "2026-01-10T10:00:00Z", "body": "My card fails."}).encode()
    event = json.dumps(chatwoot_message(1, "로그인이 안 됩니다.", 1759654801.0)).encode()
    secret = {"ISSUEMINE_HOOKS__CHATWOOT": json.dumps([SECRETS["chatwoot"]])}
    with (
        started(layout.folder, **QUIET, **secret) as (address, process),
        half_asked(address, "/v1/records", record) as sender,
        half_asked(address, "/v1/hooks/chatwoot", event, **signed("chatwoot", event)) as helpdesk,
    ):
        told_to_stop(address, process)
        answers = [answered(sender, record), answered(helpdesk, event)]
        assert [answer[:13] for answer in answers] == [b"HTTP/1.1 202 "] * 2, answers
        assert process.wait(DEADLINE) == 0
    posts = [read_post(post)[0].to_pylist() for post in Inbox(layout).waiting()]
    assert {row["source"] for rows in posts for row in rows} == {"api", "chatwoot"}
    with open_operational(layout, Settings().store) as store:
        assert {(entry.route, entry.status) for entry in audit(store)} == {
            ("/v1/records", 202),
            ("/v1/hooks/chatwoot", 202),
        }
        with store.reading() as connection:
            (kept,) = connection.execute(sa.select(hook_conversations)).mappings()
            assert kept["accepted"] == kept["revision"] == 1
