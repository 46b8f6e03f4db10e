"""Events as the helpdesks' documentation describes them, of conversations in English and Korean."""

from __future__ import annotations

from typing import Any

ZENDESK_TICKET: dict[str, Any] = {
    "actor_id": "8447388090494",
    "assignee_id": "8447388090495",
    "brand_id": "8447346621310",
    "created_at": "2025-10-05T08:59:18Z",
    "custom_status": "4268567",
    "description": "The app closes as soon as I press pay. My mail is jane.doe@example.com.",
    "external_id": None,
    "form_id": "8646151517822",
    "group_id": "8447320466430",
    "id": "5158",
    "is_public": True,
    "organization_id": "0",
    "priority": "HIGH",
    "requester_id": "8447388090500",
    "status": "OPEN",
    "subject": "Payment crashes",
    "submitter_id": "8447388090500",
    "tags": ["android", "checkout"],
    "type": "PROBLEM",
    "updated_at": "2025-10-05T08:59:18Z",
    "via": {"channel": "web_form"},
}


def zendesk(kind: str, event: dict[str, Any], time: str, **ticket: Any) -> dict[str, Any]:
    """A ticket event."""
    return {
        "account_id": 22129848,
        "detail": ZENDESK_TICKET | {"updated_at": time} | ticket,
        "event": event,
        "id": "cbe4028c-7239-495d-b020-f22348516046",
        "subject": f"zen:ticket:{ticket.get('id', ZENDESK_TICKET['id'])}",
        "time": time,
        "type": f"zen:event-type:ticket.{kind}",
        "zendesk_event_version": "2022-11-06",
    }


def zendesk_comment(number: int, body: str, time: str, *, staff: bool = False, public: bool = True) -> Any:
    """A comment on the ticket."""
    author = {"id": "8447388090500", "is_staff": staff, "name": "Jane Doe"}
    comment = {"id": str(number), "body": body, "is_public": public, "author": author}
    return zendesk("comment_added", {"comment": comment}, time)


INTERCOM_CONVERSATION: dict[str, Any] = {
    "type": "conversation",
    "id": "147",
    "title": None,
    "created_at": 1759654800,
    "updated_at": 1759654800,
    "waiting_since": 1759654800,
    "snoozed_until": None,
    "open": True,
    "state": "open",
    "read": False,
    "priority": "not_priority",
    "admin_assignee_id": None,
    "team_assignee_id": "5017691",
    "source": {
        "type": "conversation",
        "id": "403918",
        "delivered_as": "customer_initiated",
        "subject": "",
        "body": "<p>환불이 아직도 처리되지 않았어요. 제 번호는 010-1234-5678 입니다.</p>",
        "author": {
            "type": "user",
            "id": "5f7f0d217289f8d2f4262080",
            "name": "김하늘",
            "email": "sky@example.com",
        },
        "attachments": [],
        "url": "https://example.com/orders",
        "redacted": False,
    },
    "contacts": {
        "type": "contact.list",
        "contacts": [{"type": "contact", "id": "5f7f0d217289f8d2f4262080", "external_id": "customer-70"}],
    },
    "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "12", "name": "환불"}]},
    "conversation_rating": {},
    "custom_attributes": {"Plan": "pro", "Order total": 129000, "Email": "sky@example.com", "Score": 3},
    "statistics": {"type": "conversation_statistics", "count_reopens": 0, "last_close_at": None},
    "conversation_parts": {"type": "conversation_part.list", "conversation_parts": [], "total_count": 0},
}


def intercom(topic: str, at: int, parts: list[dict[str, Any]] | None = None, **item: Any) -> dict[str, Any]:
    """A notification of the conversation."""
    listed = {"type": "conversation_part.list", "conversation_parts": parts or [], "total_count": 1}
    return {
        "type": "notification_event",
        "app_id": "a86dr8yl",
        "data": {
            "type": "notification_event_data",
            "item": INTERCOM_CONVERSATION | {"updated_at": at, "conversation_parts": listed} | item,
        },
        "links": {},
        "id": f"notif_{topic}_{at}",
        "topic": topic,
        "delivery_status": "pending",
        "delivery_attempts": 1,
        "delivered_at": 0,
        "first_sent_at": at,
        "created_at": at,
        "self": None,
    }


def intercom_part(number: int, author: str, body: str, at: int, part_type: str = "comment") -> dict[str, Any]:
    """A part of the conversation."""
    return {
        "type": "conversation_part",
        "id": str(number),
        "part_type": part_type,
        "body": f"<p>{body}</p>",
        "created_at": at,
        "updated_at": at,
        "author": {"type": author, "id": "1", "name": "Somebody"},
        "redacted": False,
    }


CHATWOOT_CONVERSATION: dict[str, Any] = {
    "additional_attributes": {
        "browser": {"device_name": "Unknown", "browser_name": "Chrome", "platform_name": "Windows"},
        "conversation_language": "ko",
    },
    "can_reply": True,
    "channel": "Channel::WebWidget",
    "contact_inbox": {"id": 12, "contact_id": 31, "inbox_id": 4},
    "id": 88,
    "inbox_id": 4,
    "messages": [],
    "labels": ["로그인"],
    "meta": {
        "sender": {
            "id": 31,
            "name": "이도현",
            "email": "do@example.com",
            "identifier": None,
            "type": "contact",
        },
        "assignee": {"id": 2, "name": "Agent", "type": "user"},
        "team": {"id": 1, "name": "tier 1"},
        "hmac_verified": False,
    },
    "status": "open",
    "custom_attributes": {"app_version": "5.2.0", "vip": True},
    "priority": "urgent",
    "unread_count": 1,
    "last_activity_at": 1759654800,
    "timestamp": 1759654800,
    "created_at": 1759654800,
    "updated_at": 1759654800.25,
}


def chatwoot(event: str, at: float, **conversation: Any) -> dict[str, Any]:
    """An event of the conversation."""
    return {"event": event} | CHATWOOT_CONVERSATION | {"updated_at": at, "timestamp": int(at)} | conversation


def chatwoot_message(
    number: int,
    content: str,
    at: float,
    direction: str = "incoming",
    event: str = "message_created",
    **more: Any,
) -> dict[str, Any]:
    """An event of a message."""
    return {
        "event": event,
        "id": number,
        "content": content,
        "created_at": "2025-10-05T09:00:00.000Z" if number == 1 else f"2025-10-05T09:{number:02}:00.000Z",
        "message_type": direction,
        "content_type": "text",
        "content_attributes": {},
        "source_id": None,
        "private": False,
        "sender": {"id": 31, "name": "이도현", "email": "do@example.com", "type": "contact"},
        "inbox": {"id": 4, "name": "Website"},
        "conversation": CHATWOOT_CONVERSATION | {"updated_at": at, "timestamp": int(at)},
        "account": {"id": 1, "name": "Acme"},
    } | more
