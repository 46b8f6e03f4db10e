"""Ticket events of Zendesk.

Sources: Zendesk developer documentation, "Webhook event types" and "Ticket events" (API reference, Webhooks).
Each event has the ticket in ``detail`` and what has changed in ``event``. The description is the first
comment; it is the customer's only where the requester submitted the ticket. A comment is the customer's where
its author is no staff.
"""

from __future__ import annotations

from datetime import datetime

from issuemine.ingest.hooks.custom import custom
from issuemine.ingest.hooks.event import Event, Fact, Message
from issuemine.ingest.hooks.payload import Payload

_PREFIX = "zen:event-type:ticket."
_DONE = ("SOLVED", "CLOSED")
_CSAT = {"GOOD": 5.0, "BAD": 1.0}
"""Zendesk asks for a thumb up or down; the middle of our scale is 3."""
_FIRST = "description"
_CHANNELS = {"WEB_FORM": "web", "WEB_SERVICE": "api", "NATIVE_MESSAGING": "chat", "MESSAGING": "chat"}
KNOWN = frozenset(
    (
        "created",
        "agent_assignment_changed",
        "brand_changed",
        "comment_added",
        "comment_redacted",
        "csat_received",
        "custom_field_changed",
        "custom_status_changed",
        "description_changed",
        "form_changed",
        "group_assignment_changed",
        "organization_changed",
        "priority_changed",
        "requester_changed",
        "status_changed",
        "subject_changed",
        "tags_changed",
        "type_changed",
    )
)
"""Kinds of events that tell something of a record, without their prefix."""


def kind(payload: Payload) -> str | None:
    """Kind of an event, as Zendesk names it."""
    return payload.text("type")


def read(payload: Payload) -> Event | None:
    """What an event tells; None where it tells nothing of a record.

    Raises
    ------
    UnreadableEventError
        If it lacks its ticket or its time.
    """
    name = (kind(payload) or "").removeprefix(_PREFIX)
    if name not in KNOWN:
        return None
    ticket, change = payload.part("detail"), payload.part("event")
    at = payload.time_or_none("time") or ticket.time("updated_at")
    facts = _facts(ticket)
    attributes: dict[str, Fact] = {
        "agent": _set(ticket.text("assignee_id")),
        "team": _set(ticket.text("group_id")),
        "brand": _set(ticket.text("brand_id")),
        "form": _set(ticket.text("form_id")),
        "organization": _set(ticket.text("organization_id")),
        "ticket_type": _lower(ticket.text("type")),
    }
    messages: list[Message] = []
    if _is_by_requester(ticket):
        facts["subject"] = ticket.text("subject")
        if text := ticket.text("description"):
            messages.append(Message(_FIRST, ticket.time("created_at"), text))
    if name in ("comment_added", "comment_redacted"):
        messages += _comment(change.part("comment"), ticket, at, deleted=name == "comment_redacted")
    elif name == "csat_received":
        facts["csat"], remark = _csat(change)
        if remark:
            messages.append(Message("csat", at, remark))
    elif name == "custom_field_changed":
        more, others = custom(_field(change))
        facts |= more
        attributes |= others
    if name == "status_changed":
        done = (change.text("current") or "").upper() in _DONE
        was_done = (change.text("previous") or "").upper() in _DONE
        # A solved ticket is closed days later; that is not when it was solved.
        if not (done and was_done):
            facts["resolved_at"] = at.isoformat() if done else None
    return Event(ticket.identifier("id"), at, facts, attributes, tuple(messages))


def _facts(ticket: Payload) -> dict[str, Fact]:
    channel = ticket.part("via").text("channel")
    return {
        "kind": "ticket",
        "created_at": ticket.time("created_at").isoformat(),
        "channel": _CHANNELS.get(channel.upper(), channel.lower()) if channel else None,
        "customer_ref": ticket.text("requester_id"),
        "status": _lower(ticket.text("status")),
        "priority": _lower(ticket.text("priority")),
        "tags": ticket.texts("tags"),
    }


def _is_by_requester(ticket: Payload) -> bool:
    """Whether the customer opened the ticket; agents open some for them, in their own words."""
    return ticket.text("requester_id") == ticket.text("submitter_id")


def _comment(comment: Payload, ticket: Payload, at: datetime, *, deleted: bool) -> list[Message]:
    author = comment.part("author")
    if author.has("is_staff"):
        by_customer = not author.flag("is_staff")
    else:
        by_customer = (author.text("id") or comment.text("author_id")) == ticket.text("requester_id")
    if not by_customer or not (comment.flag("is_public") or deleted):
        return []
    written = comment.time_or_none("created_at") or at
    return [Message(comment.identifier("id"), written, ("" if deleted else comment.text("body")) or "")]


def _csat(change: Payload) -> tuple[float | None, str | None]:
    """A score from 1 to 5, from a thumb or from the stars of a survey, and what the customer said to it."""
    rating = change.part("satisfaction_score")
    stars, word = rating.number("score"), (rating.text("score") or "").upper()
    score = next((value for start, value in _CSAT.items() if word.startswith(start)), None)
    return (stars if stars is not None else score), rating.text("comment")


def _field(change: Payload) -> Payload:
    """A custom field that was changed, as name and value."""
    about = change.part("custom_field")
    name = about.text("title") or about.text("id")
    value = dict(change.part("current").items()).get("value")
    return Payload({name: value} if name else {}, "event")


def _set(identifier: str | None) -> str | None:
    """Zendesk writes 0 where nothing is set."""
    return None if identifier == "0" else identifier


def _lower(text: str | None) -> str | None:
    return text.lower() if text else None
