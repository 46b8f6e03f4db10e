"""``/v1/audit``."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from api.audit import service
from api.audit.schemas import AuditLog
from api.errors import PROBLEMS
from api.paging import Cursor, Limit, decode
from api.security import Role, needs

router = APIRouter(prefix="/audit", tags=["audit"], responses=PROBLEMS)


@router.get("", response_model=AuditLog, summary="What was written, by whom and when")
@needs(Role.ADMIN)
def audit(request: Request, limit: Limit = 50, cursor: Cursor = None) -> Any:
    """Every write of the service, and keys made and revoked, the newest first."""
    mark = decode(cursor, (int,))
    before = mark[0] if mark is not None else None
    return service.entries(request.app.state.operational.there(), limit, before)
