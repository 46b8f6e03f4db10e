"""The filters of a page, saved as a segment by a form."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.changes.service import AppSettings
from api.security import Role, admitted_principal, changed, needs
from api.segments import service
from api.web.answering import Page
from api.web.asking import AskedPage
from issuemine.pages.address import Address

router = APIRouter(route_class=Page, include_in_schema=False)


@router.post("/segments")
@needs(Role.CURATOR)
def save(
    request: Request, asked: AskedPage, settings: AppSettings, name: Annotated[str, Form(max_length=60)]
) -> Response:
    """Save what is chosen, a segment with it, then show the first page for the new segment."""
    who, store = admitted_principal(request), request.app.state.operational.open()
    fields, attributes = asked.filters.fields, asked.filters.attributes
    segment, _ = service.saved(store, settings, name.strip(), fields, attributes, who.name)
    changed(request, segment=segment.segment_id)
    at = Address("/", asked.at.query)
    return RedirectResponse(at.to("/", filters=False, segment=segment.name), status_code=303)
