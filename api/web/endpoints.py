"""Pages: ``/``, ``/topics/{id}``, ``/map``, ``/search``, ``/compare``, ``/runs``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request

from api.paging import decode
from api.security import Role, needs
from api.web import home as first_page
from api.web import overview, searching
from api.web import topic as one_topic
from api.web.answering import Page, page
from api.web.asking import AskedPage, PageRead, address
from api.web.static import plotly_parts
from api.web.telling import told
from issuemine.pages.address import Address

router = APIRouter(route_class=Page, include_in_schema=False)

Where = Annotated[Address, Depends(address)]
TopicId = Annotated[str, Path(max_length=40)]


@router.get("/")
@needs(Role.READER)
def home(
    request: Request, asked: AskedPage, top: Annotated[int, Query(ge=1, le=first_page.MOST)] = 20
) -> Any:
    """What emerges, what grows, the top issues."""
    return page(request, "home.html", first_page.home(asked, top), asked.read)


@router.get("/topics/{topic_id}")
@needs(Role.READER)
def topic(request: Request, topic_id: TopicId, asked: AskedPage) -> Any:
    """One issue, whole."""
    values = one_topic.topic(asked, topic_id) | told(request, topic_id) | plotly_parts()
    return page(request, "topic.html", values, asked.read)


@router.get("/topics/{topic_id}/why")
@needs(Role.READER)
def why(request: Request, topic_id: TopicId, asked: AskedPage, part: bool = False) -> Any:
    """What is different about an issue: a page, or that part of its page."""
    values = one_topic.why(asked, topic_id)
    return page(request, "causes.html" if part else "why.html", values, asked.read)


@router.get("/map")
@needs(Role.READER)
def topic_map(request: Request, asked: AskedPage) -> Any:
    """All issues in the plane."""
    values = overview.mapped(asked) | plotly_parts()
    return page(request, "map.html", values, asked.read)


@router.get("/search")
@needs(Role.READER)
def search(request: Request, asked: AskedPage) -> Any:
    """Issues and passages, by words and by meaning."""
    return page(request, "search.html", searching.found(asked, request.app.state.search), asked.read)


@router.get("/compare")
@needs(Role.READER)
def compare(request: Request, read: PageRead, at: Where) -> Any:
    """Two periods or groups of records."""
    return page(request, "compare.html", overview.compared(read, at), read)


@router.get("/runs")
@needs(Role.READER)
def runs(request: Request, read: PageRead, at: Where) -> Any:
    """Runs, and whether what is served is sound and fresh."""
    mark = decode(at.value("cursor") or None, (int,))
    values = overview.run_list(read, max(mark[0], 0) if mark else 0, datetime.now(UTC).date())
    return page(request, "runs.html", values, read)
