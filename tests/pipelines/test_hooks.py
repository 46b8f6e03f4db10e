"""Events of helpdesks, from a signed post to a real service to the snapshot of a real run."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import httpx
import orjson
import pytest

from tests.api.hooks.signing import SECRETS, signed
from tests.hooks_payloads import (
    chatwoot,
    chatwoot_message,
    intercom,
    intercom_part,
    zendesk,
    zendesk_comment,
)
from tests.pipelines.processes import issuemine, write_corpus
from tests.pipelines.serving import serving

COMMENT = zendesk_comment(4, "It still crashes.", "2025-10-05T10:00:00Z")
ANSWER = zendesk_comment(5, "We will call jane.doe@example.com.", "2025-10-05T11:00:00Z", staff=True)
SOLVED = zendesk(
    "status_changed", {"current": "SOLVED", "previous": "OPEN"}, "2025-10-06T08:00:00Z", status="SOLVED"
)
RATING = {"rating": 2, "remark": "", "created_at": 1759664200}
EVENTS: list[tuple[str, dict[str, Any]]] = [
    # Late first, and one twice: as helpdesks deliver what did not arrive at once.
    ("zendesk", SOLVED),
    ("zendesk", COMMENT),
    ("zendesk", zendesk("created", {}, "2025-10-05T08:59:18Z")),
    ("zendesk", ANSWER),
    ("zendesk", COMMENT),
    ("intercom", intercom("conversation.user.created", 1759654800)),
    (
        "intercom",
        intercom(
            "conversation.user.replied", 1759658400, [intercom_part(2, "user", "언제 되나요?", 1759658400)]
        ),
    ),
    ("intercom", intercom("conversation.rating.added", 1759664200, conversation_rating=RATING)),
    ("chatwoot", chatwoot("conversation_created", 1759654800.25)),
    ("chatwoot", chatwoot_message(1, "로그인이 안 됩니다. 010-9876-5432로 전화 주세요.", 1759654801.0)),
    ("chatwoot", chatwoot_message(2, "비밀번호를 바꿔 보세요.", 1759654900.0, "outgoing")),
    ("chatwoot", chatwoot("conversation_status_changed", 1759664000.0, status="resolved")),
]
PERSONAL = (b"jane.doe@example.com", b"010-1234-5678", b"010-9876-5432", b"customer-70", b"8447388090500")


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, Any]]]:
    """A warehouse folder after the events and a run, and the records of the snapshot that is served."""
    folder = tmp_path_factory.mktemp("hooks")
    var = folder / "var"
    var.mkdir()
    secrets = {f"ISSUEMINE_HOOKS__{name.upper()}": f'["{secret}"]' for name, secret in SECRETS.items()}
    with serving(var, **secrets) as address, httpx.Client(base_url=address, timeout=120) as client:
        for vendor, event in EVENTS:
            body = orjson.dumps(event)
            answer = client.post(f"/v1/hooks/{vendor}", content=body, headers=signed(vendor, body))
            assert answer.status_code == 202, answer.text
            assert client.post(f"/v1/hooks/{vendor}", content=body).status_code == 401
        corpus = write_corpus(folder / "records.jsonl", bad_rows=0)
        done = issuemine("run", corpus, "--warehouse", var)
        assert done.returncode == 0, done.stderr
        assert client.get("/readyz").json()["snapshot"] == "r00001"
    (snapshot,) = (var / "snapshots").glob("*.duckdb")
    with duckdb.connect(str(snapshot), read_only=True) as database:
        rows = database.sql("SELECT * FROM records WHERE source <> 'records'").to_arrow_table().to_pylist()
    return var, {row["source"]: row for row in rows}


def test_each_conversation_is_one_record_of_what_its_customer_wrote(night: Any) -> None:
    _, records = night
    assert {source: record["text"] for source, record in records.items()} == {
        "zendesk": "Payment crashes\n\nThe app closes as soon as I press pay. My mail is <EMAIL>."
        "\n\nIt still crashes.",
        "intercom": "환불이 아직도 처리되지 않았어요. 제 번호는 <PHONE> 입니다.\n\n언제 되나요?",
        "chatwoot": "로그인이 안 됩니다. <PHONE>로 전화 주세요.",
    }


def test_what_came_later_is_what_the_record_says(night: Any) -> None:
    _, records = night
    ticket = records["zendesk"]
    assert (ticket["status"], ticket["resolved_at"]) == ("solved", datetime(2025, 10, 6, 8, tzinfo=UTC))
    assert records["intercom"]["csat"] == 2
    assert (records["chatwoot"]["status"], records["chatwoot"]["language"]) == ("resolved", "ko")


def test_nothing_personal_lies_in_any_file(night: Any) -> None:
    var, _ = night
    with sqlite3.connect(var / "operational.sqlite") as store:
        assert store.execute("SELECT count(*) FROM hook_conversations").fetchone() == (3,)
    for path in var.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert [part for part in PERSONAL if part in content] == [], path
