"""What was said of an issue, as its page tells it."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from api.curation import service
from api.web.asking import address
from issuemine.desk import Desk
from issuemine.errors import CurationError
from issuemine.messages import say

_TOLD = 20


def told(request: Request, topic_id: str) -> dict[str, Any]:
    """The newest events of an issue, and the one that was just recorded."""
    nothing: dict[str, Any] = {"said": [], "done": None, "failed": None}
    store = request.app.state.operational.there()
    if store is None:
        return nothing
    snapshot = request.app.state.snapshots.current()
    database = snapshot.database.cursor()
    try:
        desk = Desk(snapshot, store, request.app.state.settings, database)
        said = service.events(desk, topic_id, _TOLD, None)["events"]
    except CurationError:
        return nothing
    finally:
        database.close()
    now = address(request).value("done")
    done = next((event["in_words"] for event in said if str(event["event_id"]) == now), None)
    if now and done is None:
        done = say("what was said is taken back")
    return {
        "said": said,
        "failed": None,
        "done": say("Noted: {what}. It holds from the next run on.", what=done) if done else None,
    }
