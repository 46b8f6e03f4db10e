"""Which column of a change log says what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from issuemine.errors import IngestError
from issuemine.ingest.names import ALIASES as RECORD_ALIASES
from issuemine.ingest.names import normalise
from issuemine.messages import say
from issuemine.records_changes import SCOPE_FIELDS


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ALIASES: dict[str, tuple[str, ...]] = {
    "start": _words(
        "start start_date started_at starts begin from effective effective_date release_date released "
        "released_at date day datetime timestamp time 시작일 시작일시 시작 배포일 배포일시 출시일 적용일 "
        "발생일 발생일시 날짜 일자 일시"
    ),
    "end": _words("end end_date ended_at ends until to finish finished resolved_at 종료일 종료일시 종료 끝"),
    "kind": _words("kind type category event_type change_type 종류 유형 구분 분류"),
    "name": _words("name title event change summary subject 이름 제목 변경 변경명 이벤트"),
    "version": RECORD_ALIASES["version"],
    "note": _words("note notes description release_notes details comment text 설명 비고 내용 메모"),
}
"""What a column says to its normalised names, the likelier first."""
_RELEASE = "release"
"""A column of this name holds the names of releases, or what is in them where another names them."""
_SCOPE = "scope_"


def mapped(path: Path, names: Sequence[str], scope: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The column of each part of a change, and of each field or attribute of its scope.

    Parameters
    ----------
    path : Path
        The file, for what is told of it.
    names : sequence of str
        Its columns.
    scope : sequence of str
        Columns that are attributes of the scope, besides those that are so by their names.

    Raises
    ------
    IngestError
        If there is none for the date or the name, or none that ``scope`` names.
    """
    if strange := [name for name in scope if name not in names]:
        raise IngestError(
            say("{path} has no column {name!r}.", path=path, name=strange[0]),
            say("It has {columns}.", columns=", ".join(map(repr, names))),
        )
    free = {normalise(name): name for name in reversed(names) if name not in scope}
    columns: dict[str, str] = {}
    for field, aliases in ALIASES.items():
        found = next((alias for alias in aliases if alias in free), None)
        if found is not None:
            columns[field] = free.pop(found)
    if _RELEASE in free:
        named = columns.keys() & {"name", "version"}
        columns.setdefault("note" if named else "name", free.pop(_RELEASE))
    for needed, any_of in (("start", ("start",)), ("name", ("name", "version"))):
        if not columns.keys() & set(any_of):
            wanted = ", ".join(alias for field in any_of for alias in ALIASES[field][:4])
            raise IngestError(
                say("{path} has no column for the {field} of a change.", path=path, field=needed),
                say("It has {columns}; name one like {wanted}.", columns=", ".join(names), wanted=wanted),
            )
    return columns, _scopes(columns, free, scope)


def _scopes(columns: dict[str, str], free: dict[str, str], scope: Sequence[str]) -> dict[str, str]:
    scopes = {name: name for name in scope}
    if "version" in columns:
        scopes.setdefault("version", columns["version"])
    for field in SCOPE_FIELDS:
        found = next((free[alias] for alias in RECORD_ALIASES[field] if alias in free), None)
        if found is not None:
            scopes.setdefault(field, found)
    for key, name in free.items():
        if key.startswith(_SCOPE):
            scopes.setdefault(key.removeprefix(_SCOPE), name)
    return scopes
