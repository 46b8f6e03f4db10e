"""The log of a run: one JSON object a line, with names, counts and seconds, never text of a record."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import orjson
import structlog
from structlog.typing import FilteringBoundLogger

from issuemine.errors import IssuemineError, StoreError
from issuemine.messages import say

Logger = FilteringBoundLogger


def silent() -> Logger:
    """A log that goes nowhere."""
    return _logger(None)


@contextmanager
def log_to(destination: str | None) -> Iterator[Logger]:
    """Open a log.

    Parameters
    ----------
    destination : str, optional
        A file that is added to, or ``-`` for standard error; default: nowhere.

    Raises
    ------
    StoreError
        If the file cannot be written.
    """
    if destination is None or destination == "-":
        yield _logger(sys.stderr if destination else None)
        return
    path = Path(destination)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        raise StoreError(
            say("The log {file} cannot be written ({reason}).", file=path, reason=error.strerror),
            say("Mend its permissions, or choose another place."),
        ) from error
    with file:
        yield _logger(file)


def what_failed(error: BaseException) -> dict[str, Any]:
    """What a log may tell of a failure: our own messages hold no text of records, others' might."""
    told: dict[str, Any] = {"error": type(error).__name__}
    if isinstance(error, IssuemineError):
        return told | {"message": error.message, "hint": error.hint, "retry_helps": error.retry_helps}
    frames = traceback.extract_tb(error.__traceback__)[-5:]
    return told | {"where": [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]}


def _logger(file: TextIO | None) -> Logger:
    def keep(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        if file is None:
            raise structlog.DropEvent
        return event

    logger: Logger = structlog.wrap_logger(
        structlog.WriteLogger(file or sys.stderr),
        processors=[
            keep,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.JSONRenderer(serializer=_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger("info"),
        cache_logger_on_first_use=True,
    )
    return logger


def _json(event: dict[str, Any], **_: object) -> str:
    return orjson.dumps(event, default=str).decode()
