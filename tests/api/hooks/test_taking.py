"""Events of helpdesks come in signed, are kept redacted, and nothing of what is refused is kept."""

from typing import Any

import orjson
import pytest
import sqlalchemy as sa

from issuemine.store.inbox import Inbox, read_post
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
    "zendesk": zendesk("created", {}, "2025-10-05T08:59:18Z"),
    "intercom": intercom("conversation.user.created", 1759654800),
    "chatwoot": chatwoot_message(1, "로그인이 안 됩니다. 010-1234-5678", 1759654801.0),
}


def post(here: World, vendor: str, payload: Any) -> tuple[int, dict[str, Any]]:
    body = payload if isinstance(payload, bytes) else orjson.dumps(payload)
    answer = here.client.post(f"/v1/hooks/{vendor}", content=body, headers=signed(vendor, body))
    return answer.status_code, answer.json()


def kept(here: World) -> str:
    """Everything that is kept: conversations, writes and what waits in the inbox."""
    with here.store.reading() as connection:
        rows = [tuple(row) for row in connection.execute(sa.select(hook_conversations))]
    posts = [[table.to_pylist() for table in read_post(post)] for post in Inbox(here.layout).waiting()]
    return f"{rows} {writes.audit(here.store, 100, None)} {posts}"


def waiting(here: World) -> list[dict[str, Any]]:
    """Records in the inbox, in the order in which they came."""
    return [row for post in Inbox(here.layout).waiting() for row in read_post(post)[0].to_pylist()]


@pytest.mark.parametrize("vendor", FIRST)
def test_an_event_is_kept_without_anything_personal(here: World, vendor: str) -> None:
    assert post(here, vendor, FIRST[vendor]) == (202, {"outcome": "kept"})
    assert [part for part in PERSONAL if part in kept(here)] == []


@pytest.mark.parametrize("vendor", FIRST)
def test_an_event_that_is_delivered_again_tells_nothing_new(here: World, vendor: str) -> None:
    assert post(here, vendor, FIRST[vendor])[1] == {"outcome": "kept"}
    assert post(here, vendor, FIRST[vendor])[1] == {"outcome": "known"}
    assert len(waiting(here)) == 1


def test_a_ticket_of_an_agent_waits_and_is_kept_once_the_customer_writes(here: World) -> None:
    by_agent = zendesk("created", {}, "2025-10-05T08:59:18Z", submitter_id="77")
    assert post(here, "zendesk", by_agent)[1] == {"outcome": "waiting"}
    assert post(here, "zendesk", zendesk_comment(2, "Hello?", "2025-10-05T09:00:00Z"))[1] == {
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
        (zendesk("created", {}, "2025-10-05T08:59:18Z", id="jane.doe@example.com"), "detail.id"),
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
    (refused,) = Inbox(here.layout).waiting()
    records, rejects = read_post(refused)
    assert records.num_rows == 0
    assert rejects.to_pylist()[0]["field"] == f"zendesk: {field}"
    assert "jane.doe" not in f"{problem} {kept(here)} {rejects.to_pylist()}"


def test_the_name_of_an_event_is_noted_only_where_it_has_the_form_of_one(here: World) -> None:
    post(here, "chatwoot", {"event": "jane.doe@example.com wrote"})
    (entry,) = writes.audit(here.store, 1, None)
    assert entry.changed == {"event": "other", "outcome": "ignored"}


def test_intercom_finds_somebody_there_before_it_saves_the_address(here: World) -> None:
    assert here.client.head("/v1/hooks/intercom").status_code == 200
    assert here.client.get("/v1/hooks/intercom").status_code == 405


def test_a_reply_of_the_team_alone_makes_no_record(here: World) -> None:
    source = {"type": "conversation", "id": "1", "body": "<p>Hi!</p>", "author": {"type": "admin", "id": "9"}}
    parts = [intercom_part(2, "admin", "Anyone?", 1759654900)]
    told = intercom("conversation.admin.replied", 1759654900, parts, source=source)
    assert post(here, "intercom", told)[1] == {"outcome": "waiting"}


def test_the_inbox_has_each_conversation_whole(here: World) -> None:
    post(here, "zendesk", FIRST["zendesk"])
    post(here, "zendesk", zendesk_comment(4, "It still crashes.", "2025-10-05T10:00:00Z"))
    first, second = waiting(here)
    assert first["record_id"] == second["record_id"]
    assert second["updated_at"] > first["updated_at"]
    assert second["text"].startswith("Payment crashes\n\nThe app closes as soon as I press pay.")
    assert second["text"].endswith("My mail is <EMAIL>.\n\nIt still crashes.")


def test_a_customer_has_the_pseudonym_that_files_give(here: World) -> None:
    post(here, "zendesk", FIRST["zendesk"])
    here.client.app.state.intake.accept(  # type: ignore[attr-defined]
        [{"id": "1", "date": "2025-10-05", "text": "Hi", "customer_id": "8447388090500"}], "csv"
    )
    by_hook, by_file = waiting(here)
    assert by_hook["customer_ref"] == by_file["customer_ref"]


def test_an_event_that_was_cut_off_before_the_inbox_had_it_is_brought_there_by_the_next(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = here.client.app.state.intake  # type: ignore[attr-defined]
    with monkeypatch.context() as patch:
        patch.setattr(intake.inbox, "_most", 0)  # as where the disk is full
        status, _ = post(here, "zendesk", FIRST["zendesk"])
        assert status >= 500
    assert waiting(here) == []
    with here.store.reading() as connection:
        (known,) = connection.execute(sa.select(hook_conversations)).mappings()
        assert (known["revision"], known["accepted"]) == (1, 0), "two rows never have the same revision"
    assert post(here, "zendesk", FIRST["zendesk"])[1] == {"outcome": "kept"}
    assert len(waiting(here)) == 1
