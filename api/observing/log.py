"""The access log: one JSON object a line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, TextIO

import orjson
import structlog
from structlog.typing import FilteringBoundLogger

from issuemine.errors import StoreError
from issuemine.messages import say
from issuemine.reasons import failed


def access_log(destination: str) -> FilteringBoundLogger:
    """Open the log.

    Parameters
    ----------
    destination : str
        A file that is added to, ``-`` for standard error, or nothing.

    Raises
    ------
    StoreError
        If the file cannot be written.
    """
    logger: FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(_opened(destination)),
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.JSONRenderer(serializer=_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger("info" if destination else "critical"),
        cache_logger_on_first_use=True,
    )
    return logger


def _opened(destination: str) -> TextIO:
    if destination in ("", "-"):
        return sys.stderr
    path = Path(destination)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Each line is written at once, so that several processes can share the file.
        return path.open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        raise StoreError(
            say("The log {file} cannot be written ({reason}).", file=path, reason=failed(error)),
            say("Mend its permissions, or choose another place."),
        ) from error


def _json(event: dict[str, Any], **_: object) -> str:
    return orjson.dumps(event).decode()
