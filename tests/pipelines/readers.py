"""Readers of a service under load: they keep what is wrong, and which snapshots they were told of.

They read snapshots whose number tells what is in them: ``r0000N`` has N + 2 records, of which N + 1 speak of
the topic T1.
"""

import re
import threading
from collections.abc import Callable
from typing import Any

import httpx

from issuemine.store.layout import Layout
from issuemine.store.pointer import card
from tests.pipelines.processes import DEADLINE

DAYS = "first=2026-01-01&last=2026-01-31"
ASKED_OVER_ONE_CONNECTION = 5

Told = tuple[str, int | None, int | None]
"""The snapshot that an answer names, records of the topic, and all records; None where it does not say."""


def shared(told: dict[str, Any], topic: dict[str, Any]) -> Told:
    return told["snapshot"], topic["records"], round(topic["records"] / topic["share"])


def trend(answer: httpx.Response) -> Told:
    told = answer.json()
    counts = [sum(point[name] for point in told["points"]) for name in ("records", "all_records")]
    return told["snapshot"], counts[0], counts[1]


def page(answer: httpx.Response) -> Told:
    (named,) = re.findall(r"from run (r\d{5})", answer.text)
    return named, int(re.findall(r"<dt>Records</dt><dd>(\d+)</dd>", answer.text)[0]), None


def home(answer: httpx.Response) -> Told:
    (named,) = re.findall(r"from run (r\d{5})", answer.text)
    return named, int(re.findall(r'data-name="Records">(\d+)</td>', answer.text)[0]), None


def export(answer: httpx.Response) -> Told:
    return answer.headers["X-Snapshot-Id"], None, len(answer.text.splitlines())


def tool(answer: httpx.Response) -> Told:
    told = answer.json()["result"]["structuredContent"]
    return shared(told, told["issues"][0])


LOOKS: dict[str, Callable[[httpx.Response], Told]] = {
    f"/v1/topics?{DAYS}": lambda answer: shared(answer.json(), answer.json()["topics"][0]),
    f"/v1/topics/T1?{DAYS}": lambda answer: shared(answer.json(), answer.json()),
    f"/v1/topics/T1/trend?{DAYS}": trend,
    f"/topics/T1?{DAYS}&lang=en": page,
    f"/?{DAYS}&lang=en": home,
    "/v1/exports/records?format=jsonl": export,
    "/mcp": tool,
}
CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "top_issues", "arguments": {"first": "2026-01-01", "last": "2026-01-31"}},
}


class Reader(threading.Thread):
    """Asks for one thing after the other without a pause, now and then over a new connection."""

    def __init__(self, address: str, layout: Layout, stop: threading.Event) -> None:
        super().__init__()
        self.address, self.layout, self.stop = address, layout, stop
        self.asked = 0
        self.seen: dict[str, set[str]] = {path: set() for path in LOOKS}
        self.wrong: list[str] = []

    def run(self) -> None:
        while not self.stop.is_set():
            with httpx.Client(base_url=self.address, timeout=DEADLINE) as client:
                for _ in range(ASKED_OVER_ONE_CONNECTION):
                    for path in LOOKS:
                        self.look(client, path)
                    # One that nobody has asked for before.
                    self.look(client, f"/v1/topics?{DAYS}", f"&limit={1 + self.asked % 150}")

    def look(self, client: httpx.Client, path: str, more: str = "") -> None:
        self.asked += 1
        try:
            if path == "/mcp":
                accept = {"Accept": "application/json, text/event-stream"}
                answer = client.post(path, json=CALL, headers=accept)
            else:
                answer = client.get(path + more)
            if answer.status_code != 200:
                self.wrong.append(f"{path} {answer.status_code} {answer.text}")
                return
            named, mine, all_records = LOOKS[path](answer)
        except (httpx.HTTPError, LookupError, ValueError) as error:
            self.wrong.append(f"{path} {error!r}")
            return
        self.seen[path].add(named)
        number = int(named[1:])
        fits = mine in (None, number + 1) and all_records in (None, number + 2)
        if not fits or not self.is_headed(answer, named):
            self.wrong.append(f"{path} {named} {mine} {all_records} {answer.headers}")

    def is_headed(self, answer: httpx.Response, named: str) -> bool:
        """Whether the headers, where there are such, name the same snapshot as the body."""
        digest = card(self.layout, named).get("blake2b")
        etag = answer.headers.get("ETag")
        return answer.headers.get("X-Snapshot-Id", named) == named and (
            digest is None or etag is None or etag.startswith(f'"{digest[:16]}-')
        )

    def has_seen(self, snapshot: str) -> bool:
        """Whether all that is asked for was told of a snapshot."""
        return all(snapshot in seen for seen in self.seen.values())
