"""``/metrics``."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.observing.metrics import MEDIA_TYPE, exposition
from api.security import Role, needs

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
@needs(Role.READER)
def metrics() -> Response:
    """Counts and durations of answers by route."""
    return Response(exposition(), media_type=MEDIA_TYPE)
