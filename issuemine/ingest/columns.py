"""Some columns of a file as they are, for uses that need no records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from issuemine.config import IngestSettings
from issuemine.errors import IngestError
from issuemine.ingest.fields import as_text
from issuemine.ingest.formats import chunks, recognise, translating
from issuemine.messages import say


def columns(path: Path, names: Sequence[str], settings: IngestSettings) -> pa.Table:
    """Read columns of a file as text.

    Parameters
    ----------
    path : Path
        CSV, TSV, JSON Lines or Parquet.
    names : sequence of str
        Its columns.
    settings : IngestSettings
        Declared encoding and delimiter win over what is detected.

    Returns
    -------
    pyarrow.Table
        One string column a name; rows that cannot be read are left out.

    Raises
    ------
    IngestError
        If the file cannot be read, or has no such column.
    """
    found: list[pa.Table] = []
    with translating(path):
        form, encoding = recognise(path, settings)
        for chunk in chunks(path, form, encoding, settings):
            for name in names:
                if name not in chunk.columns:
                    raise IngestError(
                        say("{path} has no column {name!r}.", path=path, name=name),
                        say("It has {columns}.", columns=", ".join(map(repr, chunk.columns))),
                    )
            found.append(pa.table({name: as_text(chunk.columns[name]) for name in names}))
    if not found:
        raise IngestError(say("{path} has no rows.", path=path), say("Export it again."))
    return pa.concat_tables(found)
