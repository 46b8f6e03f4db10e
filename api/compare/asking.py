"""The two sides of a comparison: what is asked of the second carries a prefix."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import BaseModel, create_model

from api import deps
from api.deps import Filtered, FilterQuery, Read, Reading
from issuemine.store.reading import Filters, Window

SECOND = "b_"
"""Before the names of what is asked of the second side."""


@dataclass(frozen=True)
class Side:
    """Some records: those of the days that fit the filters."""

    window: Window
    filters: Filters


def two_sides(
    read: Reading,
    days: tuple[date | None, date | None],
    filters: Filters,
    second_days: tuple[date | None, date | None] = (None, None),
    second_filters: Filters | None = None,
) -> tuple[Side, Side]:
    """Both sides, whole.

    Parameters
    ----------
    read : Reading
        The snapshot.
    days : pair of date or None
        First and last day of the first side; default: the newest ``trends.window_days``.
    filters : Filters
        Its filters.
    second_days : pair of date or None
        Days of the second side; default: those of the first where the second side has filters of its own,
        else as many days before.
    second_filters : Filters, optional
        Its filters; None where nothing at all is said of the second side: those of the first then.

    Raises
    ------
    BadQueryError
        If a window ends before it begins, or has too many days.
    """
    deps.within_calendar(*days, *second_days)
    last = days[1] or read.snapshot.info["as_of"]
    first = days[0] or last - timedelta(days=read.settings.trends.window_days - 1)
    one = Side(deps.window(read, first, last), filters)
    length = one.window.last - one.window.first
    grouped = second_filters is not None and bool(second_filters.fields or second_filters.attributes)
    if grouped and second_days == (None, None):
        second_days = (first, last)
    other_last = second_days[1] or first - timedelta(days=1)
    other = deps.window(read, second_days[0] or other_last - length, other_last)
    return one, Side(other, filters if second_filters is None else second_filters)


def _prefixed() -> type[BaseModel]:
    fields: dict[str, Any] = {
        f"{SECOND}{name}": (field.annotation, field) for name, field in FilterQuery.model_fields.items()
    }
    return create_model("SecondFilterQuery", **fields)


_SecondQuery = _prefixed()


def second_filters(read: Read, query: Annotated[_SecondQuery, Query()]) -> Filters:  # type: ignore[valid-type]
    """The filters of the second side, as those of the first."""
    given = query.model_dump(exclude_none=True)  # type: ignore[attr-defined]
    return deps.chosen(read, {name.removeprefix(SECOND): value for name, value in given.items()})


def asked(
    read: Read,
    filters: Filtered,
    others: Annotated[Filters, Depends(second_filters)],
    first: Annotated[
        date | None, Query(description="First day of the first side; default: of the newest 28 days.")
    ] = None,
    last: Annotated[
        date | None, Query(description="Last day of the first side; default: the snapshot's day.")
    ] = None,
    b_first: Annotated[date | None, Query(description="First day of the second side.")] = None,
    b_last: Annotated[date | None, Query(description="Last day of the second side.")] = None,
) -> tuple[Side, Side]:
    """Both sides as asked for; see :func:`two_sides` for what is left out."""
    said = bool(others.fields or others.attributes) or b_first is not None or b_last is not None
    return two_sides(read, (first, last), filters, (b_first, b_last), others if said else None)


Sides = Annotated[tuple[Side, Side], Depends(asked)]
