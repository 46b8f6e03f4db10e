"""How fast the service answers 16 clients on a snapshot of 1,000,000 mentions, 500 topics and three years.

The snapshot is made up (``service_world.py``) and kept in ``--folder``. ``issuemine serve`` runs with two
workers and keys, guarded as in production, with a rate limit that the load does not reach. wrk asks over 16
connections that are kept alive, each asking again when it is answered, on the same cores. Addresses:

- ``fresh``: none is asked twice: topics drawn evenly, windows of 7 days to three years that end on any day,
  half of them with filters, a third in Korean;
- ``again``: 500 of these, asked by Zipf's law (the n-th 1/n as often as the first), as pages do.

Printed are milliseconds, answers a second, milliseconds of a core that one takes the service, what was
answered from memory, and the workers' memory. Run
``python -m benchmarks.service_load [--folder DIR] [--seconds 8] [--only list trend] [--with-search]``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psutil

from benchmarks.service_addresses import KINDS, fresh, zipf
from benchmarks.service_world import world
from issuemine.config import Settings
from issuemine.records_access import Role
from issuemine.store.layout import Layout
from issuemine.store.operational import keys, open_operational

CONNECTIONS, WORKERS = 16, 2
BARS = {"search": 150.0}
BAR, MEMORY = 50.0, 1.5
_SCRIPT = Path(__file__).with_suffix(".lua")


@contextmanager
def served(layout: Layout, workers: int) -> Iterator[tuple[str, psutil.Process]]:
    """The service in processes of its own; gives its address and the first process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "ISSUEMINE_API__RATE_LIMIT": "9999999/second",
        "ISSUEMINE_API__LOG_FILE": str(layout.folder / "log"),
    }
    command = f"{sys.executable} -m pipelines.cli serve --port {port} --workers {workers} --warehouse"
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*command.split(), str(layout.folder)],
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=(layout.folder / "errors").open("w"),
    )
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                httpx.get(f"{address}/healthz", timeout=1)
                break
            except httpx.TransportError:
                if process.poll() is not None:
                    raise RuntimeError("the service ended") from None
                time.sleep(0.2)
        yield address, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def load(
    address: str, key: str, paths: list[str], seconds: int, connections: int = CONNECTIONS
) -> dict[str, float]:
    """What wrk says of asking for these addresses, one after the other."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("\n".join(paths) + "\n")
        listed.flush()
        command = f"wrk -t1 -c{connections} -d{seconds}s --timeout 10s -s {_SCRIPT} {address} --"
        done = subprocess.run(  # noqa: S603 - a tool of the machine
            [*command.split(), listed.name, key], check=True, capture_output=True, text=True
        )
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def remembered(address: str, key: str) -> tuple[int, int]:
    """Answers given so far, and how many of them from memory."""
    text = httpx.get(f"{address}/metrics", headers={"Authorization": f"Bearer {key}"}, timeout=60).text
    counted = [
        sum(float(value) for value in re.findall(rf"^{name}_total\{{.*\}} (\S+)$", text, re.MULTILINE))
        for name in ("issuemine_requests", "issuemine_remembered")
    ]
    return int(counted[0]), int(counted[1])


def spent(first: psutil.Process) -> float:
    """Processor seconds of the service so far: they tell what answers cost, however busy the machine is."""
    every = [first, *first.children(recursive=True)]
    return float(sum(one.cpu_times().user + one.cpu_times().system for one in every))


def rested(first: psutil.Process) -> None:
    """Wait until all workers have loaded what they load when they start."""
    while True:
        before = spent(first)
        time.sleep(3)
        if spent(first) - before < 0.3:
            return


def memory(first: psutil.Process) -> list[float]:
    """Most memory that each worker has had, in GiB."""
    found = []
    for child in first.children(recursive=True) or [first]:
        status = Path(f"/proc/{child.pid}/status").read_text(encoding="utf-8")
        peak = int(re.findall(r"^VmHWM:\s+(\d+)", status, re.MULTILINE)[0]) / 2**20
        if "resource_tracker" not in " ".join(child.cmdline()):
            found.append(peak)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "issuemine-service-world"
    )
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--workers", type=int, default=WORKERS)
    parser.add_argument("--only", nargs="+", default=None)
    parser.add_argument("--with-search", action="store_true")
    arguments = parser.parse_args()
    layout = world(arguments.folder)
    with open_operational(layout, Settings().store) as store:
        key, kept = keys.create(store, f"load {time.time_ns()}", Role.READER, at=datetime.now(UTC))
    chosen = arguments.only or [*KINDS, "mixed"]
    if not arguments.with_search:
        chosen = [kind for kind in chosen if kind != "search"]
    with served(layout, arguments.workers) as (address, first):
        rested(first)
        load(address, key, fresh("trend", 99), 5)
        print(
            f"{'asked for':10} {'addresses':9} {'p50':>7} {'p95':>7} {'p99':>7} {'max':>7} {'a second':>9}",
            end="",
        )
        print(f" {'errors':>7} {'from memory':>12} {'load':>6}  bar")
        for kind in chosen:
            known = fresh(kind, 1, search=arguments.with_search)
            for name, paths in (("fresh", known), ("again", zipf(known))):
                before, processor = remembered(address, key), spent(first)
                told = load(address, key, paths, arguments.seconds)
                processor = (spent(first) - processor) / max(told["requests"], 1) * 1e3
                answers, kept_ones = (a - b for a, b in zip(remembered(address, key), before, strict=True))
                bar = BARS.get(kind, BAR)
                held = "held" if told["p95"] < bar and not told["errors"] else "MISSED"
                times = " ".join(f"{told[name]:7.1f}" for name in ("p50", "p95", "p99", "max"))
                rate = told["requests"] / told["seconds"]
                print(
                    f"{kind:10} {name:9} {times} {rate:9.0f} {processor:8.2f} {told['errors']:7.0f}"
                    f" {kept_ones / max(answers, 1):12.1%} {os.getloadavg()[0]:6.1f}  {held} ({bar:.0f} ms)",
                    flush=True,
                )
        print("peak memory of each worker, GiB:", [round(one, 2) for one in memory(first)], f"(bar {MEMORY})")
    with open_operational(layout, Settings().store) as store:
        keys.revoke(store, kept.key_id, datetime.now(UTC))


if __name__ == "__main__":
    main()
