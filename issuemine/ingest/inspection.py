"""Look at a file before it is read: format, encoding, columns, kind and order of dates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from issuemine.config import IngestSettings
from issuemine.errors import IngestError
from issuemine.ingest.date_order import OrderVote
from issuemine.ingest.dates import parse_times
from issuemine.ingest.delimited import header, sniff
from issuemine.ingest.detect import detect_columns, further_columns, guess_kind
from issuemine.ingest.formats import chunks, recognise, translating
from issuemine.ingest.parquet import parquet_columns
from issuemine.messages import say
from issuemine.records import TIME_FIELDS, MappedFile

_SAMPLE_ROWS = 2_000
_ORDER_ROWS = 50_000
_HOPELESS_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Inspection(MappedFile):
    """A `MappedFile` with what the printed report adds: kind, how it is known, columns left out."""

    kind: str = "ticket"
    kind_from: str = "guessed from the columns"
    left_out: tuple[str, ...] = ()


def inspect(path: Path, settings: IngestSettings) -> Inspection:
    """Recognise a file: what it is, and which column is which field.

    Parameters
    ----------
    path : Path
        CSV, TSV, JSON Lines or Parquet, by suffix and content.
    settings : IngestSettings
        Declared columns, kind, encoding, delimiter and date order win over what is detected.

    Returns
    -------
    Inspection
        A `MappedFile`; ``rows`` and ``rejected`` are 0, to be filled in by whoever reads the file.

    Raises
    ------
    IngestError
        If the file cannot be read at all, has no rows, repeats a column, has no column for text or date,
        holds no readable date, or leaves day and month undecided; says what to do.
    """
    with translating(path):
        form, encoding = recognise(path, settings)
        names, sample = _sample(path, form, encoding, settings)
        columns = detect_columns(path, sample, settings.columns, named_source=settings.source is not None)
        attributes, left_out = further_columns(names, columns)
        order = _date_order(path, form, encoding, columns, settings)
    kind, kind_from = settings.kind, "from the settings"
    if kind is None:
        kind = guess_kind(columns)  # type: ignore[assignment]
        kind_from = "guessed from the columns"
    return Inspection(
        file=str(path),
        format=form,
        encoding=encoding,
        date_order=order,
        columns=columns,
        attributes=tuple(attributes),
        kind=str(kind),
        kind_from=kind_from,
        left_out=tuple(left_out),
    )


def describe(mapped: MappedFile) -> list[tuple[str, str]]:
    """Rows of the report on a file: what was recognised, then each field and the column it comes from."""
    rows = [("format", f"{mapped.format}, {mapped.encoding}" if mapped.encoding else mapped.format)]
    if mapped.date_order is not None:
        rows.append(("date order", mapped.date_order))
    rows += mapped.columns.items()
    if "kind" not in mapped.columns and isinstance(mapped, Inspection):
        rows.append(("kind", f"{mapped.kind} ({mapped.kind_from})"))
    if "external_id" not in mapped.columns:
        rows.append(("external_id", "made from the content"))
    if mapped.attributes:
        rows.append(("attributes", ", ".join(mapped.attributes)))
    if isinstance(mapped, Inspection) and mapped.left_out:
        rows.append(("left out (personal)", ", ".join(mapped.left_out)))
    return rows


def _sample(
    path: Path, form: str, encoding: str, settings: IngestSettings
) -> tuple[list[str], dict[str, pa.Array]]:
    """All column names, and the first rows that can be read."""
    names: list[str] = []
    if form == "parquet":
        names = parquet_columns(path)
    elif form != "jsonl":
        names = header(path, encoding, sniff(path, encoding, settings), settings)
        _refuse_missing_header(path, names)
    few = settings.model_copy(update={"batch_rows": _SAMPLE_ROWS})
    rows = 0
    for chunk in chunks(path, form, encoding, few):
        rows += chunk.rows
        if len(chunk.numbers):
            return names or list(chunk.columns), dict(chunk.columns)
    if rows:
        raise IngestError(
            say("None of the {rows} rows of {path} can be read.", rows=rows, path=path),
            say("Check its delimiter, quoting and encoding, or declare them under [ingest]."),
        )
    raise IngestError(
        say("{path} has a header but no rows.", path=path), say("Export it again, or leave it out.")
    )


def _refuse_missing_header(path: Path, names: list[str]) -> None:
    cells = pa.array(names)
    if parse_times(cells, "dmy", "UTC").null_count < len(names) or max(map(len, names)) > 200:
        raise IngestError(
            say("The first row of {path} looks like data, not like column names.", path=path),
            say("Put the column names in its first row."),
        )


def _date_order(
    path: Path, form: str, encoding: str, columns: dict[str, str], settings: IngestSettings
) -> str | None:
    """Order of day, month and year; None where the file has no dates in numbers (Parquet types)."""
    wanted = [columns[field] for field in TIME_FIELDS if field in columns]
    created = columns["created_at"]
    vote, dates = OrderVote(), OrderVote()
    rows, typed = 0, True
    for chunk in chunks(path, form, encoding, settings, wanted):
        rows += len(chunk.numbers)
        for name in wanted:
            if (values := chunk.columns.get(name)) is None:
                continue
            typed = typed and (pa.types.is_timestamp(values.type) or pa.types.is_date(values.type))
            vote.add(values)
            if name == created:
                dates.add(values)
        if not dates.readable and dates.seen >= _HOPELESS_ROWS:
            break
        if rows >= _ORDER_ROWS and vote.decided and dates.readable:
            break
    if not dates.readable:
        raise IngestError(
            say("Column {column!r} of {path}, read as the date, holds no value.", column=created, path=path)
            if not dates.seen
            else say(
                "No date can be read in {path}: column {column!r} holds none in its first {seen} values.",
                path=path,
                column=created,
                seen=dates.seen,
            ),
            say('Name the date column in the settings: [ingest.columns] created_at = "<column>".'),
        )
    if settings.date_order != "auto":
        return settings.date_order
    return None if typed else vote.order(path, created)
