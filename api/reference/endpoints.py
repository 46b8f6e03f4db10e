"""``/openapi.json`` and ``/docs``: what the service offers, as a document and to read."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.reference.page import page
from api.security import ANYONE, needs

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
@needs(ANYONE)
def document(request: Request) -> Any:
    """The OpenAPI document; it tells nothing of what was mined."""
    return request.app.openapi()


@router.get("/docs", response_class=HTMLResponse)
@needs(ANYONE)
def docs(request: Request) -> str:
    """The document as a page without scripts, so that it needs nothing from elsewhere."""
    return page(request.app.openapi())
