"""What a reader has chosen on a page, from its address: the period and the records that count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import Depends, Request

from api import deps
from api.compare.asking import SECOND
from api.deps import Reading
from api.errors import BadQueryError
from api.segments.saved import Saved
from issuemine.messages import say
from issuemine.pages import words
from issuemine.pages.address import Address
from issuemine.store.reading import FILTER_FIELDS, Filters, Window
from issuemine.store.reading_pages import facets

PERIODS = (7, 28, 84, 365)
"""Days that can be chosen; 0 stands for everything."""
_PICKED = ("language", "channel", "source")
"""Fields with a picker of their own; others are chosen by links, and stay in the address."""
FILTERING = (*FILTER_FIELDS, "attribute", "segment")
"""What an address says of the records that count."""
REPEATED = frozenset(prefix + name for prefix in ("", SECOND) for name in FILTERING)
"""What may be chosen more than once in a page's address, as in the API."""


@dataclass(frozen=True)
class Asked:
    """A reader's choices."""

    read: Reading
    window: Window
    filters: Filters
    at: Address
    choices: dict[str, Any]

    @property
    def filtered(self) -> bool:
        """Whether only some records count."""
        return bool(self.filters.fields or self.filters.attributes)


def reading(request: Request) -> Any:
    """Open the newest snapshot for one page. No ETag: who asks, and what was just said, change pages too."""
    state = request.app.state
    with deps.opened(state.snapshots, state.settings, Saved(state.operational)) as read:
        yield read


PageRead = Annotated[Reading, Depends(reading)]


def address(request: Request) -> Address:
    """Where the reader is."""
    pairs = tuple(
        (name, value) for name, value in request.query_params.multi_items() if value and name != "part"
    )
    return Address(request.url.path, pairs)


def asked(request: Request, read: PageRead) -> Asked:
    """The period, by default the days that growth compares, and the filters."""
    at = address(request)
    days, custom = at.value("days"), bool(at.value("first") or at.value("last"))
    default = read.settings.trends.window_days
    chosen = _whole(days, read.settings.api.max_window_days) if days and not custom else None
    window = period(read, _day(at, "first"), _day(at, "last"), default if chosen is None else chosen)
    filters = chosen_filters(read, at)
    return Asked(read, window, filters, at, _choices(read, at, chosen, custom))


AskedPage = Annotated[Asked, Depends(asked)]


def period(read: Reading, first: date | None, last: date | None, days: int) -> Window:
    """The days counted; change compares them with as many days before where records reach back so far."""
    end = last or read.snapshot.info["as_of"]
    if first is None and days:
        first = max(end - timedelta(days=days - 1), min(read.snapshot.info["first_day"], end))
    window = deps.window(read, first, last)
    length = (window.last - window.first).days + 1
    reaches = window.first - timedelta(days=length) >= read.snapshot.info["first_day"]
    return Window(
        window.first, window.last, length if reaches else min(length, read.settings.trends.window_days)
    )


def chosen_filters(read: Reading, at: Address, prefix: str = "") -> Filters:
    """The filters and the saved segments of an address, each name after a prefix."""
    fields: dict[str, list[str]] = {}
    attributes: dict[str, str] = {}
    for name, value in at.query:
        if name.startswith(prefix) and name.removeprefix(prefix) in FILTER_FIELDS:
            fields.setdefault(name.removeprefix(prefix), []).append(value)
        elif name == f"{prefix}attribute":
            attribute, _, wanted = value.partition(":")
            attributes[attribute] = wanted
    segments = [value for name, value in at.query if name == f"{prefix}segment"]
    if len(segments) > deps.MOST_SEGMENTS:
        raise BadQueryError(
            say("More than {limit} segments are named.", limit=deps.MOST_SEGMENTS), say("Name fewer.")
        )
    return read.saved.within(Filters(fields, attributes), segments)


def pickers(
    read: Reading, at: Address, prefix: str = "", *, chosen_as: str | None = None
) -> list[dict[str, Any]]:
    """Fields that can be chosen, with their values: those that tell records apart.

    ``chosen_as`` is the prefix of what is shown as chosen, where it is another than that of the names.
    """
    found = facets(read.database, _PICKED)
    fields = [
        (name, words.word("field", name), [(value, words.value(name, value)) for value in found[name]])
        for name in _PICKED
        if len(found.get(name, [])) > 1
    ]
    saved = [(name, name) for name in read.saved.names()]
    return [
        {
            "name": name,
            "title": title,
            "options": [("", say("All")), *options],
            "chosen": at.value((prefix if chosen_as is None else chosen_as) + name),
        }
        for name, title, options in ([("segment", say("Segment"), saved)] if saved else []) + fields
    ]


def day_of(at: Address, name: str) -> date | None:
    """A day of the address."""
    return _day(at, name)


def _choices(read: Reading, at: Address, days: int | None, custom: bool) -> dict[str, Any]:
    fields = pickers(read, at)
    default = read.settings.trends.window_days
    lengths = sorted({*PERIODS, default, *([days] if days else [])})
    periods = [(str(length), say("Last {days:,} days", days=length)) for length in lengths]
    if custom:
        periods.insert(0, ("", say("From and to")))
    names = ("days", "first", "last", "cursor", "top", "done", *(field["name"] for field in fields))
    return {
        "periods": [*periods, ("0", say("Everything"))],
        "days": "" if custom else str(default if days is None else days),
        "fields": fields,
        "custom": custom,
        "names": names,
        "any": custom or any(name in (*FILTERING, "days") for name, _ in at.query),
        "savable": any(name in FILTERING for name, _ in at.query),
    }


def _whole(text: str, most: int) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise BadQueryError(say("{text!r} is no number of days.", text=text), say("For example days=28."))
    days = int(text)
    if days > most:
        raise BadQueryError(
            say("The window has {days:,} days.", days=days),
            say("Ask for at most {limit:,} at a time.", limit=most),
        )
    return days


def _day(at: Address, name: str) -> date | None:
    text = at.value(name)
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadQueryError(
            say("{text!r} is no day.", text=text), say("Days are written 2026-03-31.")
        ) from error
    deps.within_calendar(day)
    return day
