"""What is said of an issue on its page, by forms."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.curation.service import AtDesk
from api.security import ANYONE, Role, admitted_principal, changed, needs
from api.web import topic as one_topic
from api.web.answering import Page, page
from api.web.asking import AskedPage
from api.web.endpoints import TopicId
from api.web.static import plotly_parts
from api.web.telling import told
from issuemine.errors import CurationError
from issuemine.messages import say
from issuemine.pages.address import Address

router = APIRouter(route_class=Page, include_in_schema=False)

Line = Annotated[str, Form(max_length=4_000)]


@router.post("/topics/{topic_id}/curate")
@needs(Role.CURATOR)
def curate(
    request: Request,
    topic_id: TopicId,
    asked: AskedPage,
    desk: AtDesk,
    kind: Annotated[str, Form(max_length=40)],
    mentions: Annotated[list[str], Form(max_length=1_000)] = [],  # noqa: B006 - FastAPI copies it
    label: Line = "",
    into: Line = "",
    name: Line = "",
    url: Line = "",
    text: Line = "",
    target: Line = "",
    event_id: Annotated[int, Form(ge=0)] = 0,
) -> Response:
    """Record what was said, then show the page again; what does not fit is told on the page."""
    who = admitted_principal(request)
    given = {"label": label, "into": into.strip().upper(), "name": name, "url": url, "text": text}
    given |= {"mentions": mentions, "target": target.strip(), "event_id": event_id}
    at = Address(f"/topics/{topic_id}", asked.at.query)
    try:
        events = [desk.record(kind, who.name, **payload) for payload in payloads(kind, topic_id, given)]
    except CurationError as error:
        failed = " ".join(filter(None, (error.message, error.hint)))
        values = one_topic.topic(asked, topic_id) | told(request, topic_id) | plotly_parts()
        return page(request, "topic.html", values | {"failed": failed}, asked.read, at=at, status=422)
    changed(request, kind=kind, events=[event.event_id for event in events])
    return RedirectResponse(f"{at.here(done=events[-1].event_id)}#curate", status_code=303)


def payloads(kind: str, topic_id: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    """What a form says, as the fields of one event or more.

    Raises
    ------
    CurationError
        If passages are needed and none is chosen.
    """
    mentions, target = given["mentions"], given["target"]
    if kind in ("split", "move", "exclude_mentions") and not mentions:
        raise CurationError(say("No passage is chosen."), say("Tick those that are meant."))
    match kind:
        case "rename":
            return [{"topic": topic_id, "label": given["label"]}]
        case "merge":
            return [{"topics": [topic_id], "into": given["into"]}]
        case "split":
            return [{"topic": topic_id, "mentions": mentions, "label": target or None}]
        case "move":
            return [{"mention": mention, "topic": target.upper() or None} for mention in mentions]
        case "exclude_mentions":
            return [{"mentions": mentions}]
        case "owner":
            return [{"topic": topic_id, "name": given["name"]}]
        case "ticket":
            return [{"topic": topic_id, "url": given["url"]}]
        case "note":
            return [{"topic": topic_id, "text": given["text"]}]
        case "undo":
            return [{"event_id": given["event_id"]}]
    return [{"topic": topic_id}]


@router.get("/sign-in")
@needs(ANYONE, greets=True)
def sign_in(request: Request, failed: str = "", next: str = "/") -> Response:
    """Where a key is typed in."""
    return page(request, "sign_in.html", {"failed": bool(failed), "next": next})
