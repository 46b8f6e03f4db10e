"""Saved segments, kept in the operational store."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from api.errors import BadQueryError, NotFoundError
from api.segments.saved import NO_VALUE
from issuemine.config import Settings
from issuemine.desk.redacting import personal_data
from issuemine.messages import say
from issuemine.records_segments import SavedSegment
from issuemine.store.operational import Operational, segments
from issuemine.store.reading import FILTER_FIELDS

NAME = r"^\w[\w .&+-]{0,59}$"
"""Letters of any script, digits, and what joins words."""


def saved(
    store: Operational,
    settings: Settings,
    name: str,
    fields: Mapping[str, Sequence[str]],
    attributes: Mapping[str, str],
    author: str,
) -> tuple[SavedSegment, bool]:
    """Keep filters under a name; the segment, and whether it is new.

    Raises
    ------
    BadQueryError
        If the name cannot be one, there is nothing to keep, or a field is unknown.
    """
    if not re.fullmatch(NAME, name) or name != name.strip():
        raise BadQueryError(
            say("A segment's name has letters, digits and spaces, at most 60."),
            say("For example: Android in Germany."),
        )
    strange = sorted(set(fields) - set(FILTER_FIELDS))
    if strange:
        raise BadQueryError(
            say("Records have no field {name!r} to filter by.", name=strange[0][:40]),
            say("There are: {names}.", names=", ".join(FILTER_FIELDS)),
        )
    if not fields and not attributes:
        raise BadQueryError(say("There is no filter to save."), say("Choose which records are meant first."))
    if any(NO_VALUE in values for values in fields.values()):
        raise BadQueryError(
            say("These filters let no record through."), say("Choose values that a record can have.")
        )
    told = [name, *(value for values in fields.values() for value in values)]
    told += [part for pair in attributes.items() for part in pair]
    # A version such as 5.2.1.3 may be taken for a computer's address.
    if personal_data(told, settings.clean) - {"IP"}:
        raise BadQueryError(
            say("A segment may hold no personal data."), say("Leave out names, numbers and addresses.")
        )
    return segments.save(store, name, fields, attributes, author=author, at=datetime.now(UTC))


def one(store: Operational | None, name: str) -> SavedSegment:
    """The segment of a name.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    found = segments.find(store, name) if store is not None else None
    if found is None:
        raise missing()
    return found


def missing() -> NotFoundError:
    """The failure of asking for a segment that is not there."""
    return NotFoundError(
        say("There is no segment of the name that was given."), say("GET /v1/segments lists them.")
    )
