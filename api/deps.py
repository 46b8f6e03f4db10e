"""What endpoints are given: the snapshot they read, the window and filters that were asked for."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, ParamSpec, TypeVar

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field, create_model
from starlette.concurrency import run_in_threadpool

from api.errors import BadQueryError, NotModified
from api.segments.saved import Saved
from issuemine.config import Settings
from issuemine.messages import say, speaking
from issuemine.store.connection import Database
from issuemine.store.reading import EARLIEST, FILTER_FIELDS, LATEST, Filters, Window
from issuemine.store.snapshot import Snapshot, Snapshots

MOST_SEGMENTS = 5
"""Saved segments that one request may name."""

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Reading:
    """One request's view: a snapshot, a connection to it of the request's own, and the settings."""

    snapshot: Snapshot
    database: Database
    settings: Settings
    saved: Saved


async def reading(request: Request, response: Response) -> AsyncIterator[Reading]:
    """Read the newest snapshot for one request and tell which it is.

    A snapshot never changes, so an address read from it always answers the same in one language and one
    format: the ETag is made of these four and of what the saved segments that it names let through, and a
    client that has it is told so without any work.
    """
    snapshots = request.app.state.snapshots
    snapshot: Snapshot = snapshots.unchanged() or await run_in_threadpool(snapshots.current)
    saved, named = Saved(request.app.state.operational), _named(request)
    etag = etag_of(request, snapshot, await run_in_threadpool(saved.contents, named) if named else ())
    unless_known(request, etag)
    response.headers["ETag"] = etag
    response.headers["X-Snapshot-Id"] = snapshot.snapshot_id
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Language"
    with opened(snapshots, request.app.state.settings, saved, snapshot) as read:
        yield read


def _named(request: Request) -> list[str]:
    """Saved segments that an address names, for either side of a comparison."""
    names = [value for name, value in request.query_params.multi_items() if name.endswith("segment")]
    return names[: 2 * MOST_SEGMENTS]


@contextmanager
def opened(
    snapshots: Snapshots, settings: Settings, saved: Saved, snapshot: Snapshot | None = None
) -> Iterator[Reading]:
    """Read a snapshot, by default the newest, on a connection of one's own."""
    snapshot = snapshot or snapshots.current()
    with snapshot.borrowed() as database:
        yield Reading(snapshot, database, settings, saved)


Read = Annotated[Reading, Depends(reading)]


def etag_of(request: Request, snapshot: Snapshot, named: Sequence[str] = ()) -> str:
    """The ETag of an address of a snapshot, in the language that is spoken and the format accepted.

    With what the saved segments that the address names let through.
    """
    accepted = request.headers.get("accept", "")
    address = f"{request.url.path}?{request.url.query} {speaking()} {accepted} {' '.join(named)}".encode()
    return f'"{snapshot.digest[:16]}-{hashlib.blake2b(address, digest_size=8).hexdigest()}"'


def unless_known(request: Request, etag: str) -> None:
    """Go on, unless the client has what would be answered.

    Raises
    ------
    NotModified
        If it does.
    """
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}:
        raise NotModified(etag)


async def asked(
    read: Read,
    first: Annotated[
        date | None, Query(description="First day counted; default: the first day with records.")
    ] = None,
    last: Annotated[date | None, Query(description="Last day counted; default: the snapshot's day.")] = None,
) -> Window:
    """The days of a request's address."""
    return window(read, first, last)


def window(read: Reading, first: date | None, last: date | None) -> Window:
    """The days that were asked for, within the limits."""
    within_calendar(first, last)
    end = last or read.snapshot.info["as_of"]
    limit = timedelta(days=read.settings.api.max_window_days)
    start = first or max(read.snapshot.info["first_day"], end - limit + timedelta(days=1))
    if start > end:
        raise BadQueryError(
            say("The window ends ({end}) before it begins ({start}).", end=end, start=start),
            say("Swap first and last."),
        )
    if end - start >= limit:
        raise BadQueryError(
            say("The window has {days:,} days.", days=(end - start).days + 1),
            say("Ask for at most {limit:,} at a time.", limit=limit.days),
        )
    return Window(start, end, read.settings.trends.window_days)


def within_calendar(*days: date | None) -> None:
    """Refuse days so near to the calendar's ends that what is compared with them may not be on it.

    Raises
    ------
    BadQueryError
        If one lies outside.
    """
    if any(day is not None and not EARLIEST <= day <= LATEST for day in days):
        raise BadQueryError(
            say("The window lies outside of {earliest} to {latest}.", earliest=EARLIEST, latest=LATEST),
            say("Ask for days within."),
        )


Asked = Annotated[Window, Depends(asked)]

FilterQuery: type[BaseModel] = create_model(
    "FilterQuery",
    **{
        name: (list[str] | None, Field(None, max_length=50, description=f"Only records of this {name}."))
        for name in FILTER_FIELDS
    },
    attribute=(
        list[str] | None,
        Field(None, max_length=20, description="`name:value`: the attribute must have just that value."),
    ),
    segment=(
        list[Annotated[str, Field(max_length=60)]] | None,
        Field(None, max_length=MOST_SEGMENTS, description="Only records of this saved segment."),
    ),
)


async def filters(read: Read, query: Annotated[FilterQuery, Query()]) -> Filters:  # type: ignore[valid-type]
    """Which records count: a field repeated accepts any of its values, different fields must all fit."""
    return chosen(read, query.model_dump(exclude_none=True))  # type: ignore[attr-defined]


def chosen(read: Reading, given: Mapping[str, list[str]]) -> Filters:
    """Filters out of the parameters of a query: attributes as ``name:value``, segments by their names.

    Raises
    ------
    BadQueryError
        If an attribute is not written so, or there is no segment of a name.
    """
    fields = {name: values for name, values in given.items() if name in FILTER_FIELDS}
    pairs = [pair.partition(":") for pair in given.get("attribute", [])]
    if any(not separator or not name for name, separator, _ in pairs):
        raise BadQueryError(
            say("An attribute filter is written name:value."), say("For example attribute=country:DE.")
        )
    attributes = {name: value for name, _, value in pairs}
    return read.saved.within(Filters(fields, attributes), given.get("segment", []))


Filtered = Annotated[Filters, Depends(filters)]


async def counted(
    read: Reading,
    filters: Filters,
    count: Callable[_Given, _Found],
    *args: _Given.args,
    **named: _Given.kwargs,
) -> _Found:
    """What a function answers that counts from memory: at once, since handing it to a thread takes as long.

    Where the file must be asked for what a filter means, a thread waits for it.
    """
    if read.snapshot.tally.records.knows(filters):
        return count(*args, **named)
    return await run_in_threadpool(count, *args, **named)
