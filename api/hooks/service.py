"""An event of a helpdesk, from its body to the inbox."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from fastapi import Request

from api.errors import BadQueryError
from api.hooks.schemas import EventOut, Outcome
from api.observing.metrics import note_event
from api.security import changed
from issuemine.inbox import Intake
from issuemine.ingest.hooks import VENDORS, Conversation, Event, UnreadableEventError
from issuemine.ingest.hooks.payload import Payload
from issuemine.messages import say
from issuemine.store.operational import Operational, conversations

_KIND = re.compile(r"[a-z0-9_.:-]{1,80}")


def take(request: Request, vendor: str, body: bytes) -> EventOut:
    """Take an event that its helpdesk has signed.

    Parameters
    ----------
    request : Request
        Its address and the service's state.
    vendor : str
        The helpdesk.
    body : bytes
        JSON.

    Raises
    ------
    BadQueryError
        If it is no event; what is wrong is counted and noted, never what it says.
    """
    try:
        payload = Payload.read(body)
        kind = VENDORS[vendor].kind(payload) or ""
        changed(request, event=kind if _KIND.fullmatch(kind) else "other")
        event = VENDORS[vendor].read(payload)
    except UnreadableEventError as error:
        note_event(vendor, "malformed")
        intake: Intake = request.app.state.intake
        receipt = intake.reject(f"{vendor}: {error.field}", error.reason)
        changed(request, outcome="malformed", field=error.field, reason=error.reason, receipt=receipt)
        raise BadQueryError(error.message, say("Send it as the helpdesk documents it.")) from error
    outcome: Outcome = "ignored" if event is None else _keep(request, vendor, event)
    note_event(vendor, outcome)
    changed(request, outcome=outcome)
    if event is not None:
        changed(request, conversation=event.external_id)
    return EventOut(outcome=outcome)


def _keep(request: Request, vendor: str, event: Event) -> Outcome:
    """Merge an event into its conversation, and put the conversation into the inbox as it is then.

    What is acknowledged is in both. Cut off in between, the conversation is known not to be in the inbox: the
    event is not acknowledged, so that it comes again, or the next one brings it there.
    """
    state = request.app.state
    store: Operational = state.operational.open()
    intake: Intake = state.intake
    cleaner = intake.cleaner()
    safe = event.safe(cleaner.redact, cleaner.pseudonym)

    def merged(known: str | None) -> str:
        return (Conversation() if known is None else Conversation.load(known)).merged(safe).dump()

    with store.apart():
        kept = conversations.merge(store, vendor, event.external_id, merged, datetime.now(UTC))
        if not kept.waits:
            return "known"
        most = state.settings.ingest.max_text_chars
        row = Conversation.load(kept.state).row(vendor, event.external_id, kept.revision, most)
        if row is None:
            return "waiting"
        receipt = intake.accept([row], vendor, pseudonyms=True)
        conversations.accepted(store, vendor, event.external_id, kept.revision)
    changed(request, receipt=receipt.receipt_id)
    return "kept"
