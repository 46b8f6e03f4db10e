"""Write a file, read it the whole way, look at what came out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from issuemine.config import IngestSettings
from issuemine.errors import IngestError
from issuemine.ingest import inspect, read
from issuemine.records import RAW_RECORD_SCHEMA, REJECT_SCHEMA, MappedFile


@dataclass
class Outcome:
    """All that came out of one file."""

    mapped: MappedFile
    records: list[dict[str, Any]]
    rejects: list[tuple[int, str | None, str]]
    rows: int
    table: pa.Table


def ingest(path: Path, **settings: Any) -> Outcome:
    chosen = IngestSettings(**settings)
    mapped = inspect(path, chosen)
    batches = list(read(path, mapped, chosen))
    for batch in batches:
        assert batch.records.schema == RAW_RECORD_SCHEMA
        assert batch.rejects.schema == REJECT_SCHEMA
        batch.records.validate(full=True)
        assert batch.rejected == len(
            {row for row, why in told(batch.rejects) if not why.startswith("kept: ")}
        )
    records = pa.concat_tables([batch.records for batch in batches])
    rejects = pa.concat_tables([batch.rejects for batch in batches])
    assert set(rejects["file"].to_pylist()) <= {str(path)}
    rows = list(zip(*(rejects[name].to_pylist() for name in ("row", "field", "reason")), strict=True))
    return Outcome(mapped, records.to_pylist(), rows, sum(batch.rows for batch in batches), records)


def told(rejects: pa.Table) -> list[tuple[int, str]]:
    return list(zip(rejects["row"].to_pylist(), rejects["reason"].to_pylist(), strict=True))


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def _write(content: str | bytes, name: str = "export.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return _write


@pytest.fixture
def failure() -> Callable[..., IngestError]:
    """The error that a file ends in; it names the file and says what to do."""

    def _failure(path: Path, **settings: Any) -> IngestError:
        with pytest.raises(IngestError) as caught:
            ingest(path, **settings)
        assert str(path) in caught.value.message
        assert caught.value.hint
        return caught.value

    return _failure
