"""Memory and speed of an export: a real service streams a large table, its memory watched meanwhile.

Run with ``python -m benchmarks.export_memory [ROWS]`` (default: 1,000,000 records).
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psutil
import pyarrow as pa

from issuemine.store.connection import Database
from issuemine.store.files import digest
from issuemine.store.formats import FORMATS
from issuemine.store.layout import Layout

_BATCH = 20_000
_SENTENCE = "the app closes when I pay for my order and the code never arrives on my new phone"


def batches(rows: int) -> Iterator[pa.RecordBatch]:
    """Records with texts of about 300 characters, a map and a list each."""
    start, words = datetime(2024, 1, 1, tzinfo=UTC), _SENTENCE.split()
    for first in range(0, rows, _BATCH):
        numbers = range(first, min(first + _BATCH, rows))
        at = [start + timedelta(seconds=60 * number) for number in numbers]
        yield pa.record_batch(
            {
                "record_id": [f"{number:016x}" for number in numbers],
                "created_at": pa.array(at, pa.timestamp("us", "UTC")),
                "day": pa.array([one.date() for one in at], pa.date32()),
                "language": ["ko" if number % 3 else "en" for number in numbers],
                "rating": [float(number % 5) for number in numbers],
                "tags": [["a", "b"]] * len(numbers),
                "attributes": pa.array([[("os", "ios")]] * len(numbers), pa.map_(pa.string(), pa.string())),
                "text": [
                    " ".join(words[(number + step) % len(words)] for step in range(60)) for number in numbers
                ],
            }
        )


def publish(folder: Path, rows: int) -> int:
    """A snapshot with that table; its size in bytes."""
    layout = Layout(folder)
    layout.create()
    path = layout.snapshot("r00001")
    stream = batches(rows)
    first = next(stream)

    def every() -> Iterator[pa.RecordBatch]:
        yield first
        yield from stream

    with Database(path) as snapshot:
        snapshot.create("info", pa.table({"run_id": ["r00001"], "as_of": [date(2026, 3, 1)]}))
        snapshot.create("records", pa.RecordBatchReader.from_batches(first.schema, every()))
    content = {"snapshot": path.name, "blake2b": digest(path)}
    layout.pointer.write_text(json.dumps(content), encoding="utf-8")
    return path.stat().st_size


def main(rows: int) -> None:
    """Print a table."""
    with TemporaryDirectory() as folder:
        size = publish(Path(folder), rows)
        print(f"{rows:,} records, snapshot {size / 1e6:,.0f} MB")
        print(f"{'format':8} {'gzip':5} {'sent MB':>8} {'seconds':>8} {'before MiB':>11} {'peak MiB':>9}")
        for form in FORMATS:
            for packed in (False, True):
                measure(Path(folder), form, packed)


def measure(folder: Path, form: str, packed: bool) -> None:
    """Stream the table from a fresh service and print a line."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "pipelines.cli",
        "serve",
        "--warehouse",
        str(folder),
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                httpx.get(f"{address}/v1/exports", timeout=30)
                break
            except httpx.TransportError:
                time.sleep(0.2)
        watched = psutil.Process(process.pid)
        before = peak = watched.memory_info().rss
        done = threading.Event()

        def watch() -> None:
            nonlocal peak
            while not done.wait(0.02):
                peak = max(peak, watched.memory_info().rss)

        threading.Thread(target=watch, daemon=True).start()
        began, sent = time.perf_counter(), 0
        headers = {"Accept-Encoding": "gzip" if packed else "identity"}
        with httpx.stream(
            "GET", f"{address}/v1/exports/records?format={form}", headers=headers, timeout=600
        ) as answer:
            for part in answer.iter_raw():
                sent += len(part)
        seconds = time.perf_counter() - began
        done.set()
        memory = f"{before / 2**20:11,.0f} {peak / 2**20:9,.0f}"
        print(f"{form:8} {packed!s:5} {sent / 1e6:8,.0f} {seconds:8.1f} {memory}")
    finally:
        process.terminate()
        process.wait(60)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
