"""Parts of a payload by their paths: what is missing or of another type is told, without its content."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from issuemine.ingest.hooks.event import UnreadableEventError
from issuemine.messages import mark

_FINER = re.compile(r"(\.\d{6})\d+")
_UTC = re.compile(r"\s*UTC$")
_ID = re.compile(r"[\w.:-]{1,200}")
_LATEST = 4_102_444_800
"""Seconds of the year 2100: a time after it is no time."""


class Payload:
    """A JSON object and where it stands in the whole."""

    def __init__(self, content: Mapping[str, Any], path: str = "") -> None:
        self._content = content
        self._path = path

    @classmethod
    def read(cls, body: bytes, name: str = "body") -> Payload:
        """A payload from its JSON, which goes by a name where it is none."""
        try:
            content: Any = orjson.loads(body)
        except orjson.JSONDecodeError:
            content = None
        if not isinstance(content, dict):
            raise UnreadableEventError(name, mark("is no JSON object"))
        return cls(content)

    def part(self, name: str) -> Payload:
        """An object in it; an empty one where there is none."""
        found = self._content.get(name)
        return Payload(found if isinstance(found, dict) else {}, self._where(name))

    def parts(self, name: str) -> Iterator[Payload]:
        """Objects of a list in it."""
        found = self._content.get(name)
        for at, one in enumerate(found if isinstance(found, list) else ()):
            if isinstance(one, dict):
                yield Payload(one, f"{self._where(name)}[{at}]")

    def items(self) -> Iterator[tuple[str, Any]]:
        """Names and values, as they are."""
        return iter(self._content.items())

    def has(self, name: str) -> bool:
        """Whether it is there and not null."""
        return self._content.get(name) is not None

    def flag(self, name: str) -> bool:
        """Whether it is true."""
        return self._content.get(name) is True

    def identifier(self, name: str) -> str:
        """A number or text that must be there.

        Raises
        ------
        UnreadableEventError
            If it is not, or is no identifier.
        """
        found = self.text(name)
        if found is None:
            raise UnreadableEventError(self._where(name), mark("is missing"))
        if not _ID.fullmatch(found):
            raise UnreadableEventError(self._where(name), mark("is no identifier"))
        return found

    def time(self, name: str) -> datetime:
        """A time that must be there.

        Raises
        ------
        UnreadableEventError
            If it is not, or is no time.
        """
        found = self.time_or_none(name)
        if found is None:
            raise UnreadableEventError(self._where(name), mark("is missing"))
        return found

    def time_or_none(self, name: str) -> datetime | None:
        """A time in ISO 8601 or as seconds since 1970; None where there is none.

        Raises
        ------
        UnreadableEventError
            If it is there and is no time.
        """
        found = self._content.get(name)
        if found is None or found in ("", 0):
            return None
        try:
            if isinstance(found, int | float) and not isinstance(found, bool) and 0 < found < _LATEST:
                return datetime.fromtimestamp(found, UTC)
            if isinstance(found, str):
                read = datetime.fromisoformat(_FINER.sub(r"\1", _UTC.sub("+00:00", found)))
                return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise UnreadableEventError(self._where(name), mark("is no time"))

    def text(self, name: str) -> str | None:
        """A text or number as text, without space around it; None where it is blank or of another type."""
        found = self._content.get(name)
        if isinstance(found, bool) or not isinstance(found, str | int | float):
            return None
        return str(found).replace("\0", "").strip() or None

    def number(self, name: str) -> float | None:
        """A number, also one written as a text; None where it is none."""
        try:
            number = float(self.text(name) or "")
        except ValueError:
            return None
        return number if math.isfinite(number) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Texts of a list in it."""
        found = self._content.get(name)
        return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()

    def _where(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name
