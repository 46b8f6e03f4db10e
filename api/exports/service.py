"""Tables of a snapshot, read while they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import chain
from typing import Any

from api.deps import Reading
from api.errors import BadQueryError, NotFoundError
from issuemine.messages import say
from issuemine.store.exporting import Published, published, table_rows
from issuemine.store.formats import BATCH_ROWS, FORMATS, Format, encoded
from issuemine.store.meanings import meaning
from issuemine.store.reading import Filters


def tables(read: Reading) -> dict[str, Any]:
    """All tables with their columns and what they mean."""
    return {
        "snapshot": read.snapshot.snapshot_id,
        "formats": list(FORMATS),
        "tables": [
            {
                "name": name,
                "meaning": meaning(name),
                "rows": table.rows,
                "by_days": table.by_days,
                "by_records": table.by_records,
                "columns": [
                    {"name": column, "type": kind, "meaning": meaning(name, column)}
                    for column, kind in table.columns.items()
                ],
                "url": f"/v1/exports/{name}",
            }
            for name, table in published(read.database).items()
        ],
    }


def table(
    read: Reading, name: str, form: Format, first: date | None, last: date | None, filters: Filters
) -> Iterator[bytes]:
    """A table in a format, a part at a time; what fails at the start fails before anything is sent.

    Raises
    ------
    NotFoundError
        If there is no such table.
    BadQueryError
        If it has no days or records to choose by.
    """
    found = published(read.database).get(name)
    if found is None:
        raise NotFoundError(
            say("There is no table of this name in this snapshot."), say("GET /v1/exports lists them.")
        )
    _check(found, first, last, filters)
    parts = _parts(read, found, form, first, last, filters)
    start = next(parts, b"")
    return chain([start], parts)


def _parts(
    read: Reading, found: Published, form: Format, first: date | None, last: date | None, filters: Filters
) -> Iterator[bytes]:
    rows = table_rows(read.database, found, first=first, last=last, filters=filters, rows=BATCH_ROWS[form])
    with rows as reader, closing(encoded(reader, form)) as parts:  # type: ignore[type-var]
        yield from (part for part in parts if part)


def _check(found: Published, first: date | None, last: date | None, filters: Filters) -> None:
    if (first or last) and not found.by_days:
        raise BadQueryError(
            say("The table {table} has no days.", table=found.name), say("Leave out first and last.")
        )
    if (filters.fields or filters.attributes) and not found.by_records:
        raise BadQueryError(
            say("The table {table} does not tell of single records.", table=found.name),
            say("Leave out the filters."),
        )
    if first and last and first > last:
        raise BadQueryError(
            say("The window ends ({end}) before it begins ({start}).", end=last, start=first),
            say("Swap first and last."),
        )
