"""``/v1/compare``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.compare import service
from api.compare.asking import Sides
from api.compare.schemas import Comparison
from api.deps import Read
from api.errors import PROBLEMS
from api.paging import Cursor, Limit, decode, page_size
from api.security import Role, needs

router = APIRouter(prefix="/compare", tags=["compare"], responses=PROBLEMS)


class Order(StrEnum):
    """What comes first."""

    DIFFERENCE = "difference"
    EVIDENCE = "evidence"
    RECORDS = "records"


@router.get("", response_model=Comparison, summary="Two windows or two groups of records, side by side")
@needs(Role.READER)
def compare(
    read: Read,
    sides: Sides,
    sort: Annotated[
        Order,
        Query(description="The largest difference of shares, the lowest q-value, or most records first."),
    ] = Order.DIFFERENCE,
    include_hidden: Annotated[
        bool, Query(description="Also topics that are mostly praise or other.")
    ] = False,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Any:
    """How often records of each side speak of each topic, with 95 % intervals.

    Days and filters of the second side begin with `b_`. Where none are given, the second side has the same
    filters on as many days before; where only filters are given, it has the same days.
    """
    return service.compare(
        read,
        sides,
        sort=sort.value,
        include_hidden=include_hidden,
        limit=page_size(read, limit),
        after=decode(cursor, (float, str)),
    )
