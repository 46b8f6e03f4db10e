"""One sender at a time: the lock goes with its process, however that ends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from filelock import FileLock, Timeout

from issuemine.store.operational.engine import Operational

_SENDER = 0x15_5E_31_4F
"""Key of PostgreSQL's advisory lock."""
_AGAIN_SECONDS = 0.1


@contextmanager
def alone(store: Operational, seconds: float) -> Iterator[bool]:
    """Be the only one who sends what is in the outbox; no transaction is held meanwhile.

    Parameters
    ----------
    store : Operational
        The open store.
    seconds : float
        How long to wait for another sender to end.

    Yields
    ------
    bool
        Whether it is so; if not, the other one is still sending.
    """
    if store.file is not None:
        lock = FileLock(f"{store.file}.sending")
        try:
            lock.acquire(timeout=seconds)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()
        return
    with store.unbound() as connection:
        end = time.monotonic() + seconds
        while not (got := connection.execute(sa.select(sa.func.pg_try_advisory_lock(_SENDER))).scalar_one()):
            if time.monotonic() >= end:
                break
            time.sleep(_AGAIN_SECONDS)
        try:
            yield bool(got)
        finally:
            if got:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_SENDER)))
