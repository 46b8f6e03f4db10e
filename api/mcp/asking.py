"""What assistants may say of an answer: its days, its records, its language."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from api import deps
from api.deps import Reading
from api.errors import BadQueryError
from issuemine.messages import say
from issuemine.store.reading import FILTER_FIELDS, Filters, Window

_BESIDES = ("attribute", "segment")
"""What filters may name besides fields of records."""

First = Annotated[
    date | None, Field(description="First day, as 2026-03-01. Default: 28 days before the last.")
]
AnyFirst = Annotated[
    date | None, Field(description="First day, as 2026-03-01. Default: the first day with records.")
]
Last = Annotated[date | None, Field(description="Last day. Default: the newest day there is.")]
Chosen = Annotated[
    dict[str, Annotated[list[str], Field(max_length=50)]] | None,
    Field(
        max_length=len(FILTER_FIELDS) + len(_BESIDES),
        description="Only records with these values, a list for each field: "
        + ", ".join(FILTER_FIELDS)
        + "; attribute, as name:value; or segment, the name of saved filters. For example "
        '{"language": ["ko"], "attribute": ["os:ios"]}.',
    ),
]
TopicId = Annotated[str, Field(max_length=40, description="Id of an issue, such as T12.")]
Language = Annotated[
    Literal["en", "ko"] | None, Field(description="Language of sentences: en or ko. Texts stay as written.")
]


def days(read: Reading, first: date | None, last: date | None, length: int | None = None) -> Window:
    """The days asked for; by default the newest ones, as many as growth compares."""
    deps.within_calendar(first, last)
    end = last or read.snapshot.info["as_of"]
    length = length or read.settings.trends.window_days
    return deps.window(read, first or end - timedelta(days=length - 1), end)


def whole(read: Reading, first: date | None, last: date | None) -> Window:
    """The days asked for; by default all, as far as one answer may reach."""
    return deps.window(read, first, last)


def chosen(read: Reading, filters: dict[str, list[str]] | None) -> Filters:
    """The filters asked for.

    Raises
    ------
    BadQueryError
        If one is of no field of records, or there is no segment of a name.
    """
    strange = sorted(set(filters or ()) - {*FILTER_FIELDS, *_BESIDES})
    if strange:
        raise BadQueryError(
            say("Records have no field {name!r} to filter by.", name=strange[0][:40]),
            say("There are: {names}.", names=", ".join((*FILTER_FIELDS, *_BESIDES))),
        )
    return deps.chosen(read, filters or {})
