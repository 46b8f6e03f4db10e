"""Rows that come as objects, not in a file: the same contract, with fields known by their names alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from issuemine.config import IngestSettings
from issuemine.ingest.assemble import Assembler
from issuemine.ingest.chunks import text_chunk
from issuemine.ingest.jsonlines import BROKEN, MOST_COLUMNS, TOO_WIDE, flat
from issuemine.ingest.names import ALIASES, normalise
from issuemine.ingest.reading import Batch
from issuemine.records import MappedFile


def read_rows(rows: Sequence[Any], origin: str, source: str, settings: IngestSettings) -> Batch:
    """Records and rejects of some objects.

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
    for number, row in enumerate(rows, start=1):
        cells = flat(row) if isinstance(row, dict) else None
        if cells is None:
            faults.append((number, BROKEN))
        elif len(known.keys() | cells.keys()) > MOST_COLUMNS:
            faults.append((number, TOO_WIDE.format(most=MOST_COLUMNS)))
        else:
            known.update(dict.fromkeys(cells))
            kept.append(cells)
            numbers.append(number)
    names = list(known)
    chunk = text_chunk(names, [[row.get(name) for row in kept] for name in names], numbers, faults)
    columns = named_fields(names)
    mapped = MappedFile(origin, "json", "utf-8", "ymd", columns, ())
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
