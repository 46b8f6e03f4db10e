"""Physical lines of a text file, each bounded in length, with what is wrong with them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from issuemine.config import IngestSettings
from issuemine.ingest.encoding import MARK, ON_BAD_BYTES
from issuemine.messages import mark

NUL = mark("holds NUL characters")
BAD_BYTES = mark("holds bytes that are no text in the file's encoding")
TOO_LONG = mark("is longer than a row may be")
_SMALLEST_LIMIT = 1 << 20


class RowTooLong(Exception):
    """The row being assembled from several lines outgrew the limit: most often a quote left open."""


def row_limit(settings: IngestSettings) -> int:
    """Most characters of one row: eight times the longest text, at least one mebi-character."""
    return max(_SMALLEST_LIMIT, 8 * settings.max_text_chars)


class Lines:
    """Iterate over lines, remembering those of the row that is being assembled.

    Line ends (of Unix, Windows or old Mac) are kept, as the csv module wants them. A line longer than
    the limit is skipped without being held in memory; an empty line takes its place.

    Parameters
    ----------
    path : Path
        The file.
    encoding : str
        Its codec.
    limit : int
        Most characters of a line and of a row.

    Attributes
    ----------
    fault : str or None
        What is wrong with the lines since `begin`.
    cut_off : bool
        Whether the file ended within the row.
    chars : int
        Characters read since `begin`.
    """

    def __init__(self, path: Path, encoding: str, limit: int) -> None:
        self._stream = path.open(encoding=encoding, errors=ON_BAD_BYTES, newline="")
        self._limit = limit
        self._again: deque[tuple[str, str | None]] = deque()
        self.begin()

    def begin(self) -> None:
        """Start the next row: forget the lines of the last one."""
        self._row: list[tuple[str, str | None]] = []
        self.fault: str | None = None
        self.cut_off = False
        self.chars = 0

    @property
    def height(self) -> int:
        """Physical lines of the row so far."""
        return len(self._row)

    def resume(self, starts_row: Callable[[str], bool]) -> None:
        """Give up the row's first line; read on from the first line after it that can start a row.

        Lines between the two are passed over, to the end of the file if none fits.
        """
        for at, (line, _) in enumerate(self._row[1:], start=1):
            if starts_row(line):
                self._again.extendleft(reversed(self._row[at:]))
                return
        while (entry := self._next())[0]:
            if starts_row(entry[0]):
                self._again.appendleft(entry)
                return

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line, fault = self._next()
        if not line:
            self.cut_off = bool(self._row)
            raise StopIteration
        self._row.append((line, fault))
        self.fault = self.fault or fault
        self.chars += len(line)
        if self.chars > self._limit:
            raise RowTooLong
        return line

    def _next(self) -> tuple[str, str | None]:
        return self._again.popleft() if self._again else self._read()

    def _read(self) -> tuple[str, str | None]:
        line = self._stream.readline(self._limit)
        if len(line) == self._limit and line[-1] not in "\r\n":
            while (rest := self._stream.readline(self._limit)) and rest[-1] not in "\r\n":
                pass
            return "\n", TOO_LONG
        if "\0" in line:
            return line, NUL
        if not line.isascii() and MARK in line:
            return line, BAD_BYTES
        return line, None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()
