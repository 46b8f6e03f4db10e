"""``/metrics``."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.observing.metrics import MEDIA_TYPE, exposition
from api.observing.waiting import waiting
from api.security import Role, needs

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
@needs(Role.READER)
def metrics(request: Request) -> Response:
    """Counts and durations of answers by route; what waits in the inbox."""
    inbox = request.app.state.intake.inbox
    return Response(exposition() + waiting(inbox), media_type=MEDIA_TYPE)
