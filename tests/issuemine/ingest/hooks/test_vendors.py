"""What each helpdesk's events tell: what customers wrote is text, what agents and machines wrote is not."""

from typing import Any

import pytest

from issuemine.ingest.hooks import VENDORS, Conversation, Event, UnreadableEventError
from issuemine.ingest.hooks.payload import Payload
from tests.hooks_payloads import (
    chatwoot,
    chatwoot_message,
    intercom,
    intercom_part,
    zendesk,
    zendesk_comment,
)

LONGEST = 10_000


def read(vendor: str, payload: dict[str, Any]) -> Event:
    event = VENDORS[vendor].read(Payload(payload))
    assert event is not None
    return event


def row(vendor: str, *payloads: dict[str, Any]) -> dict[str, Any] | None:
    known = Conversation()
    for payload in payloads:
        event = read(vendor, payload)
        known = known.merged(event)
    return known.row(vendor, event.external_id, 0, LONGEST)


def whole(vendor: str, *payloads: dict[str, Any]) -> dict[str, Any]:
    made = row(vendor, *payloads)
    assert made is not None
    return made


def test_a_zendesk_ticket_becomes_a_record() -> None:
    made = whole("zendesk", zendesk("created", {}, "2025-10-05T08:59:18Z"))
    assert made == {
        "source": "zendesk",
        "external_id": "5158",
        "kind": "ticket",
        "created_at": "2025-10-05T08:59:18+00:00",
        "updated_at": "2025-10-05T08:59:18.000000+00:00",
        "subject": "Payment crashes",
        "body": "The app closes as soon as I press pay. My mail is jane.doe@example.com.",
        "channel": "web",
        "customer_ref": "8447388090500",
        "status": "open",
        "priority": "high",
        "tags": ["android", "checkout"],
        "agent": "8447388090495",
        "team": "8447320466430",
        "brand": "8447346621310",
        "form": "8646151517822",
        "ticket_type": "problem",
    }


def test_only_comments_of_the_customer_are_text_of_a_zendesk_ticket() -> None:
    made = whole(
        "zendesk",
        zendesk("created", {}, "2025-10-05T08:59:18Z"),
        zendesk_comment(2, "We are looking into it.", "2025-10-05T09:10:00Z", staff=True),
        zendesk_comment(3, "Customer is angry.", "2025-10-05T09:11:00Z", staff=True, public=False),
        zendesk_comment(4, "It still crashes after the update.", "2025-10-05T10:00:00Z"),
    )
    assert made["body"].split("\n\n") == [
        "The app closes as soon as I press pay. My mail is jane.doe@example.com.",
        "It still crashes after the update.",
    ]


def test_the_description_told_again_as_the_first_comment_is_one_text() -> None:
    first = zendesk("created", {}, "2025-10-05T08:59:18Z")
    again = zendesk_comment(1, first["detail"]["description"], "2025-10-05T08:59:18Z")
    assert whole("zendesk", first, again)["body"] == first["detail"]["description"]


def test_a_ticket_that_an_agent_wrote_waits_for_words_of_the_customer() -> None:
    made_by_agent = zendesk("created", {}, "2025-10-05T08:59:18Z", submitter_id="77")
    assert row("zendesk", made_by_agent) is None
    comment = zendesk_comment(2, "결제가 안 돼요", "2025-10-05T09:10:00Z")
    comment["detail"]["submitter_id"] = "77"
    made = whole("zendesk", made_by_agent, comment)
    assert made["body"] == "결제가 안 돼요"
    assert "subject" not in made


def test_a_zendesk_ticket_is_solved_when_it_is_and_not_when_it_is_closed_days_later() -> None:
    opened = zendesk("created", {}, "2025-10-05T08:59:18Z")
    solved = zendesk(
        "status_changed", {"current": "SOLVED", "previous": "OPEN"}, "2025-10-06T08:00:00Z", status="SOLVED"
    )
    closed = zendesk(
        "status_changed", {"current": "CLOSED", "previous": "SOLVED"}, "2025-10-10T08:00:00Z", status="CLOSED"
    )
    reopened = zendesk(
        "status_changed", {"current": "OPEN", "previous": "SOLVED"}, "2025-10-07T08:00:00Z", status="OPEN"
    )
    made = whole("zendesk", opened, solved, closed)
    assert (made["resolved_at"], made["status"]) == ("2025-10-06T08:00:00+00:00", "closed")
    assert "resolved_at" not in whole("zendesk", opened, solved, reopened)


@pytest.mark.parametrize(
    ("score", "csat"),
    [("GOOD", 5.0), ("bad", 1.0), ("GOOD_WITH_COMMENT", 5.0), ("4", 4.0), ("OFFERED", None), ("nan", None)],
)
def test_thumbs_and_stars_of_zendesk_are_scores_and_the_words_to_them_text(
    score: str, csat: float | None
) -> None:
    rated = {"satisfaction_score": {"score": score, "comment": "Nobody called back."}}
    made = whole(
        "zendesk",
        zendesk("created", {}, "2025-10-05T08:59:18Z"),
        zendesk("csat_received", rated, "2025-10-08T08:00:00Z"),
    )
    assert made.get("csat") == csat
    assert made["body"].endswith("\n\nNobody called back.")


def test_custom_fields_are_attributes_or_the_columns_that_they_mean() -> None:
    def changed(title: str, value: Any, time: str) -> dict[str, Any]:
        field = {"id": "9", "title": title, "type": "text"}
        return zendesk("custom_field_changed", {"custom_field": field, "current": {"value": value}}, time)

    made = whole(
        "zendesk",
        changed("App version", "5.2.0", "2025-10-05T09:00:00Z"),
        changed("상품명", "선페이", "2025-10-05T09:01:00Z"),
        changed("Store", "Busan", "2025-10-05T09:02:00Z"),
        changed("Customer name", "Jane Doe", "2025-10-05T09:03:00Z"),
        changed("Score", "17", "2025-10-05T09:04:00Z"),
        changed("Story", "long " * 100, "2025-10-05T09:05:00Z"),
    )
    assert (made["version"], made["product"], made["store"]) == ("5.2.0", "선페이", "Busan")
    assert made["custom_score"] == "17"
    assert not {"customer_name", "score", "story"} & set(made)


def test_an_intercom_conversation_becomes_a_record_of_what_the_customer_wrote() -> None:
    reply = intercom_part(2, "user", "아직 확인 중이라는 답만 받았습니다.", 1759658400)
    answer = intercom_part(3, "admin", "확인해 보겠습니다.", 1759658500)
    note = intercom_part(4, "admin", "VIP customer", 1759658600, "note")
    made = whole(
        "intercom",
        intercom("conversation.user.created", 1759654800),
        intercom("conversation.user.replied", 1759658400, [reply]),
        intercom("conversation.admin.replied", 1759658500, [answer]),
        intercom("conversation.admin.noted", 1759658600, [note]),
    )
    assert made == {
        "source": "intercom",
        "external_id": "147",
        "kind": "chat",
        "created_at": "2025-10-05T09:00:00+00:00",
        "updated_at": "2025-10-05T10:03:20.000000+00:00",
        "body": "<p>환불이 아직도 처리되지 않았어요. 제 번호는 010-1234-5678 입니다.</p>\n\n"
        "<p>아직 확인 중이라는 답만 받았습니다.</p>",
        "channel": "chat",
        "customer_ref": "customer-70",
        "status": "open",
        "tags": ["환불"],
        "plan": "pro",
        "reopens": 0.0,
        "order_total": "129000",
        "custom_score": "3",
        "team": "5017691",
        "started_by": "customer_initiated",
    }


def test_a_message_of_a_team_that_nobody_answered_is_no_record() -> None:
    source = {"type": "conversation", "id": "1", "body": "<p>Hi!</p>", "author": {"type": "admin", "id": "9"}}
    assert row("intercom", intercom("conversation.admin.single.created", 1759654800, source=source)) is None


def test_an_intercom_conversation_is_closed_rated_and_opened_again() -> None:
    opened = intercom("conversation.user.created", 1759654800)
    closed = intercom(
        "conversation.admin.closed", 1759664000, state="closed", statistics={"last_close_at": 1759663990}
    )
    rating = {"rating": 2, "remark": "Too slow", "created_at": 1759664100}
    rated = intercom("conversation.rating.added", 1759664100, state="closed", conversation_rating=rating)
    again = intercom("conversation.admin.opened", 1759664200)
    made = whole("intercom", opened, closed, rated)
    assert (made["resolved_at"], made["csat"]) == ("2025-10-05T11:33:10+00:00", 2.0)
    assert made["body"].endswith("\n\nToo slow")
    assert "resolved_at" not in whole("intercom", opened, closed, rated, again)


def test_what_intercom_has_redacted_is_no_text_any_more() -> None:
    part = intercom_part(2, "user", "my card is 4111 1111 1111 1111", 1759658400)
    gone = intercom("conversation_part.redacted", 1759658500, [part | {"redacted": True}])
    made = whole("intercom", intercom("conversation.user.replied", 1759658400, [part]), gone)
    assert "4111" not in made["body"]


def test_a_chatwoot_conversation_becomes_a_record_of_what_the_customer_wrote() -> None:
    made = whole(
        "chatwoot",
        chatwoot("conversation_created", 1759654800.25),
        chatwoot_message(1, "로그인이 안 됩니다", 1759654801.0),
        chatwoot_message(2, "비밀번호를 바꿔 보세요", 1759654900.0, "outgoing"),
        chatwoot_message(3, "내부 메모", 1759654950.0, "incoming", private=True),
        chatwoot_message(4, "Conversation was marked resolved", 1759654960.0, "activity"),
        chatwoot_message(5, "그래도 안 돼요", 1759655000.0),
    )
    assert made == {
        "source": "chatwoot",
        "external_id": "88",
        "kind": "chat",
        "created_at": "2025-10-05T09:00:00+00:00",
        "updated_at": "2025-10-05T09:03:20.000000+00:00",
        "body": "로그인이 안 됩니다\n\n그래도 안 돼요",
        "channel": "chat",
        "customer_ref": "31",
        "status": "open",
        "priority": "urgent",
        "language": "ko",
        "platform": "Windows",
        "version": "5.2.0",
        "tags": ["로그인"],
        "agent": "2",
        "team": "tier 1",
        "inbox": "4",
        "vip": "true",
    }


def test_a_chatwoot_conversation_is_resolved_and_rated() -> None:
    answers = {"csat_survey_response": {"rating": 1, "feedback_message": "다시 문의했습니다"}}
    made = whole(
        "chatwoot",
        chatwoot_message(1, "로그인이 안 됩니다", 1759654801.0),
        chatwoot("conversation_status_changed", 1759664000.0, status="resolved"),
        chatwoot_message(
            9,
            "Please rate the conversation",
            1759664100.0,
            "template",
            "message_updated",
            content_type="input_csat",
            content_attributes={"submitted_values": answers},
            conversation=chatwoot("", 1759664100.0, status="resolved"),
        ),
    )
    assert (made["resolved_at"], made["csat"]) == ("2025-10-05T11:33:20+00:00", 1.0)
    assert made["body"] == "로그인이 안 됩니다\n\n다시 문의했습니다"


def test_a_chatwoot_record_whose_every_message_was_deleted_has_nothing_to_be_mined() -> None:
    gone = {"content_attributes": {"deleted": True}}
    made = whole(
        "chatwoot",
        chatwoot_message(1, "내 카드는 4111 1111 1111 1111", 1759654801.0),
        chatwoot_message(1, "This message was deleted", 1759654900.0, event="message_updated", **gone),
    )
    assert made["body"] == "…"


@pytest.mark.parametrize(
    ("vendor", "payload"),
    [
        ("zendesk", zendesk("merged", {"target_ticket_id": "1"}, "2025-10-05T09:00:00Z")),
        ("zendesk", {"type": "zen:event-type:user.created"}),
        ("zendesk", {}),
        ("intercom", {"topic": "ping", "data": {"item": {"type": "ping"}}}),
        ("intercom", {"topic": "conversation.deleted", "data": {"item": {"id": "1"}}}),
        ("chatwoot", {"event": "webwidget_triggered", "id": 3}),
    ],
)
def test_events_that_tell_nothing_of_a_record_are_none(vendor: str, payload: dict[str, Any]) -> None:
    assert VENDORS[vendor].read(Payload(payload)) is None


@pytest.mark.parametrize(
    ("vendor", "payload", "field"),
    [
        ("zendesk", zendesk("created", {}, "2025-10-05T09:00:00Z", id=None), "detail.id"),
        ("zendesk", zendesk("created", {}, "soon"), "time"),
        ("zendesk", zendesk_comment(2, "Hi", "2025-10-05T09:00:00Z") | {"detail": []}, "detail.created_at"),
        ("intercom", intercom("conversation.user.created", 1759654800, id={}), "data.item.id"),
        ("intercom", intercom("conversation.user.created", 10**30), "data.item.updated_at"),
        ("chatwoot", chatwoot("conversation_created", 1.0, id="8\n8"), "id"),
        ("chatwoot", chatwoot_message(1, "Hi", 1.0) | {"conversation": None}, "conversation.timestamp"),
    ],
)
def test_a_malformed_event_is_refused_by_its_place_without_its_content(
    vendor: str, payload: dict[str, Any], field: str
) -> None:
    with pytest.raises(UnreadableEventError) as error:
        VENDORS[vendor].read(Payload(payload))
    assert error.value.field == field
    assert "Hi" not in str(error.value)
