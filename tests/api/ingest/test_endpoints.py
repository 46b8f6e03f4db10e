"""``/v1/records`` and ``/v1/receipts``: what is sent is checked, told and kept."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from issuemine.config import ApiSettings, Settings
from issuemine.store.inbox import Inbox, read_post
from issuemine.store.operational import writes
from tests.api.worlds import World, world

GOOD = {
    "external_id": "7",
    "created_at": "2026-02-03T04:05:06+09:00",
    "body": "The parcel is late.",
    "customer": "ann",
    "channel": "email",
    "shop": "Leeds",
}
LINES = "application/x-ndjson"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("sent")
    api = ApiSettings(log_file=str(folder / "access.jsonl"), max_records=5)
    with world(folder / "var", Settings(api=api)) as made:
        yield made


@pytest.fixture
def inbox(here: World) -> Inbox:
    """The inbox of the service, empty."""
    found = Inbox(here.layout)
    found.delete(found.waiting())
    return found


def send(here: World, body: Any, kind: str = "application/json", **more: str) -> httpx.Response:
    content = body.encode() if isinstance(body, str) else orjson.dumps(body)
    headers = here.by("ingester") | {"Content-Type": kind} | more
    return here.client.post("/v1/records?source=desk", content=content, headers=headers)


def kept(inbox: Inbox) -> list[dict[str, Any]]:
    """The records that wait."""
    return [row for post in inbox.waiting() for row in read_post(post)[0].to_pylist()]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (GOOD, "application/json"),
        ([GOOD], "application/json; charset=utf-8"),
        (f"{orjson.dumps(GOOD).decode()}\n\n", LINES),
    ],
    ids=["one object", "a list", "JSON Lines"],
)
def test_a_record_is_kept_as_one_of_a_file_would_be(here: World, inbox: Inbox, body: Any, kind: str) -> None:
    answer = send(here, body, kind)
    assert answer.status_code == 202
    told = answer.json()
    assert (told["accepted"], told["rejected"], told["repeated"], told["rejections"]) == (1, 0, 0, [])
    assert answer.headers["Location"] == f"/v1/receipts/{told['receipt_id']}"
    (record,) = kept(inbox)
    assert (record["source"], record["external_id"], record["channel"]) == ("desk", "7", "email")
    assert record["created_at"].isoformat() == "2026-02-02T19:05:06+00:00"
    assert record["text"] == GOOD["body"]
    assert record["language"] == "en"
    assert record["attributes"] == [("shop", "Leeds")]
    assert len(record["customer_ref"]) == 32


def test_rows_that_cannot_be_used_are_told_without_their_text_and_kept_as_rejects(
    here: World, inbox: Inbox
) -> None:
    secret = "zebracrossing7491"  # noqa: S105 - a word to be found again
    rows = [
        GOOD,
        GOOD | {"external_id": "8", "body": " "},
        GOOD | {"external_id": "9", "created_at": secret},
        GOOD | {"external_id": "10", "nps": secret},
        GOOD | {"external_id": "11", "source": f"{secret}@example.com"},
    ]
    answer = send(here, "\n".join(orjson.dumps(row).decode() for row in rows), LINES)
    told = answer.json()
    assert (told["accepted"], told["rejected"]) == (2, 3)
    assert [(one["row"], one["field"], one["reason"], one["kept"]) for one in told["rejections"]] == [
        (2, "body", "is missing", False),
        (3, "created_at", "is no date (read as ymd)", False),
        (4, "nps", "kept: is no number in its range", True),
        (5, None, "the row names no usable source", False),
    ]
    assert secret not in answer.text
    ((post, rejects),) = [(post, read_post(post)[1].to_pylist()) for post in inbox.waiting()]
    assert {row["file"] for row in rejects} == {f"inbox/{told['receipt_id']}"}
    assert [row["row"] for row in rejects] == [2, 3, 4, 5]
    assert secret.encode() not in post.path.read_bytes()


def test_reasons_are_told_in_korean(here: World) -> None:
    (told,) = send(here, GOOD | {"body": ""}, **{"Accept-Language": "ko"}).json()["rejections"]
    assert told["reason"] == "값이 없습니다"


def test_what_a_row_becomes_does_not_depend_on_its_neighbours(here: World, inbox: Inbox) -> None:
    review = {"id": "r", "date": "2026-02-03", "text": "Nice shop.", "rating": 5}
    ticket = {"ticket_id": "t", "created": "2026-02-03", "message": "Broken.", "status": "open"}
    for rows in ([review], [ticket], [review, ticket]):
        assert send(here, rows).json()["accepted"] == len(rows)
    alone, beside = kept(inbox)[:2], kept(inbox)[2:]
    assert [record["kind"] for record in alone] == ["review", "ticket"]
    assert [record["content_hash"] for record in beside] == [record["content_hash"] for record in alone]


def test_a_record_twice_in_a_body_is_told(here: World) -> None:
    assert send(here, [GOOD, GOOD | {"body": "It is here."}]).json()["repeated"] == 1


@pytest.mark.parametrize(
    ("body", "kind", "status", "detail"),
    [
        ("a=b", "application/x-www-form-urlencoded", 415, "Send Content-Type"),
        ("{", "application/json", 422, "not JSON"),
        ("[]", "application/json", 422, "no record"),
        ("\n \n", LINES, 422, "no record"),
        ("[{}, 7]", "application/json", 422, "Record 2"),
        ("7", "application/json", 422, "Record 1"),
        ("[" * 100_000, "application/json", 422, "not JSON"),
        ([GOOD] * 6, "application/json", 413, "at most 5"),
    ],
)
def test_a_body_that_is_none_is_refused_whole(
    here: World, inbox: Inbox, body: Any, kind: str, status: int, detail: str
) -> None:
    answer = send(here, body, kind)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert detail in answer.json()["detail"]
    assert inbox.waiting() == []


def test_a_source_is_no_address(here: World) -> None:
    answer = here.client.post("/v1/records?source=ann@example.com", json=GOOD, headers=here.by("ingester"))
    assert answer.status_code == 422


def test_the_same_key_is_answered_with_the_same_receipt(here: World, inbox: Inbox) -> None:
    first, second = (send(here, GOOD, **{"Idempotency-Key": "k-1"}) for _ in range(2))
    assert second.json() == first.json()
    assert second.headers["idempotency-replayed"] == "true"
    assert len(inbox.waiting()) == 1


def test_a_receipt_tells_whether_a_run_has_published_it(here: World, inbox: Inbox) -> None:
    receipt = send(here, GOOD).json()["receipt_id"]
    address = f"/v1/receipts/{receipt}"
    waiting = here.client.get(address, headers=here.by("ingester")).json()
    assert (waiting["state"], waiting["run_id"]) == ("waiting", None)
    inbox.note("r00002", inbox.waiting())
    assert here.client.get(address, headers=here.by("ingester")).json()["state"] == "waiting"
    inbox.delete(inbox.waiting())
    published = here.client.get(address, headers=here.by("ingester")).json()
    assert published == waiting | {"state": "published", "run_id": "r00002"}


@pytest.mark.parametrize("receipt", ["0" * 24, "x", "..%2F..", "*"])
def test_a_receipt_that_was_not_given_is_not_found(here: World, receipt: str) -> None:
    assert here.client.get(f"/v1/receipts/{receipt}", headers=here.by("ingester")).status_code == 404


def test_a_full_inbox_asks_to_come_back(tmp_path: Path) -> None:
    with world(tmp_path / "var", Settings(api=ApiSettings(log_file="", inbox_mb=0.000_001))) as here:
        assert send(here, GOOD).status_code == 202
        refused = send(here, GOOD)
        assert refused.status_code == 503
        assert refused.headers["Retry-After"] == "60"
        inbox = Inbox(here.layout)
        inbox.delete(inbox.waiting())
        assert send(here, GOOD).status_code == 202


def test_what_waits_is_told_by_the_metrics(here: World, inbox: Inbox) -> None:
    send(here, [GOOD, GOOD | {"external_id": "8"}])
    text = here.client.get("/metrics", headers=here.by("reader")).text
    assert "\nissuemine_inbox_records 2.0\n" in text
    assert f"\nissuemine_inbox_bytes {float(inbox.bytes())}\n" in text
    inbox.delete(inbox.waiting())
    text = here.client.get("/metrics", headers=here.by("reader")).text
    assert "\nissuemine_inbox_records 0.0\n" in text
    assert "\nissuemine_inbox_oldest_seconds 0.0\n" in text


PERSONAL = (
    "ann.lee@example.com",
    "+44 20 7946 0958",
    "Jonathan Applewhite",
    "4111 1111 1111 1111",
    "hong.gildong@example.kr",
    "010-1234-5678",
    "홍길동",
    "900101-1234568",
)


def test_no_file_of_the_service_holds_what_is_personal(here: World, inbox: Inbox) -> None:
    english = "My name is {2}, mail {0} or call {1}, card {3}.".format(*PERSONAL)
    korean = "제 이름은 {6}입니다. {4} 또는 {5}로 연락 주세요. 주민번호 {7}".format(*PERSONAL)
    rows = [
        GOOD | {"external_id": PERSONAL[0], "customer": PERSONAL[2], "subject": english, "shop": PERSONAL[1]},
        GOOD | {"external_id": "k", "customer": PERSONAL[6], "body": korean, "tags": [PERSONAL[5]]},
        GOOD | {"external_id": "bad", "created_at": korean, "body": english},
    ]
    answer = send(here, rows, **{"Idempotency-Key": "personal"})
    assert answer.json()["accepted"] == 2
    texts = [record["text"] for record in kept(inbox)]
    assert "<EMAIL>" in texts[0]
    assert "<PHONE>" in texts[1]
    with sqlite3.connect(here.layout.operational) as checked:
        checked.execute("PRAGMA wal_checkpoint(PASSIVE)")
    (entry,) = writes.audit(here.store, 1)
    assert entry.changed == {"receipt": answer.json()["receipt_id"], "accepted": 2, "rejected": 1}
    files = [path for path in here.layout.folder.parent.rglob("*") if path.is_file()]
    assert {"access.jsonl", "operational.sqlite"} <= {path.name for path in files}
    shown = "\n".join(
        str(row) for post in inbox.waiting() for part in read_post(post) for row in part.to_pylist()
    )
    for part in PERSONAL:
        assert part not in shown + answer.text
        assert [path.name for path in files if part.encode() in path.read_bytes()] == []
