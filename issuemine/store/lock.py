"""One run at a time: a lock that the operating system drops when its holder dies."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from issuemine.errors import BusyError
from issuemine.messages import say


@contextmanager
def one_run_at_a_time(path: Path, wait: float = 1) -> Iterator[None]:
    """Hold the lock of a warehouse.

    Parameters
    ----------
    path : Path
        The lock file; a file beside it names the holder.
    wait : float, default 1
        Seconds to wait for another holder to end; a second is for those who only look.

    Raises
    ------
    BusyError
        If another process holds it; names that process.
    """
    holder = path.with_suffix(".holder.json")
    lock = FileLock(path)
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise BusyError(
            say("Another run or backup is at work here ({holder}).", holder=_holder(holder)),
            say("Wait for it to end, then try again."),
        ) from error
    try:
        holder.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def is_held(path: Path) -> bool:
    """Whether a run or backup is at work."""
    if not path.exists():
        return False
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True


def _holder(path: Path) -> str:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        return say("process {pid} on {host}", pid=known["pid"], host=known["host"])
    except (OSError, ValueError, KeyError):
        return say("it has not yet said who it is")
