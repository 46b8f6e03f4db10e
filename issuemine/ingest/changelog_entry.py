"""A checked entry of the change log, wherever it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from issuemine.errors import IngestError
from issuemine.messages import say
from issuemine.records_changes import KINDS, SCOPE_FIELDS, Change

_KIND_NAMES = {
    "releases": "release", "deploy": "release", "deployment": "release", "배포": "release", "출시": "release",
    "릴리스": "release", "incident": "outage", "장애": "outage", "점검": "outage", "캠페인": "campaign",
    "행사": "campaign", "프로모션": "campaign", "promotion": "campaign", "pricing": "price", "가격": "price",
    "요금": "price", "정책": "policy", "약관": "policy",
}  # fmt: skip
_FIELDS = frozenset({*SCOPE_FIELDS, "source"})
_MOST_NAME, _MOST_KIND, MOST_NOTE, _MOST_SCOPES = 200, 40, 1_000, 5
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)


class UnusableError(Exception):
    """The part of a change that cannot be used, and why."""

    def __init__(self, part: str, reason: str) -> None:
        self.told = (part, reason)
        super().__init__(reason)


def change(
    kind: str,
    name: str,
    start: date,
    end: date | None = None,
    scope: Mapping[str, str] | None = None,
    note: str = "",
) -> Change:
    """A checked change.

    Raises
    ------
    IngestError
        If it has no name, ends before it begins, or something is too long; told without its text.
    """
    try:
        return checked(kind, name, start, end, scope or {}, note)
    except UnusableError as unusable:
        raise IngestError(
            say("This is no change: {field} {reason}.", field=unusable.told[0], reason=unusable.told[1])
        ) from unusable


def checked(
    kind: str, name: str, start: date, end: date | None, scope: Mapping[str, str], note: str
) -> Change:
    """The same, failing with what a reject needs.

    Raises
    ------
    UnusableError
    """
    kind, name = " ".join(kind.split()).casefold(), " ".join(name.split())
    kind = _KIND_NAMES.get(kind, kind) or KINDS[-1]
    last = start if end is None else end
    pairs = {_field(" ".join(key.split())): " ".join(value.split()) for key, value in scope.items()}
    for wrong, field, reason in (
        (not name, "name", say("is missing")),
        (len(name) > _MOST_NAME, "name", say("is longer than {most} characters", most=_MOST_NAME)),
        (len(kind) > _MOST_KIND, "kind", say("is longer than {most} characters", most=_MOST_KIND)),
        (len(note) > MOST_NOTE, "note", say("is longer than {most} characters", most=MOST_NOTE)),
        (last < start, "end", say("comes before the start")),
        (not _EARLIEST <= start <= last <= _LATEST, "start", say("is not between 1900 and 2199")),
        (len(pairs) > _MOST_SCOPES, "scope", say("names more than {most} attributes", most=_MOST_SCOPES)),
        (any(not key or not value for key, value in pairs.items()), "scope", say("has an empty part")),
        (
            any(max(len(key), len(value)) > _MOST_NAME for key, value in pairs.items()),
            "scope",
            say("is longer than {most} characters", most=_MOST_NAME),
        ),
    ):
        if wrong:
            raise UnusableError(field, reason)
    return Change(kind, name, start, last, pairs, " ".join(note.split()))


def _field(name: str) -> str:
    """The name of a scope; fields of records are found in any case, attributes as they are written."""
    small = name.casefold()
    return small if small in _FIELDS else name
