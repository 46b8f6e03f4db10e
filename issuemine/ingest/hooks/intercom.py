"""Conversation notifications of Intercom.

Sources: Intercom developer documentation, "Webhook Topics", "Webhook Notifications" and "The conversation
model". A notification has its topic and, in ``data.item``, the conversation as it stands; but of its parts
only those that the notification is about. The first message is the conversation's ``source``.
"""

from __future__ import annotations

from datetime import datetime

from issuemine.ingest.hooks.custom import custom
from issuemine.ingest.hooks.event import Event, Fact, Message
from issuemine.ingest.hooks.payload import Payload

_CUSTOMERS = ("user", "lead", "contact", "visitor")
_CLOSED = ("conversation.admin.closed", "conversation.closed")
_CHANNELS = {"conversation": "chat", "push": "chat", "facebook": "facebook", "email": "email"}
_UNTOLD = ("conversation.deleted",)


def kind(payload: Payload) -> str | None:
    """Topic of a notification."""
    return payload.text("topic")


def read(payload: Payload) -> Event | None:
    """What a notification tells; None where it tells nothing of a record.

    Raises
    ------
    UnreadableEventError
        If it lacks its conversation or its time.
    """
    topic = kind(payload) or ""
    item = payload.part("data").part("item")
    if not topic.startswith("conversation") or topic in _UNTOLD or item.text("type") != "conversation":
        return None
    at = item.time_or_none("updated_at") or payload.time("created_at")
    more, others = custom(item.part("custom_attributes"))
    facts = more | _facts(item)
    if topic in _CLOSED:
        facts["resolved_at"] = (item.part("statistics").time_or_none("last_close_at") or at).isoformat()
    elif item.text("state") == "open":
        facts["resolved_at"] = None
    attributes: dict[str, Fact] = {
        **others,
        "agent": item.text("admin_assignee_id"),
        "team": item.text("team_assignee_id"),
        "started_by": item.part("source").text("delivered_as"),
    }
    return Event(item.identifier("id"), at, facts, attributes, tuple(_messages(item, at)))


def _facts(item: Payload) -> dict[str, Fact]:
    source = item.part("source")
    origin = (source.text("type") or "").lower()
    contact = next(item.part("contacts").parts("contacts"), Payload({}))
    facts: dict[str, Fact] = {
        "kind": "chat" if _CHANNELS.get(origin) == "chat" else "ticket",
        "created_at": item.time("created_at").isoformat(),
        "channel": _CHANNELS.get(origin, origin) or None,
        "customer_ref": contact.text("external_id") or contact.text("id"),
        "status": item.text("state"),
        "priority": "high" if item.text("priority") == "priority" else None,
        "tags": tuple(name for tag in item.part("tags").parts("tags") if (name := tag.text("name"))),
    }
    if _is_customer(source):
        facts["subject"] = source.text("subject")
    if (reopens := item.part("statistics").number("count_reopens")) is not None:
        facts["reopens"] = reopens
    if (rating := item.part("conversation_rating").number("rating")) is not None:
        facts["csat"] = rating
    return facts


def _messages(item: Payload, at: datetime) -> list[Message]:
    """What customers wrote: first, since then, and to their rating."""
    found: list[Message] = []
    source = item.part("source")
    if _is_customer(source) and source.has("body"):
        found.append(Message(f"source-{source.text('id') or ''}", item.time("created_at"), _body(source)))
    for part in item.part("conversation_parts").parts("conversation_parts"):
        if _is_customer(part) and part.has("body"):
            found.append(Message(part.identifier("id"), part.time_or_none("created_at") or at, _body(part)))
    rating = item.part("conversation_rating")
    if remark := rating.text("remark"):
        found.append(Message("remark", rating.time_or_none("created_at") or at, remark))
    return found


def _is_customer(part: Payload) -> bool:
    return part.part("author").text("type") in _CUSTOMERS


def _body(part: Payload) -> str:
    return "" if part.flag("redacted") else part.text("body") or ""
