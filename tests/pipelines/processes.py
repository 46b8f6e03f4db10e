"""The command line in processes of its own, and a tiny corpus for it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import orjson

ROOT = Path(__file__).parent.parent.parent
DEADLINE = 240.0
"""Seconds: generous, so that a busy machine fails no test, and finite."""

MARKER = "zebracrossing7491"
"""In every text of the tiny corpus."""

_SPEAKING = (
    "My {thing} card was declined at the shop " + MARKER,
    "I cannot log in to my {thing} account " + MARKER,
    "The {thing} parcel has not been delivered " + MARKER,
)
_THINGS = ("new", "old", "blue", "second", "first", "family", "business", "personal", "big", "small")


def write_corpus(path: Path, bad_rows: int = 2) -> Path:
    """English records of three issues, and some rows without a text."""
    rows = [
        {"id": f"{issue}-{thing}", "date": f"2026-01-{10 + issue:02d}", "text": text.format(thing=thing)}
        for issue, text in enumerate(_SPEAKING)
        for thing in _THINGS
    ]
    rows += [{"id": f"bad-{number}", "date": "2026-01-05", "text": ""} for number in range(bad_rows)]
    path.write_bytes(b"\n".join(orjson.dumps(row) for row in rows) + b"\n")
    return path


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "pipelines.cli", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "120"} | more


def issuemine(*arguments: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line and wait for it."""
    return subprocess.run(  # noqa: S603 - our own program
        command(*arguments),
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE,
    )


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    """Start the command line and go on."""
    return subprocess.Popen(  # noqa: S603 - our own program
        command(*arguments),
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def events(log: Path) -> list[dict[str, object]]:
    """What a log has told so far, whole lines only."""
    if not log.exists():
        return []
    return [orjson.loads(line) for line in log.read_bytes().split(b"\n")[:-1]]


def wait_until(holds: Callable[[], bool], process: subprocess.Popen[str] | None = None) -> None:
    """Wait until something holds; fails when the process ends before, or after the deadline."""
    end = time.monotonic() + DEADLINE
    while not holds():
        assert process is None or process.poll() is None, f"it ended too early: {process.stderr.read()}"
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.01)
