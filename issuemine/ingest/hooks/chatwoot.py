"""Events of Chatwoot.

Sources: Chatwoot user guide, "How to use webhooks?" (events and their payloads); Chatwoot developer
documentation, "Webhook object". Events of a conversation are the conversation with an ``event``; those of a
message are the message with its ``conversation``. Numbers of conversations are unique in an account.
"""

from __future__ import annotations

from datetime import datetime

from issuemine.ingest.hooks.custom import custom
from issuemine.ingest.hooks.event import Event, Fact, Message
from issuemine.ingest.hooks.payload import Payload

_OF_CONVERSATIONS = ("conversation_created", "conversation_status_changed", "conversation_updated")
_OF_MESSAGES = ("message_created", "message_updated")
_INCOMING = ("incoming", "0")
_CHANNELS = {"webwidget": "chat", "facebookpage": "facebook", "twiliosms": "sms", "twitterprofile": "twitter"}
_SURVEY = "input_csat"


def kind(payload: Payload) -> str | None:
    """Name of an event."""
    return payload.text("event")


def read(payload: Payload) -> Event | None:
    """What an event tells; None where it tells nothing of a record.

    Raises
    ------
    UnreadableEventError
        If it lacks its conversation or its time.
    """
    name = kind(payload)
    if name in _OF_CONVERSATIONS:
        conversation = payload
    elif name in _OF_MESSAGES:
        conversation = payload.part("conversation")
    else:
        return None
    at = conversation.time_or_none("updated_at") or conversation.time("timestamp")
    more, others = custom(conversation.part("custom_attributes"))
    facts = more | _facts(conversation)
    status = conversation.text("status")
    if name == "conversation_status_changed" and status == "resolved":
        facts["resolved_at"] = at.isoformat()
    elif status == "open":
        facts["resolved_at"] = None
    messages = [message for one in conversation.parts("messages") for message in _incoming(one, at)]
    if name in _OF_MESSAGES:
        messages = _incoming(payload, at)
        score, remark = _csat(payload)
        if score is not None:
            facts["csat"] = score
        if remark:
            messages.append(Message(f"csat-{payload.identifier('id')}", at, remark))
    meta = conversation.part("meta")
    attributes: dict[str, Fact] = {
        **others,
        "agent": meta.part("assignee").text("id"),
        "team": meta.part("team").text("name"),
        "inbox": conversation.text("inbox_id"),
    }
    return Event(conversation.identifier("id"), at, facts, attributes, tuple(messages))


def _facts(conversation: Payload) -> dict[str, Fact]:
    origin = (conversation.text("channel") or "").removeprefix("Channel::").lower()
    channel = _CHANNELS.get(origin, origin) or None
    more = conversation.part("additional_attributes")
    sender = conversation.part("meta").part("sender")
    facts: dict[str, Fact] = {
        "kind": "ticket" if channel == "email" else "chat",
        "channel": channel,
        "created_at": conversation.time("created_at").isoformat(),
        "customer_ref": sender.text("identifier") or sender.text("id"),
        "status": conversation.text("status"),
        "priority": conversation.text("priority"),
        "tags": conversation.texts("labels"),
    }
    if subject := more.text("mail_subject"):
        facts["subject"] = subject
    if language := more.text("conversation_language"):
        facts["language"] = language
    if platform := more.part("browser").text("platform_name"):
        facts["platform"] = platform
    return facts


def _incoming(message: Payload, at: datetime) -> list[Message]:
    """A message, if a customer wrote it."""
    if message.text("message_type") not in _INCOMING or message.flag("private"):
        return []
    deleted = message.part("content_attributes").flag("deleted")
    text = "" if deleted else message.text("content") or ""
    if not (text or deleted):
        return []
    return [Message(message.identifier("id"), message.time_or_none("created_at") or at, text)]


def _csat(message: Payload) -> tuple[float | None, str | None]:
    """Stars from 1 to 5 and what the customer said to them."""
    if message.text("content_type") != _SURVEY:
        return None, None
    answers = message.part("content_attributes").part("submitted_values").part("csat_survey_response")
    return answers.number("rating"), answers.text("feedback_message")
