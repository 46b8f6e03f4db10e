"""Tables of a snapshot as somebody takes them away: which there are, and their rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from issuemine.store.connection import Database
from issuemine.store.reading import EARLIEST, LATEST, Filters

QUOTES = "quotes"
"""A table that is made of the topics when it is asked for."""
_QUOTE_COLUMNS = {
    "topic_id": "VARCHAR",
    "place": "BIGINT",
    "mention_id": "VARCHAR",
    "record_id": "VARCHAR",
    "start": "INTEGER",
    "end": "INTEGER",
    "text": "VARCHAR",
    "similarity": "DOUBLE",
}


@dataclass(frozen=True)
class Published:
    """A table that is published.

    Attributes
    ----------
    name : str
        Its name.
    columns : dict of str to str
        Column to type, as DuckDB names it.
    rows : int or None
        How many rows it has; None where that is known only when they are read.
    """

    name: str
    columns: dict[str, str]
    rows: int | None

    @property
    def by_days(self) -> bool:
        """Whether some days of it can be asked for."""
        return "day" in self.columns or self.by_records

    @property
    def by_records(self) -> bool:
        """Whether what belongs to some records can be asked for."""
        return "record_id" in self.columns and self.name != QUOTES


def published(database: Database) -> dict[str, Published]:
    """Tables of a snapshot by name, in alphabetical order."""
    found: dict[str, Published] = {QUOTES: Published(QUOTES, _QUOTE_COLUMNS, None)}
    for row in database.table("export/columns").to_pylist():
        known = found.setdefault(row["table"], Published(row["table"], {}, row["rows"]))
        known.columns[row["name"]] = row["type"]
    return dict(sorted(found.items()))


@contextmanager
def table_rows(
    database: Database,
    table: Published,
    *,
    first: date | None = None,
    last: date | None = None,
    filters: Filters | None = None,
    rows: int,
) -> Iterator[pa.RecordBatchReader]:
    """Rows of a table, read as they are asked for.

    Parameters
    ----------
    database : Database
        An open snapshot.
    table : Published
        The table.
    first, last : date, optional
        Days, both included; only of tables ``by_days``.
    filters : Filters, optional
        Which records; only of tables ``by_records``.
    rows : int
        Rows at a time.
    """
    chosen = filters is not None and bool(filters.fields or filters.attributes)
    days = {"first": first or EARLIEST, "last": last or LATEST}
    values: dict[str, object] = {"table": table.name}
    if table.name == QUOTES:
        name, values = "export/quotes", {}
    elif chosen or (table.by_records and "day" not in table.columns and (first or last)):
        values |= days | (filters or Filters()).values()
        name = "export/table_of_records"
        if table.name == "records":
            name = "export/records"
            del values["table"]
    elif first or last:
        name, values = "export/table_of_days", values | days
    else:
        name = "export/table"
    with database.stream(name, values, rows=rows) as reader:
        yield reader
