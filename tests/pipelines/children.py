"""Nights in processes of their own, forked from one that has all libraries and models in memory.

A night of the tiny corpus takes some seconds to import and load what it needs, and one to do its work;
so processes that are only there to be killed share the former.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from datetime import date
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.pipelines.processes import DEADLINE, ROOT

# A process with threads cannot be forked safely, so that the libraries may not start any.
_ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def fork_server() -> ForkServerContext:
    """Where children are forked; the server starts with the first of them."""
    os.environ |= _ALONE | {"PYTHONPATH": str(ROOT)}
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.pipelines.warm"])
    return context


class _Holding:
    """A log that holds its run at an event, or at the beginning of a stage, until it is killed."""

    def __init__(self, log: Any, point: str) -> None:
        self._log, self._point = log, point

    def bind(self, **values: object) -> "_Holding":
        return _Holding(self._log.bind(**values), self._point)

    def info(self, event: str, **told: object) -> None:
        self._log.info(event, **told)
        if self._point in (event, told.get("stage") if event == "stage started" else None):
            time.sleep(DEADLINE)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


def run_night(
    inputs: Sequence[Path],
    warehouse: Path,
    log: Path,
    anew: bool = False,
    hold: str | None = None,
    alerts: dict[str, Any] | None = None,
) -> None:
    """One night, as the command line runs it; ``anew`` discovers and counts everything anew."""
    from issuemine.config import Settings
    from issuemine.store.layout import Layout
    from pipelines.nightly import nightly
    from pipelines.progress import Silent
    from pipelines.stopping import stopping
    from pipelines.watch import watched

    settings = Settings(store={"threads": 1}, ingest={"source": "desk"}, alerts=alerts or {})
    with stopping.installed(), watched(Layout(warehouse), str(log), None) as watch:
        if hold is not None:
            watch.log = _Holding(watch.log, hold)  # type: ignore[assignment]
        nightly(
            [str(path) for path in inputs],
            settings,
            warehouse,
            as_of=None,
            reporter=Silent(),
            rediscover=anew,
            restate=anew,
            watch=watch,
        )


def run_replay(
    inputs: Sequence[Path], warehouse: Path, days: Sequence[date], told: dict[str, Any], alerts: bool | None
) -> None:
    """A replay; ``told`` are the settings of alerts."""
    from issuemine.config import Settings
    from pipelines.progress import Silent
    from pipelines.replay import replay

    settings = Settings(store={"threads": 1}, ingest={"source": "desk"}, alerts=told)
    for night in replay(
        [str(path) for path in inputs], settings, warehouse, days, reporter=Silent(), alerts=alerts
    ):
        night.snapshot.close()


def finish(process: BaseProcess) -> None:
    """Wait until a child has done its work."""
    process.join(DEADLINE)
    assert process.exitcode == 0


def kill_when(process: BaseProcess, holds: Callable[[], bool], delay: float) -> bool:
    """SIGKILL a child some seconds after something holds; tells whether it was still alive."""
    end = time.monotonic() + DEADLINE
    while process.is_alive() and not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.001)
    process.join(delay)
    if process.is_alive():
        process.kill()
    process.join(DEADLINE)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def start(
    context: ForkServerContext, *arguments: Any, target: Callable[..., None] = run_night
) -> BaseProcess:
    process = context.Process(target=target, args=arguments)
    process.start()
    return process
