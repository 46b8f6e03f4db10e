"""Explaining a table of counts: which combinations of its attributes hold the bad ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from issuemine.causes import Candidate, Coded, encode, scan, strata
from issuemine.config import CausesSettings, Settings, StoreSettings
from issuemine.errors import CausesError, IngestError, SettingsError
from issuemine.ingest import columns
from issuemine.ingest.parquet import parquet_columns
from issuemine.messages import say
from issuemine.store.connection import Database
from issuemine.store.cuboids import Cuboids, Rows

_PARQUET = ".parquet"
_SMALL = 50_000
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a table of counts.

    Attributes
    ----------
    bad, total : str
        Columns of counts; every bad one is also in the total.
    by : tuple of str
        Columns of the attributes.
    at : str, optional
        Value of the time column to explain; default: the whole table, against all other rows.
    baseline : int
        Steps before ``at`` to compare with.
    time : str, optional
        The time column; default: the one that holds ``at``.
    """

    bad: str
    total: str
    by: tuple[str, ...]
    at: str | None = None
    baseline: int = 4
    time: str | None = None


def explain_file(file: Path, question: Question, settings: Settings) -> list[Candidate]:
    """Candidates for what drives the bad counts of a file, best first.

    Raises
    ------
    IngestError
        If the file cannot be read or lacks a column.
    SettingsError
        If the question does not fit the file.
    CausesError
        If the counts are no counts.
    """
    header = _header(file, settings)
    stratifier = settings.causes.stratifier
    time = None if question.at is None else question.time or _time_column(file, header, question, settings)
    wanted = [question.bad, question.total, *question.by]
    wanted += [name for name in (time, stratifier) if name is not None]
    table = _read(file, list(dict.fromkeys(wanted)), settings)
    return explain_table(table, question, settings.causes, time, settings=settings)


def explain_table(
    table: pa.Table,
    question: Question,
    causes: CausesSettings,
    time: str | None,
    *,
    settings: Settings | None = None,
) -> list[Candidate]:
    """Candidates for what drives the bad counts of a table.

    Parameters
    ----------
    table : Table
        The question's columns.
    question, causes
        What is asked, and how causes are looked for.
    time : str, optional
        The time column, where the question names a time.
    settings : Settings, optional
        Memory and threads of the database.
    """
    now: npt.NDArray[np.bool_] | None = None
    if time is not None and question.at is not None:
        place, before = _steps(table[time], question.at, question.baseline)
        chosen = np.flatnonzero(place | before)
        table, now = table.take(pa.array(chosen)), place[chosen]
    bad, total = _counts(table, question.bad), _counts(table, question.total)
    if (bad > total).any() or (bad < 0).any():
        raise CausesError(
            say(
                "{rows} rows count more in {bad!r} than in {total!r}, or less than nothing.",
                rows=int(((bad > total) | (bad < 0)).sum()),
                bad=question.bad,
                total=question.total,
            ),
            say("Every bad one must also be counted in the total."),
        )
    coded = encode({name: table[name] for name in question.by}, total.astype(np.float64), causes)
    strata_of = None if causes.stratifier is None else strata(table[causes.stratifier])
    rows = _rows(coded, bad, total, now, strata_of)
    store = StoreSettings() if settings is None else settings.store
    if len(rows) < _SMALL:
        store = store.model_copy(update={"threads": 1})  # to share such work out costs more than it saves
    with Database(Path(":memory:"), settings=store) as database:
        counter = Cuboids(database, rows, sample_rows=causes.sample_rows)
        against: Literal["others", "past"] = "others" if now is None else "past"
        return scan(counter, coded, causes, against, standardised=strata_of is not None)


def _rows(
    coded: Coded, bad: Counts, total: Counts, now: npt.NDArray[np.bool_] | None, strata_of: Counts | None
) -> Rows:
    if now is None:
        return Rows(coded.codes, bad, total, strata=strata_of)
    return Rows(
        coded.codes,
        np.where(now, bad, 0),
        np.where(now, total, 0),
        past_records=np.where(now, 0, bad),
        past_total=np.where(now, 0, total),
        strata=strata_of,
    )


def _header(file: Path, settings: Settings) -> list[str]:
    if file.suffix == _PARQUET:
        return parquet_columns(file)
    from issuemine.ingest.formats import chunks, recognise, translating

    with translating(file):
        form, encoding = recognise(file, settings.ingest)
        first = next(iter(chunks(file, form, encoding, settings.ingest)), None)
    return [] if first is None else list(first.columns)


def _read(file: Path, names: Sequence[str], settings: Settings) -> pa.Table:
    if file.suffix != _PARQUET:
        return columns(file, names, settings.ingest)
    known = parquet_columns(file)
    missing = [name for name in names if name not in known]
    if missing:
        raise IngestError(
            say("{path} has no column {name!r}.", path=file, name=missing[0]),
            say("It has {columns}.", columns=", ".join(map(repr, known))),
        )
    try:
        return pq.read_table(file, columns=list(names), read_dictionary=_text_columns(file, names))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise IngestError(
            say("{path} is no complete Parquet file: it is truncated or damaged.", path=file),
            say("Copy or export it again; check that the transfer finished."),
        ) from error


def _text_columns(file: Path, names: Sequence[str]) -> list[str]:
    """Columns of text, which are read as codes: a tenth of the memory."""
    kinds = pq.read_schema(file)
    return [name for name in names if name in kinds.names and pa.types.is_string(kinds.field(name).type)]


def _time_column(file: Path, header: Sequence[str], question: Question, settings: Settings) -> str:
    """The one column, of those that have no other use, that holds the time asked for."""
    free = [name for name in header if name not in (question.bad, question.total, *question.by)]
    table = _read(file, free, settings)
    holding = [name for name in free if pc.any(pc.equal(_texts(table[name]), question.at)).as_py()]
    if len(holding) == 1:
        return holding[0]
    if not holding:
        raise SettingsError(
            say("No column that is left holds {at!r}.", at=question.at),
            say("Name the time column with --time."),
        )
    raise SettingsError(
        say("{columns} hold {at!r}.", columns=", ".join(map(repr, holding)), at=question.at),
        say("Name the time column with --time."),
    )


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return column.cast(pa.string())


def _steps(
    column: pa.ChunkedArray, at: str, baseline: int
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Rows of the time asked for, and of the steps before it."""
    encoded = _texts(column).combine_chunks().dictionary_encode()
    values = encoded.dictionary.to_pylist()
    if at not in values:
        raise SettingsError(say("The time column does not hold {at!r}.", at=at), say("Check --at."))
    ordered = _in_time(values)
    place = ordered.index(at)
    before = set(ordered[max(place - baseline, 0) : place])
    if not before:
        raise SettingsError(
            say("There is nothing before {at!r} to compare with.", at=at),
            say("Ask for a later time, or leave --at out."),
        )
    indices = encoded.indices.fill_null(len(values)).to_numpy(zero_copy_only=False)
    past = np.array([value in before for value in values] + [False])
    return indices == values.index(at), past[indices]


def _in_time(values: Sequence[str]) -> list[str]:
    """Values in their order: as numbers if they all are, else as text (ISO dates sort as text)."""
    try:
        return sorted(values, key=float)
    except ValueError:
        return sorted(values)


def _counts(table: pa.Table, name: str) -> Counts:
    column = table[name]
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = pc.utf8_trim_whitespace(column)
        column = pc.if_else(pc.equal(column, ""), None, column)
    try:
        numbers = column.cast(pa.float64()).fill_null(0).to_numpy()
    except pa.ArrowInvalid as error:
        raise CausesError(
            say("Column {name!r} holds values that are no numbers.", name=name),
            say("Name a column of counts."),
        ) from error
    if not np.array_equal(numbers, np.round(numbers)):
        raise CausesError(
            say("Column {name!r} holds fractions.", name=name), say("Name a column of counts, not of rates.")
        )
    return numbers.astype(np.int64)
