"""Rows that come as objects, not in a file: the same contract, with fields known by their names alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from issuemine.config import IngestSettings
from issuemine.ingest.assemble import Assembler
from issuemine.ingest.chunks import text_chunk
from issuemine.ingest.detect import guess_kind
from issuemine.ingest.jsonlines import BROKEN, MOST_COLUMNS, TOO_WIDE, flat
from issuemine.ingest.names import ALIASES, normalise
from issuemine.ingest.reading import Batch
from issuemine.messages import mark
from issuemine.records import MappedFile

_SOURCE = re.compile(r"(?=.*[^\W\d_])\w[\w .:/-]{0,99}")
_NO_SOURCE = mark("names no usable source")
_FIELD = "="
"""Before the name of a field: no column that was sent can be taken for one."""


def is_source(name: str) -> bool:
    """Whether a source may be called so: letters and digits, at least one letter, no address of a person."""
    return _SOURCE.fullmatch(name) is not None


def read_rows(rows: Sequence[Any], origin: str, source: str, settings: IngestSettings) -> Batch:
    """Records and rejects of some objects.

    What a row becomes does not depend on the rows beside it, except that ids are made from the content only
    where none of them has one.

    Parameters
    ----------
    rows : sequence
        What was sent; anything but an object is rejected. Objects within objects become dotted columns.
    origin : str
        What the rejects name as their file.
    source : str
        Source of rows that name none.
    settings : IngestSettings
        Kind, time zone and longest text; its ``columns`` are those of files and do not count here.

    Returns
    -------
    Batch
        As of a file: rows count from 1. Dates are read year first, as in ISO 8601.
    """
    known: dict[str, None] = {}
    kept: list[dict[str, str | None]] = []
    numbers: list[int] = []
    faults: list[tuple[int, str]] = []
    shapes: dict[tuple[str, ...], dict[str, str]] = {}
    for number, row in enumerate(rows, start=1):
        cells = flat(row) if isinstance(row, dict) else None
        if cells is None:
            faults.append((number, BROKEN))
            continue
        names = tuple(cells)
        if names not in shapes:
            shapes[names] = named_fields(names)
        cells = _as_fields(cells, shapes[names], settings)
        if len(known.keys() | cells.keys()) > MOST_COLUMNS:
            faults.append((number, TOO_WIDE.format(most=MOST_COLUMNS)))
        elif (named := (cells.get(f"{_FIELD}source") or "").strip()) and not is_source(named):
            faults.append((number, _NO_SOURCE))
        else:
            known.update(dict.fromkeys(cells))
            kept.append(cells)
            numbers.append(number)
    columns = list(known)
    chunk = text_chunk(columns, [[row.get(name) for row in kept] for name in columns], numbers, faults)
    fields = {field: f"{_FIELD}{field}" for field in ALIASES if f"{_FIELD}{field}" in known}
    # Without a date every row is to be told so, also where none has the column.
    mapped = MappedFile(origin, "json", "utf-8", "ymd", fields | {"created_at": f"{_FIELD}created_at"}, ())
    chosen = settings.model_copy(update={"source": source})
    records, rejects = Assembler(Path(source), mapped, chosen).records(chunk)
    return Batch(records, rejects, len(rows))


def named_fields(names: Iterable[str]) -> dict[str, str]:
    """Record field to the name that stands for it, its own name before its other ones."""
    by_name: dict[str, str] = {}
    for name in names:
        by_name.setdefault(normalise(name), name)
    found: dict[str, str] = {}
    for field, aliases in ALIASES.items():
        chosen = [by_name[alias] for alias in (field, *aliases) if alias in by_name]
        if chosen and chosen[0] not in found.values():
            found[field] = chosen[0]
    return found


def _as_fields(
    cells: dict[str, str | None], shape: dict[str, str], settings: IngestSettings
) -> dict[str, str | None]:
    """A row with its fields by their own names, marked, and the rest as it was."""
    taken = set(shape.values())
    row = {name: value for name, value in cells.items() if name not in taken}
    row |= {f"{_FIELD}{field}": cells[name] for field, name in shape.items()}
    if "kind" not in shape:
        row[f"{_FIELD}kind"] = settings.kind or guess_kind(shape)
    return row
