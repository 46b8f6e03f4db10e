"""Events may come twice and in any order: what is known in the end is the same."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from issuemine.ingest.hooks import VENDORS, Conversation, Event, Message
from issuemine.ingest.hooks.payload import Payload
from tests.hooks_payloads import (
    chatwoot,
    chatwoot_message,
    intercom,
    intercom_part,
    zendesk,
    zendesk_comment,
)

STORIES = {
    "zendesk": [
        zendesk("created", {}, "2025-10-05T08:59:18Z"),
        zendesk("tags_changed", {"tags_added": ["refund"]}, "2025-10-05T08:59:18Z", tags=["refund"]),
        zendesk_comment(2, "We are looking into it.", "2025-10-05T09:10:00Z", staff=True),
        zendesk_comment(4, "It still crashes.", "2025-10-05T10:00:00Z"),
        zendesk("status_changed", {"current": "SOLVED", "previous": "OPEN"}, "2025-10-06T08:00:00Z"),
        zendesk("csat_received", {"satisfaction_score": {"score": "BAD"}}, "2025-10-07T08:00:00Z"),
    ],
    "intercom": [
        intercom("conversation.user.created", 1759654800),
        intercom("conversation.user.replied", 1759658400, [intercom_part(2, "user", "Hello?", 1759658400)]),
        intercom("conversation.admin.closed", 1759664000, state="closed"),
    ],
    "chatwoot": [
        chatwoot("conversation_created", 1759654800.25),
        chatwoot_message(1, "로그인이 안 됩니다", 1759654801.0),
        chatwoot_message(5, "그래도 안 돼요", 1759655000.0),
        chatwoot("conversation_status_changed", 1759664000.0, status="resolved"),
    ],
}


def told(events: list[Event]) -> Conversation:
    known = Conversation()
    for event in events:
        known = known.merged(event)
    return known


@pytest.mark.parametrize("vendor", STORIES)
def test_events_that_come_twice_and_in_any_order_tell_the_same(vendor: str) -> None:
    events = [event for one in STORIES[vendor] if (event := VENDORS[vendor].read(Payload(one)))]
    expected = told(events)
    shuffled = random.Random(7)
    for _ in range(50):
        again = events + shuffled.choices(events, k=3)
        shuffled.shuffle(again)
        found = told(again)
        assert found.dump() == expected.dump()
        assert found.row(vendor, "1", 1, 1_000) == expected.row(vendor, "1", 1, 1_000)


def test_what_is_known_is_the_same_after_it_was_kept() -> None:
    known = told([event for one in STORIES["zendesk"] if (event := VENDORS["zendesk"].read(Payload(one)))])
    assert Conversation.load(known.dump()) == known


def test_messages_that_no_longer_fit_are_left_out_whole() -> None:
    at = datetime(2025, 10, 5, tzinfo=UTC)
    messages = tuple(Message(str(n), at + timedelta(minutes=n), f"message {n}") for n in range(9))
    made = Conversation().merged(Event("1", at, messages=messages)).row("zendesk", "1", 1, 22)
    assert made is not None
    assert made["body"] == "message 0\n\nmessage 1"


def test_nothing_personal_is_left_in_an_event_that_is_safe() -> None:
    event = VENDORS["intercom"].read(Payload(STORIES["intercom"][0]))
    assert event is not None
    safe = event.safe(lambda text: text.replace("010-1234-5678", "<PHONE>").replace("pro", "<X>"), str.upper)
    assert "<PHONE>" in safe.messages[0].text
    assert safe.facts["customer_ref"] == "CUSTOMER-70"
    assert safe.facts["plan"] == "<X>"
    assert safe.facts["created_at"] == event.facts["created_at"]


def test_of_two_rows_of_one_second_the_one_that_tells_more_is_the_later_one() -> None:
    at = datetime(2025, 10, 5, tzinfo=UTC)
    first = Conversation().merged(Event("1", at, messages=(Message("a", at, "Hi"),)))
    second = first.merged(Event("1", at, messages=(Message("b", at, "there"),)))
    rows = [known.row("zendesk", "1", n, 99) for n, known in enumerate((first, second), start=1)]
    times = [datetime.fromisoformat(row["updated_at"]) for row in rows if row is not None]
    assert at < times[0] < times[1]
