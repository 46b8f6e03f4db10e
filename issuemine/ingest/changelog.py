"""Read a change log: releases, outages, campaigns and the like, one a row, bad rows apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from issuemine.config import IngestSettings
from issuemine.ingest.changelog_columns import mapped
from issuemine.ingest.changelog_entry import MOST_NOTE, UnusableError, checked
from issuemine.ingest.date_order import OrderVote
from issuemine.ingest.dates import parse_times
from issuemine.ingest.fields import as_text, optional
from issuemine.ingest.formats import chunks, recognise, translating
from issuemine.messages import retell, say
from issuemine.records_changes import Change


@dataclass(frozen=True)
class ChangeFile:
    """What a file holds.

    Attributes
    ----------
    changes : list of Change
    rejects : list of (int, str, str)
        Row (from 1), column and reason of each that could not be used; the reason holds no text of the row.
    columns : dict of str to str
        What was recognised: ``start``, ``end``, ``kind``, ``name``, ``version``, ``note``, and each field or
        attribute of the scope, to the column.
    left_out : list of str
        Columns that were not.
    """

    changes: list[Change]
    rejects: list[tuple[int, str, str]]
    columns: dict[str, str]
    left_out: list[str]


def read_changes(path: Path, settings: IngestSettings, scope: Sequence[str] = ()) -> ChangeFile:
    """Read the changes of a CSV, TSV, JSON Lines or Parquet file.

    Parameters
    ----------
    path : Path
        A row a change. It needs a date and a name or version.
    settings : IngestSettings
        Encoding, delimiter, date order; declared ones win over what is detected.
    scope : sequence of str
        Columns that say which attribute a change concerns, besides fields of records such as ``platform``
        and columns named like ``scope.country``.

    Raises
    ------
    IngestError
        If the file cannot be read, or has no date or name column.
    """
    rows: list[tuple[int, dict[str, str | None]]] = []
    rejects: list[tuple[int, str, str]] = []
    names: list[str] = []
    with translating(path):
        form, encoding = recognise(path, settings)
        for chunk in chunks(path, form, encoding, settings):
            names = list(chunk.columns)
            rejects += [(number, "", retell(reason)) for number, reason in chunk.faults]
            values = [optional(as_text(column)).to_pylist() for column in chunk.columns.values()]
            told = (dict(zip(names, row, strict=True)) for row in zip(*values, strict=True))
            rows += list(zip(map(int, chunk.numbers), told, strict=True))
    columns, scopes = mapped(path, names, scope)
    dated: list[str] = [field for field in ("start", "end") if field in columns]
    dates: dict[str, list[date | None]] = {
        field: _dates(path, columns[field], [row[columns[field]] for _, row in rows], settings)
        for field in dated
    }
    changes = []
    for place, (number, row) in enumerate(rows):
        try:
            days = {field: found[place] for field, found in dates.items()}
            changes.append(_change(row, columns, scopes, days))
        except UnusableError as unusable:
            rejects.append((number, *unusable.told))
    known = set(columns.values()) | set(scopes.values())
    return ChangeFile(
        changes, sorted(rejects), columns | scopes, [name for name in names if name not in known]
    )


def _dates(
    path: Path, column: str, values: Sequence[str | None], settings: IngestSettings
) -> list[date | None]:
    texts = pa.array(values, pa.string())
    order = settings.date_order
    if order == "auto":
        vote = OrderVote()
        vote.add(texts)
        order = vote.order(path, column)
    times: list[datetime | None] = parse_times(texts, order, "UTC").to_pylist()
    return [None if time is None else time.date() for time in times]


def _change(
    row: Mapping[str, str | None],
    columns: Mapping[str, str],
    scopes: Mapping[str, str],
    days: Mapping[str, date | None],
) -> Change:
    for field, day in days.items():
        if row[columns[field]] is not None and day is None:
            raise UnusableError(columns[field], say("is no date"))
    start = days["start"]
    if start is None:
        raise UnusableError(columns["start"], say("is missing"))
    told = {field: row[column] or "" for field, column in columns.items()}
    name = told.get("name") or told.get("version") or ""
    kind = told.get("kind") or ("release" if told.get("version") else "other")
    scope = {field: value for field, column in scopes.items() if (value := row[column]) is not None}
    return checked(kind, name, start, days.get("end"), scope, told.get("note", "")[:MOST_NOTE])
