"""What a file is, by suffix and content, and how its rows are streamed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from issuemine.config import IngestSettings
from issuemine.errors import IngestError
from issuemine.ingest.chunks import Chunk
from issuemine.ingest.delimited import delimited_chunks, sniff
from issuemine.ingest.encoding import detect_encoding
from issuemine.ingest.jsonlines import is_json_object, json_chunks
from issuemine.ingest.lines import Lines, row_limit
from issuemine.ingest.parquet import MAGIC, parquet_chunks
from issuemine.messages import retell, say
from issuemine.reasons import failed

_FIRST_LINES = 5
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")


def recognise(path: Path, settings: IngestSettings) -> tuple[str, str]:
    """Tell a file's format (csv, tsv, jsonl, parquet) and encoding (empty for Parquet).

    Raises
    ------
    IngestError
        If the file is empty, packed or binary, a JSON array, or in another encoding than declared.
    OSError
        If it cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(8)
    suffix = path.suffix.lower()
    if head.startswith(MAGIC) or suffix in (".parquet", ".pq"):
        if not head:
            raise IngestError(say("{path} is empty.", path=path), say("Export it again, or leave it out."))
        return "parquet", ""
    if head.startswith(_PACKED):
        raise IngestError(
            say("{path} is an archive, a compressed file or a spreadsheet.", path=path),
            say("Unpack it, or save the sheet as CSV."),
        )
    encoding = detect_encoding(path, settings.encoding)
    with Lines(path, encoding, row_limit(settings)) as lines:
        first: list[str] = []
        fault: str | None = None
        for line in lines:
            fault = fault or lines.fault
            lines.begin()
            if line.strip():
                first.append(line.strip())
            if len(first) == _FIRST_LINES:
                break
    if not first and fault is not None:
        raise IngestError(
            say("The first row of {path} {fault}.", path=path, fault=retell(fault)),
            say("Check that it is an export with line ends."),
        )
    if not first:
        raise IngestError(say("{path} is empty.", path=path), say("Export it again, or leave it out."))
    if any(is_json_object(line) for line in first):
        return "jsonl", encoding
    if first[0].startswith("[") and suffix in (".json", ".jsonl", ".ndjson"):
        raise IngestError(
            say("{path} is one JSON array, not JSON Lines.", path=path),
            say("Write one object a line: jq -c '.[]' does."),
        )
    if suffix in (".json", ".jsonl", ".ndjson"):
        raise IngestError(
            say("None of the first lines of {path} is a JSON object.", path=path),
            say("Write one complete object a line."),
        )
    return ("tsv" if sniff(path, encoding, settings).delimiter == "\t" else "csv"), encoding


def chunks(
    path: Path,
    mapped_format: str,
    encoding: str,
    settings: IngestSettings,
    only: Collection[str] | None = None,
) -> Iterator[Chunk]:
    """Stream a file of a known format; `only` names the columns wanted."""
    if mapped_format == "parquet":
        return parquet_chunks(path, settings, only)
    if mapped_format == "jsonl":
        return json_chunks(path, encoding, settings, only)
    return delimited_chunks(path, encoding, settings, only)


@contextmanager
def translating(path: Path) -> Iterator[None]:
    """Turn what the operating system says about a file into an IngestError."""
    try:
        yield
    except IsADirectoryError as error:
        raise IngestError(
            say("{path} is a folder.", path=path), say("Name the files in it, or give it as an input.")
        ) from error
    except FileNotFoundError as error:
        raise IngestError(
            say("There is no file {path}.", path=path), say("Check the path, or the link's target.")
        ) from error
    except PermissionError as error:
        raise IngestError(
            say("{path} may not be read.", path=path), say("Give this user the right to read it.")
        ) from error
    except OSError as error:
        raise IngestError(
            say("{path} cannot be read: {reason}.", path=path, reason=failed(error)),
            say("Check the file and its disk."),
        ) from error
