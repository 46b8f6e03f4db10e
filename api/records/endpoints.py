"""``/v1/records``."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.deps import Read
from api.errors import PROBLEMS
from api.paging import Cursor, Limit, decode, page_size
from api.records import service
from api.records.schemas import RejectPage
from api.security import Role, needs

router = APIRouter(prefix="/records", tags=["records"], responses=PROBLEMS)


@router.get("/rejects", response_model=RejectPage, summary="Rows that could not be used")
@needs(Role.READER)
def rejects(
    read: Read,
    run: Annotated[str | None, Query(max_length=40, description="Only rows of this run.")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Any:
    """Rejected rows with file, row number, field and reason, newest run first."""
    mark = decode(cursor, (int,))
    return service.rejects(read, run, page_size(read, limit), max(mark[0], 0) if mark else 0)
