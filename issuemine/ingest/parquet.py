"""Parquet: batches of typed columns; nested columns become dotted ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from issuemine.config import IngestSettings
from issuemine.errors import IngestError
from issuemine.ingest.chunks import CHUNK_CHARS, Chunk
from issuemine.ingest.delimited import refuse_duplicates
from issuemine.messages import say

MAGIC = b"PAR1"


def parquet_columns(path: Path) -> list[str]:
    """Names of the columns of a Parquet file, nested ones dotted.

    Raises
    ------
    IngestError
        If the file is truncated or damaged, holds no rows, or two columns share a name.
    """
    with _open(path) as file:
        if not file.metadata.num_rows:
            raise IngestError(
                say("{path} has columns but no rows.", path=path), say("Export it again, or leave it out.")
            )
        try:
            outer: list[str] = list(file.schema_arrow.names)
            names: list[str] = list(_flat(file.schema_arrow.empty_table()).column_names)
        except (pa.ArrowException, ValueError) as error:
            raise _damaged(path) from error
    refuse_duplicates(path, outer)
    refuse_duplicates(path, names)
    return names


def parquet_chunks(
    path: Path, settings: IngestSettings, only: Collection[str] | None = None
) -> Iterator[Chunk]:
    """Stream the rows of a Parquet file with the types that it has.

    Parameters
    ----------
    path, settings
        The file and how it is read.
    only : collection of str, optional
        Columns wanted, by their dotted names; default: all.

    Raises
    ------
    IngestError
        If the file is truncated or damaged.
    """
    done = 0
    with _open(path) as file:
        try:
            top = None
            if only is not None:
                top = [
                    name
                    for name in file.schema_arrow.names
                    if any(wanted == name or wanted.startswith(f"{name}.") for wanted in only)
                ]
            for batch in file.iter_batches(batch_size=_batch_rows(file, settings), columns=top):
                batch.validate(full=True)  # text that is no UTF-8 would fail far from here
                table = _flat(pa.Table.from_batches([batch]))
                names = [name for name in table.column_names if only is None or name in only]
                columns = {name: table.column(name).combine_chunks() for name in names}
                numbers = np.arange(done + 1, done + 1 + table.num_rows, dtype=np.int64)
                done += table.num_rows
                yield Chunk(columns, numbers, [])
        except (pa.ArrowException, OSError, ValueError) as error:
            raise _damaged(path) from error


def _open(path: Path) -> pq.ParquetFile:
    with path.open("rb") as stream:
        whole = stream.read(4) == MAGIC and stream.seek(0, 2) >= 12
        if whole:
            stream.seek(-4, 2)
            whole = stream.read(4) == MAGIC
    if not whole:
        raise _damaged(path)
    try:
        return pq.ParquetFile(path, pre_buffer=False, page_checksum_verification=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(path) from error


def _batch_rows(file: pq.ParquetFile, settings: IngestSettings) -> int:
    """Rows at a time, fewer where rows are so large that a batch would not be bounded."""
    groups = [file.metadata.row_group(at) for at in range(file.metadata.num_row_groups)]
    largest = max((group.total_byte_size / max(group.num_rows, 1) for group in groups), default=0.0)
    return max(1, min(settings.batch_rows, int(CHUNK_CHARS / max(largest, 1.0))))


def _flat(table: pa.Table) -> pa.Table:
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    return table


def _damaged(path: Path) -> IngestError:
    return IngestError(
        say("{path} is no complete Parquet file: it is truncated or damaged.", path=path),
        say("Copy or export it again; check that the transfer finished."),
    )
