"""Stream a file as valid, typed records and rejects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from issuemine.config import IngestSettings
from issuemine.ingest.assemble import Assembler
from issuemine.ingest.formats import chunks, translating
from issuemine.records import MappedFile


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a file.

    Attributes
    ----------
    records : pyarrow.Table of RAW_RECORD_SCHEMA
        Rows that can be used, in the order of the file.
    rejects : pyarrow.Table of REJECT_SCHEMA
        Rows that cannot; and, with a reason that starts with ``kept: ``, optional values of kept records
        that were unreadable and set to null.
    rows : int
        Data rows read: records and rejected rows together.
    """

    records: pa.Table
    rejects: pa.Table
    rows: int

    @property
    def rejected(self) -> int:
        """Rows that did not become records; the ``kept: `` notes are not counted."""
        return self.rows - int(self.records.num_rows)


def read(path: Path, mapped: MappedFile, settings: IngestSettings) -> Iterator[Batch]:
    """Stream a file's records.

    A row is rejected where its text, date or id cannot be used: text missing, longer than
    ``max_text_chars`` or with NUL characters; date missing or unreadable; id missing. An optional value
    that cannot be read (a rating "abc") is set to null and noted; the record is kept.

    Without an id column the id is the hash of date, text and customer as written, and the number of its
    occurrence in the file, so that a second export of the same rows gives the same ids.

    Parameters
    ----------
    path : Path
        The file.
    mapped : MappedFile
        What `inspect` recognised in it.
    settings : IngestSettings
        As given to `inspect`; ``batch_rows`` bounds the rows held at a time.

    Yields
    ------
    Batch
        At most ``batch_rows`` rows each, fewer where rows are very large.

    Raises
    ------
    IngestError
        If the file cannot be read to its end.
    """
    assembler = Assembler(path, mapped, settings)
    with translating(path):
        for chunk in chunks(path, mapped.format, mapped.encoding, settings):
            records, rejects = assembler.records(chunk)
            yield Batch(records, rejects, chunk.rows)
