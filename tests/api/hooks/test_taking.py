"""Events of helpdesks come in signed, are kept redacted, and nothing of what is refused is kept."""

from typing import Any

import orjson
import pytest
import sqlalchemy as sa

from issuemine.store.operational import writes
from issuemine.store.operational.tables_hooks import hook_conversations
from tests.api.hooks.signing import signed
from tests.api.worlds import World
from tests.hooks_payloads import (
    chatwoot_message,
    intercom,
    intercom_part,
    zendesk,
    zendesk_comment,
)

PERSONAL = (
    "jane.doe@example.com",
    "010-1234-5678",
    "sky@example.com",
    "김하늘",
    "customer-70",
    "8447388090500",
)
FIRST = {
    "zendesk": zendesk("created", {}, "2026-10-05T08:59:18Z"),
    "intercom": intercom("conversation.user.created", 1791190800),
    "chatwoot": chatwoot_message(1, "로그인이 안 됩니다. 010-1234-5678", 1791190801.0),
}


def post(here: World, vendor: str, payload: Any) -> tuple[int, dict[str, Any]]:
    body = payload if isinstance(payload, bytes) else orjson.dumps(payload)
    answer = here.client.post(f"/v1/hooks/{vendor}", content=body, headers=signed(vendor, body))
    return answer.status_code, answer.json()


def kept(here: World) -> str:
    """Everything that is kept of conversations and writes."""
    with here.store.reading() as connection:
        rows = [tuple(row) for row in connection.execute(sa.select(hook_conversations))]
    return f"{rows} {writes.audit(here.store, 100, None)}"


@pytest.mark.parametrize("vendor", FIRST)
def test_an_event_is_kept_without_anything_personal(here: World, vendor: str) -> None:
    assert post(here, vendor, FIRST[vendor]) == (202, {"outcome": "kept"})
    assert [part for part in PERSONAL if part in kept(here)] == []


@pytest.mark.parametrize("vendor", FIRST)
def test_an_event_that_is_delivered_again_tells_nothing_new(here: World, vendor: str) -> None:
    assert post(here, vendor, FIRST[vendor])[1] == {"outcome": "kept"}
    assert post(here, vendor, FIRST[vendor])[1] == {"outcome": "known"}


def test_a_ticket_of_an_agent_waits_and_is_kept_once_the_customer_writes(here: World) -> None:
    by_agent = zendesk("created", {}, "2026-10-05T08:59:18Z", submitter_id="77")
    assert post(here, "zendesk", by_agent)[1] == {"outcome": "waiting"}
    assert post(here, "zendesk", zendesk_comment(2, "Hello?", "2026-10-05T09:00:00Z"))[1] == {
        "outcome": "kept"
    }


def test_what_tells_nothing_of_a_record_is_counted_and_not_kept(here: World) -> None:
    assert post(here, "intercom", {"topic": "ping", "data": {"item": {"message": "hi"}}}) == (
        202,
        {"outcome": "ignored"},
    )
    metrics = here.client.get("/metrics", headers=here.by("reader")).text
    (line,) = [
        one
        for one in metrics.splitlines()
        if one.startswith("issuemine_hook_events_total") and "ignored" in one and "intercom" in one
    ]
    assert float(line.split()[-1]) >= 1
    (entry,) = writes.audit(here.store, 1, None)
    assert entry.changed == {"event": "ping", "outcome": "ignored"}


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        (b"my mail is jane.doe@example.com", "body"),
        (b'["jane.doe@example.com"]', "body"),
        (b"\xff", "body"),
        (zendesk("created", {}, "2026-10-05T08:59:18Z", id="jane.doe@example.com"), "detail.id"),
        (zendesk("created", {}, "jane.doe@example.com"), "time"),
    ],
)
def test_a_malformed_event_is_refused_and_its_reason_kept_without_its_content(
    here: World, payload: Any, field: str
) -> None:
    status, problem = post(here, "zendesk", payload)
    assert status == 422
    assert field in problem["detail"]
    (entry,) = writes.audit(here.store, 1, None)
    assert (entry.status, entry.changed["outcome"], entry.changed["field"]) == (422, "malformed", field)
    assert "jane.doe" not in f"{problem} {kept(here)}"


def test_the_name_of_an_event_is_noted_only_where_it_has_the_form_of_one(here: World) -> None:
    post(here, "chatwoot", {"event": "jane.doe@example.com wrote"})
    (entry,) = writes.audit(here.store, 1, None)
    assert entry.changed == {"event": "other", "outcome": "ignored"}


def test_intercom_finds_somebody_there_before_it_saves_the_address(here: World) -> None:
    assert here.client.head("/v1/hooks/intercom").status_code == 200
    assert here.client.get("/v1/hooks/intercom").status_code == 405


def test_a_reply_of_the_team_alone_makes_no_record(here: World) -> None:
    source = {"type": "conversation", "id": "1", "body": "<p>Hi!</p>", "author": {"type": "admin", "id": "9"}}
    parts = [intercom_part(2, "admin", "Anyone?", 1791190900)]
    told = intercom("conversation.admin.replied", 1791190900, parts, source=source)
    assert post(here, "intercom", told)[1] == {"outcome": "waiting"}
