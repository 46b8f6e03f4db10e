"""Cursor pagination: an opaque mark of the last row given, good for one list of one snapshot."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any

import orjson
from fastapi import Query

from api.deps import Reading
from api.errors import BadQueryError
from issuemine.messages import say

Cursor = Annotated[
    str | None, Query(max_length=500, description="`next_cursor` of the page before; none for the first.")
]
Limit = Annotated[int, Query(ge=1, le=1_000, description="Most rows of the page.")]


def encode(mark: list[Any]) -> str:
    """A cursor that holds a mark."""
    return base64.urlsafe_b64encode(orjson.dumps(mark)).decode().rstrip("=")


def decode(cursor: str | None, types: tuple[type, ...]) -> list[Any] | None:
    """The mark in a cursor, or None for the first page.

    Raises
    ------
    BadQueryError
        If it is not a cursor of this list.
    """
    if cursor is None:
        return None
    try:
        mark = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise BadQueryError(say("The cursor is not one of ours."), say("Start again without it.")) from error
    fits = isinstance(mark, list) and len(mark) == len(types)
    if not fits or not all(type(part) is kind for part, kind in zip(mark, types, strict=True)):
        raise BadQueryError(say("The cursor belongs to another list."), say("Start again without it."))
    if any(isinstance(part, int) and abs(part) >= 2**63 for part in mark):
        raise BadQueryError(say("The cursor is not one of ours."), say("Start again without it."))
    found: list[Any] = mark
    return found


def page_size(read: Reading, limit: int) -> int:
    """The rows of a page, within the settings' limit."""
    return min(limit, read.settings.api.max_page)
