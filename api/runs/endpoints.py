"""``/v1/runs``."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.deps import Read
from api.errors import PROBLEMS
from api.paging import Cursor, Limit, decode, page_size
from api.runs import service
from api.runs.schemas import RunPage
from api.security import Role, needs

router = APIRouter(prefix="/runs", tags=["runs"], responses=PROBLEMS)


@router.get("", response_model=RunPage, summary="Runs of the pipeline")
@needs(Role.READER)
def runs(read: Read, limit: Limit = 20, cursor: Cursor = None) -> Any:
    """Runs up to the one that published this snapshot, newest first."""
    mark = decode(cursor, (int,))
    return service.runs(read, page_size(read, limit), max(mark[0], 0) if mark else 0)
