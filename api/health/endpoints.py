"""``/healthz`` and ``/readyz``."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from api.errors import PROBLEMS
from api.health import service
from api.health.schemas import Health, Readiness
from api.security import ANYONE, needs

router = APIRouter(tags=["health"])


@router.get("/healthz", response_model=Health, summary="Is the process alive")
@needs(ANYONE)
def healthz() -> Any:
    """Answer without looking at any data."""
    return {"status": "ok"}


@router.get("/readyz", response_model=Readiness, summary="Can it answer", responses={503: PROBLEMS[503]})
@needs(ANYONE)
def readyz(request: Request) -> Any:
    """Answer 200 when a sound snapshot is published, 503 otherwise."""
    return service.ready(request.app.state.snapshots)
