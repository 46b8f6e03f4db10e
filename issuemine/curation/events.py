"""How what a person says becomes an event that the store keeps, and is read from one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from issuemine.curation.actions import KINDS, Action, Undo, one_line
from issuemine.errors import CurationError
from issuemine.messages import say
from issuemine.records import CurationEvent

_NAMES = {said: kind for kind, said in KINDS.items()}
_CHECKS: Mapping[str, TypeAdapter[Action]] = {kind: TypeAdapter(said) for kind, said in KINDS.items()}


def action(kind: str, payload: Mapping[str, Any]) -> Action:
    """A checked action.

    Raises
    ------
    CurationError
        If there is no such kind or the payload does not fit it; names the field, never its value.
    """
    if kind not in KINDS:
        raise CurationError(
            say("There is no event of the kind '{kind}'.", kind=kind), say("Upgrade issuemine and try again.")
        )
    try:
        return _CHECKS[kind].validate_python(dict(payload))
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in issue['loc'])}: {issue['msg']}"
            for issue in error.errors(include_input=False)
        )
        raise CurationError(say("This cannot be recorded ({problems}).", problems=problems)) from error


def event(said: Action, *, at: datetime, author: str) -> CurationEvent:
    """An action as an event that the store can keep.

    Parameters
    ----------
    said : Action
        What is said; free text in it is redacted already.
    at : datetime
        When, with its zone.
    author : str
        Who says it.

    Raises
    ------
    CurationError
        If there is no author.
    ValueError
        If the time has no zone.
    """
    if at.tzinfo is None:
        raise ValueError("an event's time needs a zone")
    name = one_line(author)
    if not name:
        raise CurationError(say("An event needs an author."), say("Name one with --author."))
    if isinstance(said, Undo):
        return CurationEvent(at.astimezone(UTC), name, "undo", {}, undoes=said.event_id)
    return CurationEvent(at.astimezone(UTC), name, _NAMES[type(said)], _payload(said))


def action_of(stored: CurationEvent) -> Action:
    """What an event says.

    Raises
    ------
    CurationError
        As :func:`action`: the event comes from a newer version or is damaged.
    """
    payload = {"event_id": stored.undoes} if stored.kind == "undo" else stored.payload
    return action(stored.kind, payload)


def _payload(said: Action) -> dict[str, Any]:
    assert is_dataclass(said)  # noqa: S101 - for the type checker
    values = ((field.name, getattr(said, field.name)) for field in fields(said))
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values}
