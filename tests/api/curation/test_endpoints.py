"""Curation over HTTP: the same events as at the command line, noted in the audit log, once each."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from httpx import Response

from issuemine.config import ApiSettings, Settings
from issuemine.curation import fold
from issuemine.curation.actions import KINDS
from issuemine.store.operational import writes
from issuemine.store.operational.events import all_events
from issuemine.store.operational.sessions import csrf_token
from tests.api.worlds import World, world

SAID: dict[str, tuple[dict[str, Any], str]] = {
    "rename": ({"topic": "T1", "label": "Codes do not arrive"}, "T1 is called “Codes do not arrive”"),
    "merge": ({"topics": ["T3"], "into": "T2"}, "T2 takes in T3"),
    "split": ({"topic": "T1", "mentions": ["aa11-1"], "label": "SMS"}, "mentions of T1 that become topic"),
    "move": ({"mention": "bb22-0", "topic": None}, "mention bb22-0 belongs to no topic"),
    "exclude-topic": ({"topic": "T7"}, "T7 is excluded"),
    "exclude-mentions": ({"mentions": ["dd44-0"]}, "excluded mentions: dd44-0"),
    "lock": ({"topic": "T1"}, "T1 is locked"),
    "unlock": ({"topic": "T1"}, "T1 is no longer locked"),
    "pin": ({"topic": "T1"}, "T1 is pinned"),
    "unpin": ({"topic": "T1"}, "T1 is no longer pinned"),
    "resolve": ({"topic": "T1"}, "T1 is resolved"),
    "archive": ({"topic": "T1"}, "T1 is archived until it escalates"),
    "reopen": ({"topic": "T1"}, "T1 is open again"),
    "note": ({"topic": "T1", "text": "Write to jane.doe@example.com"}, "note on T1: Write to <EMAIL"),
    "owner": ({"topic": "T1", "name": "Payments"}, "Payments looks after T1"),
    "ticket": ({"topic": "T1", "url": "https://tracker.example/1"}, "T1 is worked on at https://tracker"),
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    settings = Settings(api=ApiSettings(max_body_mb=0.01))
    with world(tmp_path_factory.mktemp("curation") / "var", settings) as made:
        yield made


def say(here: World, kind: str, body: object, **headers: str) -> Response:
    return here.client.post(f"/v1/curation/{kind}", json=body, headers=here.by("curator") | headers)


def test_every_kind_is_said_told_and_undone(here: World) -> None:
    assert {kind.replace("_", "-") for kind in KINDS} == {*SAID, "undo"}
    before = fold(all_events(here.store))
    for kind, (body, words) in SAID.items():
        answer = say(here, kind, body)
        assert answer.status_code == 201, answer.text
        told = answer.json()
        assert (told["author"], told["kind"]) == ("curator", kind.replace("-", "_"))
        assert told["in_words"].startswith(words)
        assert told["in_effect"]
        newest = here.client.get("/v1/curation/events?limit=1", headers=here.by("reader")).json()["events"][0]
        assert newest["event_id"] == told["event_id"]
        undone = say(here, "undo", {"event_id": told["event_id"]})
        assert undone.json()["undoes"] == told["event_id"]
        after = fold(all_events(here.store))
        assert (after.labels, after.merged, after.notes) == (before.labels, before.merged, before.notes)
        twice = say(here, "undo", {"event_id": told["event_id"]})
        assert twice.status_code == 422
    kept = b"".join(path.read_bytes() for path in here.layout.folder.glob("operational.sqlite*"))
    assert b"jane.doe" not in kept


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("pin", {"topic": "T999"}, "T999"),
        ("pin", {"topic": "; DROP TABLE"}, "errors"),
        ("pin", {"topic": "T1", "more": 1}, "errors"),
        ("pin", {}, "errors"),
        ("merge", {"topics": ["T1"], "into": "T1"}, "itself"),
        ("split", {"topic": "T2", "mentions": ["aa11-0"]}, "belongs to T1"),
        ("note", {"topic": "T1", "text": "x" * 4_001}, "errors"),
        ("ticket", {"topic": "T1", "url": "javascript:alert(1)"}, "errors"),
        ("undo", {"event_id": 9_999_999}, "9999999"),
        ("undo", {"event_id": 2**63}, "9223372036854775808"),
    ],
)
def test_what_does_not_fit_changes_nothing(here: World, kind: str, body: object, said: str) -> None:
    before = all_events(here.store)
    answer = say(here, kind, body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]
    assert all_events(here.store) == before


def test_what_holds_of_a_topic_is_told_at_once(here: World) -> None:
    say(here, "owner", {"topic": "T2", "name": "Billing"})
    say(here, "merge", {"topics": ["T3"], "into": "T2"})
    say(here, "resolve", {"topic": "T3"})
    told = here.client.get("/v1/curation/topics/T3", headers=here.by("reader")).json()
    assert (told["topic_id"], told["owner"], told["decision"]) == ("T2", "Billing", "resolve")
    assert told["merged"] == ["T3"]
    assert here.client.get("/v1/curation/topics/T999", headers=here.by("reader")).status_code == 404
    of_topic = here.client.get("/v1/curation/events?topic=T3", headers=here.by("reader")).json()["events"]
    assert [event["kind"] for event in of_topic][:2] == ["resolve", "merge"]


def test_history_is_paged_without_gaps(here: World) -> None:
    for _ in range(3):
        say(here, "pin", {"topic": "T1"})
    everything = [event.event_id for event in all_events(here.store)]
    seen, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = here.client.get("/v1/curation/events", params=params, headers=here.by("reader")).json()
        seen += [event["event_id"] for event in page["events"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == everything[::-1]


def test_the_same_key_and_request_bring_the_same_answer_once(here: World) -> None:
    body = {"topic": "T1", "name": "Team 1"}
    first = say(here, "owner", body, **{"Idempotency-Key": "abc"})
    before = all_events(here.store)
    again = say(here, "owner", body, **{"Idempotency-Key": "abc"})
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert all_events(here.store) == before
    other = say(here, "owner", body | {"name": "Team 2"}, **{"Idempotency-Key": "abc"})
    assert other.status_code == 422
    elsewhere = say(here, "pin", body, **{"Idempotency-Key": "abc"})
    assert elsewhere.status_code == 422
    assert all_events(here.store) == before
    headers = here.by("admin") | {"Idempotency-Key": "abc"}
    somebody_else = here.client.post("/v1/curation/owner", json=body, headers=headers)
    assert somebody_else.json()["event_id"] != first.json()["event_id"]


def test_two_at_once_with_one_key_write_once(here: World) -> None:
    before = len(all_events(here.store))
    answers: list[Response] = []

    def ask() -> None:
        answers.append(say(here, "lock", {"topic": "T2"}, **{"Idempotency-Key": "at-once"}))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(all_events(here.store)) == before + 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert 201 in {answer.status_code for answer in answers}


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "schlüssel"])
def test_an_idempotency_key_that_cannot_be_one_is_refused(here: World, key: str) -> None:
    before = all_events(here.store)
    headers = {**here.by("curator"), "Idempotency-Key": key.encode()}
    answer = here.client.post("/v1/curation/pin", json={"topic": "T1"}, headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert all_events(here.store) == before


def test_a_body_that_is_too_large_is_refused_also_without_its_length(here: World) -> None:
    for content in (b"x" * 20_000, (b"x" * 1_000 for _ in range(20))):
        answer = here.client.post("/v1/curation/pin", content=content, headers=here.by("curator"))
        assert answer.status_code == 413
        assert "10,000 bytes" in answer.json()["detail"]


def test_every_write_is_in_the_audit_log_without_texts(here: World) -> None:
    done = say(here, "note", {"topic": "T1", "text": "a secret remark"}).json()
    say(here, "pin", {"topic": "T999"})
    here.client.post("/v1/curation/pin", json={"topic": "T1"}, headers=here.by("reader"))
    refused, noted, *_ = here.client.get("/v1/audit", headers=here.by("admin")).json()["entries"]
    assert (noted["who"], noted["role"], noted["method"]) == ("curator", "curator", "POST")
    assert (noted["route"], noted["status"]) == ("/v1/curation/note", 201)
    assert noted["changed"] == {"event": done["event_id"], "kind": "note"}
    assert (refused["route"], refused["status"], refused["changed"]) == ("/v1/curation/pin", 422, {})
    assert "secret remark" not in str([vars(entry) for entry in writes.audit(here.store, 1_000)])
    assert here.client.get("/v1/audit", headers=here.by("curator")).status_code == 403


def test_the_page_writes_with_its_token_only(here: World) -> None:
    here.client.post("/sign-in", data={"key": here.keys["curator"]})
    token = csrf_token(here.client.cookies["issuemine_session"])
    try:
        for headers in (
            {},
            {"X-CSRF-Token": ""},
            {"X-CSRF-Token": token[:-1]},
            {"X-CSRF-Token": "ü".encode()},
        ):
            answer = here.client.post("/v1/curation/pin", json={"topic": "T1"}, headers=headers)  # type: ignore[arg-type]
            assert answer.status_code == 403
        good = {"X-CSRF-Token": token}
        foreign = good | {"Origin": "https://evil.example"}
        assert here.client.post("/v1/curation/pin", json={"topic": "T1"}, headers=foreign).status_code == 403
        assert here.client.post("/v1/curation/pin", json={"topic": "T1"}, headers=good).status_code == 201
    finally:
        here.client.cookies.clear()
