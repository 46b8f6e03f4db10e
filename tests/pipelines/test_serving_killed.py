"""A service that is killed while it writes: asked again, each write is there once, and the log says so."""

import threading
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import psutil
import sqlalchemy as sa

from issuemine.config import Settings
from issuemine.records_access import Role
from issuemine.store.operational import Operational, keys, open_operational
from issuemine.store.operational.events import all_events
from issuemine.store.operational.tables_access import api_replies
from issuemine.store.operational.writes import CUT_OFF, audit
from tests.pipelines.processes import DEADLINE, wait_until
from tests.pipelines.serving import started
from tests.pipelines.snapshots import publish_by_hand

QUIET = {"ISSUEMINE_API__LOG_FILE": ""}
WRITERS, MOST = 6, 40


class Writer(threading.Thread):
    """Says one thing after the other, each under a key of its own, until nobody answers."""

    def __init__(self, address: str, key: str, name: str) -> None:
        super().__init__()
        self.client = httpx.Client(base_url=address, timeout=DEADLINE, headers={"X-API-Key": key})
        self.known, self.answers = name, dict[str, int]()
        self.sent: list[str] = []

    def run(self) -> None:
        try:
            for number in range(MOST):
                self.sent.append(f"{self.known}-{number}")
                self.answers[self.sent[-1]] = say(self.client, self.sent[-1])
        except httpx.TransportError:
            pass
        finally:
            self.client.close()


def say(client: httpx.Client, name: str) -> int:
    answer = client.post(
        "/v1/curation/note", json={"topic": "T1", "text": f"note {name}"}, headers={"Idempotency-Key": name}
    )
    assert answer.status_code == 201, answer.text
    return int(answer.json()["event_id"])


def written_until(address: str, key: str, name: str, killed: psutil.Process) -> list[Writer]:
    """Write to a service, and kill one of its processes in the middle of it."""
    writers = [Writer(address, key, f"{name}-{number}") for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    wait_until(lambda: all(len(writer.answers) > 3 or not writer.is_alive() for writer in writers))
    killed.kill()
    for writer in writers:
        writer.join(DEADLINE)
    return writers


def workers_of(service: psutil.Process) -> list[psutil.Process]:
    found = []
    for one in service.children():
        with suppress(psutil.NoSuchProcess):  # one that was killed, until its parent has looked after it
            if "spawn_main" in " ".join(one.cmdline()):
                found.append(one)
    return found


def a_minute_later(store: Operational) -> None:
    """What was cut off is known to be after a minute; here it is made to be that long ago."""
    with store.writing() as connection:
        cut = api_replies.c.status.is_(None)
        ago = datetime.now(UTC) - CUT_OFF - timedelta(seconds=1)
        connection.execute(sa.update(api_replies).where(cut).values(at=ago))


def test_a_write_that_was_cut_off_by_a_kill_is_done_once_when_it_is_asked_for_again(tmp_path: Path) -> None:
    layout = publish_by_hand(tmp_path / "var")
    with open_operational(layout, Settings().store) as store:
        key, _ = keys.create(store, "curator", Role.CURATOR, at=datetime.now(UTC))
        with started(layout.folder, workers=2, **QUIET) as (address, process):
            service = psutil.Process(process.pid)
            writers = written_until(address, key, "worker", workers_of(service)[0])
            wait_until(lambda: len(workers_of(service)) == 2)
            workers = workers_of(service)
            writers += written_until(address, key, "service", service)
            assert psutil.wait_procs(workers, DEADLINE)[1] == [], "workers end with the service"
        a_minute_later(store)
        answered = {name: event for writer in writers for name, event in writer.answers.items()}
        sent = {name for writer in writers for name in writer.sent}
        with (
            started(layout.folder, **QUIET) as (address, _),
            httpx.Client(base_url=address, timeout=DEADLINE, headers={"X-API-Key": key}) as client,
        ):
            again = {name: say(client, name) for name in sorted(sent)}
        assert again.items() >= answered.items(), "who was answered is told the same again"
        said = {event.event_id: event.payload["text"] for event in all_events(store)}
        assert said == {event: f"note {name}" for name, event in again.items()}
        noted = [entry for entry in audit(store, 10_000) if entry.status is not None]
        assert Counter(entry.changed["event"] for entry in noted if entry.status == 201) == Counter(
            list(said)
        )
        assert {entry.status for entry in noted} == {201}
