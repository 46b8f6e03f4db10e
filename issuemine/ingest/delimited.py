"""CSV and TSV: the dialect is told from the first rows, then rows are streamed."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from issuemine.config import IngestSettings
from issuemine.errors import IngestError
from issuemine.ingest.chunks import CHUNK_CHARS, Chunk, text_chunk
from issuemine.ingest.lines import TOO_LONG, Lines, RowTooLong, row_limit
from issuemine.messages import mark, retell, say

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_ROWS = 200
_SAMPLE_CHARS = 1 << 18
OPEN_QUOTE = mark("opens a quote that is never closed")
_WIDTH = mark("has {cells} cells where the header has {width}")
RUNAWAY_QUOTE = mark("opens a quote that is not closed within the length of a row")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are told apart; ``escape``: a quote within quotes stands after a backslash."""

    delimiter: str
    escape: bool = False


def sniff(path: Path, encoding: str, settings: IngestSettings) -> Dialect:
    """Choose the delimiter and quoting under which the first rows agree best with the header.

    Parameters
    ----------
    path, encoding
        The file and its codec.
    settings : IngestSettings
        A declared delimiter is taken as it is.

    Raises
    ------
    IngestError
        If the declared delimiter is not one character.
    """
    declared = settings.delimiter
    if declared is not None:
        declared = {"\\t": "\t", "tab": "\t"}.get(declared, declared)
        if len(declared) != 1 or declared in '"\r\n\0':
            raise IngestError(
                say(
                    "ingest.delimiter is {delimiter!r}, which is no single character.",
                    delimiter=settings.delimiter,
                ),
                say('Set it to one such as "," or ";" or "\\t", or leave it out.'),
            )
    head = _head(path, encoding, settings)
    best, best_score = Dialect(declared or ","), (-1.0, 0, 0)
    escapes = (False, True) if any('\\"' in line for line in head) else (False,)
    for delimiter in (declared,) if declared else _DELIMITERS:
        for escape in escapes:
            dialect = Dialect(delimiter, escape)
            widths = [len(row) for row in _reader(head, dialect) if any(row)]
            if len(widths) > 2:
                del widths[-1]  # the sample may end within a row
            if not widths or widths[0] < 2:
                continue
            fit = sum(width == widths[0] for width in widths) / len(widths)
            score = (fit, widths[0], -int(escape))
            if score > best_score:
                best, best_score = dialect, score
    return best


def _head(path: Path, encoding: str, settings: IngestSettings) -> list[str]:
    head: list[str] = []
    with Lines(path, encoding, row_limit(settings)) as lines:
        for line in lines:
            if len(head) == _SAMPLE_ROWS or lines.chars > _SAMPLE_CHARS:
                break
            head.append(line)
    return head


def header(path: Path, encoding: str, dialect: Dialect, settings: IngestSettings) -> list[str]:
    """Column names from the first row; an unnamed column becomes ``column_<position>``.

    Raises
    ------
    IngestError
        If the file holds nothing, its first row cannot be read, or two columns share a name.
    """
    with Lines(path, encoding, row_limit(settings)) as lines:
        row, fault = next(_rows(lines, dialect), ([], "is missing"))
    if fault is not None:
        if fault == "is missing":
            raise IngestError(say("{path} is empty.", path=path), say("Export it again, or leave it out."))
        raise IngestError(
            say("The first row of {path} {fault}.", path=path, fault=retell(fault)),
            say("Check that the file is a CSV export with column names."),
        )
    names = [cell.strip() or f"column_{position}" for position, cell in enumerate(row, start=1)]
    refuse_duplicates(path, names)
    return names


def refuse_duplicates(path: Path, names: list[str]) -> None:
    """Raise an IngestError that names the columns which occur twice."""
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise IngestError(
            say(
                "{path} has more than one column named {columns}.",
                path=path,
                columns=", ".join(map(repr, twice)),
            ),
            say("Rename or drop the repeated columns, then run again."),
        )


def delimited_chunks(
    path: Path,
    encoding: str,
    settings: IngestSettings,
    only: Collection[str] | None = None,
) -> Iterator[Chunk]:
    """Stream the data rows of a CSV or TSV file.

    Blank rows are passed over. A row whose cells do not match the header, or that holds NUL or undecodable
    bytes, is a fault. Where a row over several lines is one (most often for a quote left open), the lines
    after its first are read again from the first that has as many cells as the header.

    Parameters
    ----------
    path, encoding, settings
        The file, its codec, and how it is read.
    only : collection of str, optional
        Columns wanted; default: all.
    """
    dialect = sniff(path, encoding, settings)
    names = header(path, encoding, dialect, settings)
    wanted = [(position, name) for position, name in enumerate(names) if only is None or name in only]
    rows: list[list[str]] = []
    numbers: list[int] = []
    faults: list[tuple[int, str]] = []
    chars = number = 0

    def close() -> Chunk:
        columns = list(zip(*rows, strict=True)) or [()] * len(names)
        return text_chunk([name for _, name in wanted], [columns[at] for at, _ in wanted], numbers, faults)

    with Lines(path, encoding, row_limit(settings)) as lines:
        stream = _rows(lines, dialect, len(names))
        next(stream, None)
        for row, fault in stream:
            number += 1
            if fault is None:
                rows.append(row)
                numbers.append(number)
                chars += lines.chars
            else:
                faults.append((number, fault))
            if len(rows) + len(faults) >= settings.batch_rows or chars >= CHUNK_CHARS:
                yield close()
                rows, numbers, faults, chars = [], [], [], 0
    if rows or faults:
        yield close()


def _rows(lines: Lines, dialect: Dialect, width: int | None = None) -> Iterator[tuple[list[str], str | None]]:
    """Rows with what is wrong with each; with `width`, rows of other widths are faults."""
    csv.field_size_limit(max(csv.field_size_limit(), 1 << 30))  # Lines sets the bound
    reader = _reader(lines, dialect)

    def starts_row(line: str) -> bool:
        return width is None or len(next(_reader([line], dialect), [])) == width

    while True:
        lines.begin()
        try:
            row = next(reader)
        except StopIteration:
            return
        except (RowTooLong, csv.Error):
            reason = RUNAWAY_QUOTE if lines.height > 1 else TOO_LONG
            lines.resume(starts_row)
            yield [], reason
            continue
        if lines.fault is None and not any(row):
            continue
        if lines.fault is None and lines.cut_off:
            lines.fault = OPEN_QUOTE
        elif lines.fault is None and width is not None and len(row) != width:
            if len(row) > width and not any(row[width:]):
                row = row[:width]
            else:
                lines.fault = _WIDTH.format(cells=len(row), width=width)
        fault = lines.fault
        if fault is not None and lines.height > 1:
            lines.resume(starts_row)
        yield row, fault


def _reader(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    escape = "\\" if dialect.escape else None
    return csv.reader(lines, delimiter=dialect.delimiter, escapechar=escape, strict=False)
