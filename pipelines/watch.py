"""What a run tells its operators: its log while it is at work, its metrics when it ended."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from issuemine.errors import BusyError, IssuemineError, StoreError
from issuemine.store.layout import Layout
from pipelines.logs import Logger, log_to, silent, what_failed
from pipelines.metrics import write_metrics
from pipelines.stopping import Stopped

_FULL = (errno.ENOSPC, errno.EDQUOT)


class Watch:
    """The log of a run and, once it has them, its id and what became of its alerts."""

    def __init__(self, log: Logger | None = None) -> None:
        self.log = log if log is not None else silent()
        self.run_id: str | None = None
        self.alerts: dict[str, int] | None = None

    def began(self, run_id: str, attempts: int) -> None:
        """From now on every line names the run."""
        self.run_id = run_id
        self.log = self.log.bind(run=run_id)
        self.log.info("run started", attempt=attempts)


@contextmanager
def watched(layout: Layout, log_file: str | None, metrics_file: Path | None) -> Iterator[Watch]:
    """Keep log and metrics of the run that the context holds, however it ends.

    A run that is refused since another one is at work leaves the metrics to that one.
    """
    with log_to(log_file) as log:
        watch = Watch(log)
        try:
            yield watch
        except BusyError as error:
            watch.log.warning("run refused", exit_code=error.exit_code, **what_failed(error))
            raise
        except BaseException as error:
            outcome, code = _outcome(error), exit_code_of(error)
            watch.log.error(f"run {outcome}", exit_code=code, **what_failed(error))
            if metrics_file is not None:
                with suppress(StoreError):  # the first failure is the one to tell
                    write_metrics(metrics_file, layout, outcome, code, watch.run_id)
            raise
        if metrics_file is not None:
            write_metrics(metrics_file, layout, "done", 0, watch.run_id, watch.alerts)


def exit_code_of(error: BaseException) -> int:
    """What the process ends with after a failure."""
    if isinstance(error, IssuemineError | Stopped):
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        return 130
    return StoreError.exit_code if isinstance(error, OSError) and error.errno in _FULL else 1


def _outcome(error: BaseException) -> str:
    return "interrupted" if isinstance(error, Stopped | KeyboardInterrupt) else "failed"
