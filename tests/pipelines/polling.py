"""A reader that keeps asking a service while the night is at work."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.pipelines.processes import DEADLINE


@dataclass
class Seen:
    """What the reader was told, by snapshot, and in which order snapshots came."""

    allowed: Sequence[str]
    snapshots: list[str] = field(default_factory=list)
    lists: dict[str, Any] = field(default_factory=dict)
    trends: dict[tuple[str, str], Any] = field(default_factory=dict)
    failure: BaseException | None = None

    def look(self, client: httpx.Client) -> None:
        """Ask for the topics and for one topic's trend, and see that the two agree."""
        answer = client.get("/v1/topics", params={"include_hidden": True, "limit": 100})
        assert answer.status_code == 200, answer.text
        told = answer.json()
        snapshot = told["snapshot"]
        assert answer.headers["X-Snapshot-Id"] == snapshot
        assert snapshot in self.allowed
        if not self.snapshots or self.snapshots[-1] != snapshot:
            assert snapshot not in self.snapshots, "an old snapshot came back"
            self.snapshots.append(snapshot)
        assert self.lists.setdefault(snapshot, told) == told, "a snapshot changed"
        asked = len(self.trends) % len(told["topics"])
        topic = told["topics"][asked]
        trend = client.get(f"/v1/topics/{topic['topic_id']}/trend")
        if trend.status_code == 404:
            # The next snapshot came between the two, and the topic is no more.
            assert trend.headers.get("X-Snapshot-Id") != snapshot
            return
        assert trend.status_code == 200, trend.text
        of = trend.json()
        assert of["snapshot"] in self.allowed
        self.trends[of["snapshot"], topic["topic_id"]] = of
        if of["snapshot"] == snapshot:
            assert sum(point["records"] for point in of["points"]) == topic["records"]

    def wait_for(self, snapshot: str) -> None:
        """Wait until the reader has seen a snapshot."""
        end = time.monotonic() + DEADLINE
        while snapshot not in self.snapshots:
            if self.failure is not None:
                raise self.failure
            assert time.monotonic() < end, "it was never served"
            time.sleep(0.05)


@contextmanager
def polled(address: str, allowed: Sequence[str]) -> Iterator[Seen]:
    """Ask a service without a pause within the context; what the reader finds wrong is raised at its end."""
    seen, stop = Seen(allowed), threading.Event()

    def ask() -> None:
        try:
            with httpx.Client(base_url=address, timeout=60) as client:
                while not stop.wait(0.05):
                    seen.look(client)
        except BaseException as error:
            seen.failure = error

    reader = threading.Thread(target=ask)
    reader.start()
    try:
        yield seen
    finally:
        stop.set()
        reader.join(DEADLINE)
    if seen.failure is not None:
        raise seen.failure
    assert seen.trends
