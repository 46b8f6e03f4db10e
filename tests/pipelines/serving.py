"""A service in a process of its own."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.pipelines.processes import DEADLINE, command, environment


@contextmanager
def serving(warehouse: Path, **settings: str) -> Iterator[str]:
    """Serve a warehouse folder, with settings as the environment names them; gives the address."""
    with started(warehouse, **settings) as (address, _):
        yield address


@contextmanager
def started(
    warehouse: Path, workers: int = 1, **settings: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve a warehouse folder by some workers; gives the address and the process, which ends with 0."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = command("serve", "--warehouse", warehouse, "--port", str(port), "--workers", str(workers))
    told = {"ISSUEMINE_API__WARM": "false"} | settings
    process = subprocess.Popen(arguments, env=environment(**told))  # noqa: S603 - our own program
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + DEADLINE
    try:
        while True:
            try:
                httpx.get(f"{address}/healthz", timeout=1)
                break
            except httpx.TransportError:
                assert process.poll() is None, "the service ended"
                assert time.monotonic() < end, "the service did not start"
                time.sleep(0.2)
        yield address, process
    finally:
        process.terminate()
        code = process.wait(timeout=60)
    assert code in (0, -9), "only tests kill it"
