"""From a chunk of columns to records: required fields or reject, optional fields or null and a note."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from issuemine.config import IngestSettings
from issuemine.ingest import fields
from issuemine.ingest.chunks import Chunk
from issuemine.ingest.dates import parse_times
from issuemine.ingest.detect import guess_kind, is_personal
from issuemine.ingest.lines import NUL
from issuemine.ingest.rejects import Rejects
from issuemine.messages import mark
from issuemine.records import (
    COUNT_FIELDS,
    LABEL_FIELDS,
    RAW_RECORD_SCHEMA,
    SCORE_FIELDS,
    TEXT_FIELDS,
    TIME_FIELDS,
    MappedFile,
)

_MISSING = mark("is missing")
_TOO_LONG = mark("is longer than ingest.max_text_chars = {limit}")
_NO_DATE = mark("is no date (read as {order})")
_NO_NUMBER = mark("is no number in its range")
_NO_LANGUAGE = mark("is no language code")
_NO_KIND = mark("is no kind of record; {kind} is assumed")


class Assembler:
    """Make records of the chunks of one file, in order.

    Parameters
    ----------
    path : Path
        The file.
    mapped : MappedFile
        Its columns and date order.
    settings : IngestSettings
        Source, kind, time zone and longest text.
    """

    def __init__(self, path: Path, mapped: MappedFile, settings: IngestSettings) -> None:
        self._source = settings.source or path.stem
        self._mapped = mapped
        self._settings = settings
        self._kind = settings.kind or guess_kind(mapped.columns)
        self._occurrences: Counter[bytes] = Counter()

    def records(self, chunk: Chunk) -> tuple[pa.Table, pa.Table]:
        """Records and rejects of a chunk, in RAW_RECORD_SCHEMA and REJECT_SCHEMA."""
        n = len(chunk.numbers)
        rejects = Rejects(self._mapped.file, chunk.numbers)
        columns = {
            field: chunk.columns.get(name, pa.nulls(n, pa.string()))
            for field, name in self._mapped.columns.items()
        }
        made = self._texts(columns, rejects, n)
        made |= self._times(columns, rejects)
        made |= self._identity(columns, rejects, n)
        made |= self._optional(columns, rejects, n)
        taken = set(self._mapped.columns.values())
        rest = {
            name: values
            for name, values in chunk.columns.items()
            if name not in taken and not is_personal(name) and fields.is_plain(values.type)
        }
        made["attributes"] = fields.attributes(rest, n)
        keep = pa.array(rejects.keep)
        arrays = [
            pc.cast(made[field.name], field.type).filter(keep)
            if field.name in made
            else pa.nulls(int(rejects.keep.sum()), field.type)
            for field in RAW_RECORD_SCHEMA
        ]
        return pa.Table.from_arrays(arrays, schema=RAW_RECORD_SCHEMA), rejects.table(chunk.faults)

    def _texts(self, columns: dict[str, pa.Array], rejects: Rejects, n: int) -> dict[str, pa.Array]:
        made: dict[str, pa.Array] = {}
        missing = np.ones(n, dtype=bool)
        limit = self._settings.max_text_chars
        for field in TEXT_FIELDS:
            if field not in columns:
                continue
            text = fields.as_text(columns[field])
            blank = fields.is_blank(text)
            made[field] = pc.if_else(pa.array(blank), None, text)
            missing &= blank
            rejects.drop(field, fields.holds(text, "\0"), NUL)
            long = np.asarray(pc.fill_null(pc.greater(pc.utf8_length(text), limit), False))
            rejects.drop(field, long, _TOO_LONG.format(limit=limit))
        rejects.drop("body", missing, _MISSING)
        return made

    def _times(self, columns: dict[str, pa.Array], rejects: Rejects) -> dict[str, pa.Array]:
        made: dict[str, pa.Array] = {}
        for field in TIME_FIELDS:
            if field not in columns:
                continue
            order = self._mapped.date_order or "ymd"
            made[field] = parse_times(fields.plain(columns[field]), order, self._settings.timezone)
            there = np.asarray(pc.is_valid(fields.optional(columns[field])))
            unread = np.asarray(pc.is_null(made[field]))
            if field == "created_at":
                rejects.drop(field, ~there, _MISSING)
                rejects.drop(field, unread, _NO_DATE.format(order=order))
            else:
                rejects.note(field, there & unread, _NO_DATE.format(order=order))
        return made

    def _identity(self, columns: dict[str, pa.Array], rejects: Rejects, n: int) -> dict[str, pa.Array]:
        made = {"source": pa.array([self._source] * n, pa.string())}
        if "source" in columns:
            made["source"] = pc.fill_null(fields.optional(columns["source"]), self._source)
        if "customer_ref" in columns:
            made["customer_ref"] = fields.optional(columns["customer_ref"])
        if "external_id" in columns:
            made["external_id"] = fields.trimmed(columns["external_id"])
            rejects.drop("external_id", np.asarray(pc.is_null(made["external_id"])), _MISSING)
        else:
            made["external_id"] = self._made_ids(columns, rejects, n)
        return made

    def _made_ids(self, columns: dict[str, pa.Array], rejects: Rejects, n: int) -> pa.Array:
        """Hash of date, text and customer as written, and how often it has occurred in the file so far."""
        parts = [
            fields.as_text(columns[field]).to_pylist()
            for field in ("created_at", *TEXT_FIELDS, "customer_ref")
            if field in columns
        ]
        ids: list[str | None] = [None] * n
        for at in np.flatnonzero(rejects.keep).tolist():
            content = "\x1f".join(part[at] or "" for part in parts)
            key = blake2b(content.encode(), digest_size=16).digest()
            self._occurrences[key] += 1
            ids[at] = f"{key.hex()}-{self._occurrences[key]}"
        return pa.array(ids, pa.string())

    def _optional(self, columns: dict[str, pa.Array], rejects: Rejects, n: int) -> dict[str, pa.Array]:
        made: dict[str, pa.Array] = {}
        for field in (*SCORE_FIELDS, *COUNT_FIELDS):
            if field in columns:
                made[field], bad = fields.numbers(columns[field], field)
                rejects.note(field, bad, _NO_NUMBER)
        for field in LABEL_FIELDS:
            if field in columns and field not in ("kind", "language"):
                made[field] = fields.optional(columns[field])
        if "language" in columns:
            made["language"], bad = fields.languages(columns["language"])
            rejects.note("language", bad, _NO_LANGUAGE)
        made["kind"] = pa.array([self._kind] * n, pa.string())
        if "kind" in columns and self._settings.kind is None:
            kinds, bad = fields.kinds(columns["kind"])
            made["kind"] = pc.fill_null(kinds, self._kind)
            rejects.note("kind", bad, _NO_KIND.format(kind=self._kind))
        if "tags" in columns:
            made["tags"] = fields.tags(columns["tags"])
        return made
