"""``/v1/changes``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from api.changes import service
from api.changes.schemas import ChangeIn, ChangeList, ChangeOut
from api.errors import PROBLEMS, WRITE_PROBLEMS
from api.paging import Cursor, Limit, decode
from api.security import Role, admitted_principal, changed, needs
from issuemine.store.operational import Operational

router = APIRouter(prefix="/changes", tags=["changes"], responses=PROBLEMS)

Log = Annotated[Operational, Depends(service.opened)]


@router.get("", response_model=ChangeList, summary="The change log")
@needs(Role.READER)
def list_changes(
    log: Annotated[Operational | None, Depends(service.there)],
    first: Annotated[date | None, Query(description="Only changes that last to this day or longer.")] = None,
    last: Annotated[date | None, Query(description="Only changes that came on this day or before.")] = None,
    kind: Annotated[str | None, Query(max_length=40, description="Only changes of this kind.")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Any:
    """Releases, outages, campaigns and other changes, the newest first."""
    return service.list_changes(log, first, last, kind, limit=limit, after=decode(cursor, (str, int)))


@router.post(
    "",
    response_model=ChangeOut,
    status_code=201,
    summary="Enter a change",
    responses=WRITE_PROBLEMS | {200: {"model": ChangeOut, "description": "The log has it already."}},
)
@needs(Role.CURATOR)
def enter(
    request: Request, log: Log, asked: ChangeIn, response: Response, settings: service.AppSettings
) -> Any:
    """Keep a change, which the next run lines up with change points; 200 where the log has it."""
    who = admitted_principal(request)
    change, added = service.enter(log, asked, settings, who.name)
    changed(request, change=change["event_id"])
    if not added:
        response.status_code = 200
    return change
