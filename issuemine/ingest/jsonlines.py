"""JSON Lines: one object a line; nested objects become dotted columns."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import orjson

from issuemine.config import IngestSettings
from issuemine.ingest.chunks import CHUNK_CHARS, Chunk, text_chunk
from issuemine.ingest.lines import Lines, row_limit
from issuemine.messages import mark

MOST_COLUMNS = 500
_DEPTH = 4
_LONG_NUMBER = re.compile(r"\d{19}")
BROKEN = mark("is not a JSON object")
TOO_WIDE = mark("brings the file to more than {most} different columns")


def json_chunks(
    path: Path, encoding: str, settings: IngestSettings, only: Collection[str] | None = None
) -> Iterator[Chunk]:
    """Stream the objects of a JSON Lines file as text columns.

    Every line stands alone: one that is broken is a fault, and the next is read as if nothing had been.
    ``{"user": {"id": 7}}`` gives the column ``user.id``; lists are joined by ``|``. A file may use up to
    500 different columns (keys made of data would otherwise grow without bound): a row with more is a fault.

    Parameters
    ----------
    path, encoding, settings
        The file, its codec, and how it is read.
    only : collection of str, optional
        Columns wanted; default: all that occur.
    """
    known: dict[str, None] = {}
    rows: list[dict[str, str | None]] = []
    numbers: list[int] = []
    faults: list[tuple[int, str]] = []
    chars = number = 0

    def close() -> Chunk:
        names = list(known) if only is None else [name for name in known if name in only]
        return text_chunk(names, [[row.get(name) for row in rows] for name in names], numbers, faults)

    with Lines(path, encoding, row_limit(settings)) as lines:
        for line in lines:
            fault = lines.fault
            length = lines.chars
            lines.begin()
            if fault is None and not line.strip():
                continue
            number += 1
            row = _row(line) if fault is None else None
            if row is None:
                faults.append((number, fault or BROKEN))
            elif len(known.keys() | row.keys()) > MOST_COLUMNS:
                faults.append((number, TOO_WIDE.format(most=MOST_COLUMNS)))
            else:
                known.update(dict.fromkeys(row))
                rows.append(row)
                numbers.append(number)
                chars += length
            if len(rows) + len(faults) >= settings.batch_rows or chars >= CHUNK_CHARS:
                yield close()
                rows, numbers, faults, chars = [], [], [], 0
    if rows or faults:
        yield close()


def is_json_object(line: str) -> bool:
    """Whether a line is one JSON object."""
    return _row(line) is not None


def parsed(text: str) -> Any:
    """What JSON says, whole numbers exact however long they are.

    Raises
    ------
    ValueError, RecursionError
        If it is no JSON, or nested too deeply.
    """
    value = orjson.loads(text)
    # orjson turns integers beyond 64 bits, which ids can be, into floats.
    return json.loads(text) if _LONG_NUMBER.search(text) else value


def flat(value: dict[str, Any]) -> dict[str, str | None]:
    """An object as one row of text: nested objects as dotted columns, lists joined by ``|``."""
    row: dict[str, str | None] = {}
    _flatten(value, "", row, _DEPTH)
    return row


def _row(line: str) -> dict[str, str | None] | None:
    try:
        value = parsed(line)
    except (ValueError, RecursionError):
        return None
    return flat(value) if isinstance(value, dict) else None


def _flatten(value: dict[str, Any], prefix: str, row: dict[str, str | None], depth: int) -> None:
    for key, item in value.items():
        if isinstance(item, dict) and depth > 1:
            _flatten(item, f"{prefix}{key}.", row, depth - 1)
        else:
            row[f"{prefix}{key}"] = _text(item)


def _text(item: Any) -> str | None:
    if item is None or isinstance(item, str):
        return item
    if isinstance(item, list) and not any(isinstance(part, list | dict) for part in item):
        return "|".join(text for part in item if (text := _text(part)))
    if isinstance(item, bool | list | dict):
        return json.dumps(item, ensure_ascii=False)
    return str(item)
