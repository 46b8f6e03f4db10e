"""A service with workers in processes of their own, and clients that send it records until it is killed."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from issuemine.store.layout import Layout
from tests.pipelines.processes import MARKER, command, environment, wait_until

TEXTS = (
    "My {thing} card was declined at the shop {mark}, mail ann.lee@example.com",
    "I cannot log in to my {thing} account {mark}, call +44 20 7946 0958",
    "제 이름은 홍길동입니다. {thing} 택배 배송이 늦고 상담 연결도 안 됩니다 {mark} 010-1234-5678",
)
"""Never twice the same: what stands in many records word for word is a template and no mention."""
PERSONAL = ("ann.lee@example.com", "7946 0958", "홍길동", "010-1234-5678")


def text(part: int, name: str) -> str:
    return TEXTS[part].format(thing=name, mark=MARKER)


class Senders:
    """Threads that send records until the service is gone; know what was acknowledged."""

    def __init__(self, address: str, life: int) -> None:
        self.acknowledged: dict[str, list[str]] = {}
        self._address, self._life = address, life
        self._pool = ThreadPoolExecutor(4)
        self._sending = [self._pool.submit(self._send, number) for number in range(4)]

    def wait_for(self, enough: int) -> None:
        """Wait until so many posts were acknowledged; fails where a sender has."""
        wait_until(lambda: self._have(enough))

    def _have(self, enough: int) -> bool:
        for sending in self._sending:
            if sending.done():
                sending.result()
        return len(self.acknowledged) >= enough

    def _send(self, sender: int) -> None:
        with httpx.Client(timeout=120) as client:
            for turn in range(10_000):
                ids = [f"{self._life}-{sender}-{turn}-{part}" for part in range(3)]
                rows = [
                    {
                        "external_id": name,
                        "created_at": "2026-01-10T10:00:00Z",
                        "body": text(part, name),
                    }
                    for part, name in enumerate(ids)
                ]
                try:
                    answer = client.post(f"{self._address}/v1/records", json=rows)
                except httpx.TransportError:
                    return
                assert answer.status_code == 202, answer.text
                self.acknowledged[answer.json()["receipt_id"]] = ids

    def join(self) -> None:
        for sending in self._sending:
            sending.result()
        self._pool.shutdown()


@contextmanager
def workers_serving(layout: Layout, log: Path, workers: int) -> Iterator[str]:
    """``issuemine serve`` in a process group of its own, all of which is killed; gives the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    arguments = command("serve", "--warehouse", layout.folder, "--port", port, "--workers", str(workers))
    env = environment(ISSUEMINE_API__RATE_LIMIT="100000/second", ISSUEMINE_API__LOG_FILE=str(log))
    with log.with_suffix(".err").open("ab") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own program
            arguments, env=env, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: answers(address))
        yield address
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(60)


def answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz", timeout=5).status_code == 200
    except httpx.TransportError:
        return False
