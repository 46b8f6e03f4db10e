"""Searching the mined sample, in both languages."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.search.encoders import QueryEncoders
from issuemine.config import Settings
from issuemine.store import searching
from issuemine.store.files import digest
from issuemine.store.layout import Layout
from issuemine.store.pointer import point
from issuemine.store.snapshot import Snapshot
from tests.conftest import Mined


def found(client: TestClient, q: str, **asked: Any) -> dict[str, Any]:
    answer = client.get(
        "/v1/search", params={"q": q} | {("in" if k == "what" else k): v for k, v in asked.items()}
    )
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def texts(answer: dict[str, Any]) -> list[str]:
    return [mention["text"] for mention in answer["mentions"]]


@pytest.mark.parametrize("query", ["charge", "charges", "Charged!"])
def test_english_words_are_found_in_all_their_forms(client: TestClient, query: str) -> None:
    answer = found(client, query, by="words", limit=100)
    assert answer["words"] == ["charge"]
    forms = {
        mention["text"][mark["start"] : mark["end"]].lower()
        for mention in answer["mentions"]
        for mark in mention["marks"]
    }
    assert "charged" in forms
    assert all(form.startswith("charg") for form in forms)


@pytest.mark.parametrize("query", ["결제", "결제가", "결제를"])
def test_korean_words_are_found_by_their_morphemes(client: TestClient, query: str) -> None:
    answer = found(client, query, by="words", limit=100)
    assert answer["words"] == ["결제"]
    assert answer["mentions"]
    for mention in answer["mentions"]:
        assert mention["marks"]
        assert all(
            mention["text"][mark["start"] : mark["end"]].startswith("결제") for mark in mention["marks"]
        )
    endings = {text[text.index("결제") + 2 :][:1] for text in texts(answer)}
    assert len(endings) > 2


@pytest.mark.parametrize(
    ("query", "language", "theme"),
    [("I want my money back", "en", "refund"), ("환불받고 싶어요", "ko", "환불")],
)
def test_meaning_is_looked_for_in_the_language_of_the_query(
    client: TestClient, query: str, language: str, theme: str
) -> None:
    answer = found(client, query, by="meaning", limit=50)
    assert {mention["language"] for mention in answer["mentions"]} == {language}
    scores = [mention["score"] for mention in answer["mentions"]]
    assert scores == sorted(scores, reverse=True)
    topics = found(client, query, by="meaning", what="topics", limit=3)["topics"]
    assert any(theme in f"{topic['label']} {topic['keywords']}".lower() for topic in topics)


def test_a_query_goes_to_the_space_of_its_language_or_to_all(snapshot: Snapshot, mined: Mined) -> None:
    encoders = QueryEncoders(Layout(mined.warehouse), Settings())
    spaces = searching.spaces(snapshot.database)
    for query, names in (
        ("refund", ["model"]),
        ("환불 VPN", ["lexical-ko"]),
        ("12345", ["lexical-ko", "model"]),
        ("λόγος", ["lexical-ko", "model"]),
    ):
        chosen = encoders.spaces_of(encoders.languages(query, spaces), spaces)
        assert [space.name for space in chosen] == names


def test_quotes_stand_in_their_records(client: TestClient, snapshot: Snapshot) -> None:
    for mention in found(client, "the login code does not arrive", limit=20)["mentions"]:
        topic = mention["topic"]
        if topic is None:
            continue
        records = client.get(f"/v1/topics/{topic['topic_id']}/records", params={"limit": 200}).json()[
            "records"
        ]
        at = {record["record_id"]: record["text"] for record in records}
        if mention["record_id"] in at:
            assert at[mention["record_id"]][mention["start"] : mention["end"]] == mention["text"]


def test_both_has_what_either_finds(client: TestClient) -> None:
    both = {mention["mention_id"] for mention in found(client, "card charged twice", limit=40)["mentions"]}
    for by in ("words", "meaning"):
        best = found(client, "card charged twice", by=by, limit=5)["mentions"]
        assert {mention["mention_id"] for mention in best} & both


@pytest.mark.parametrize("by", ["words", "meaning", "both"])
def test_filters_and_window_hold_and_leave_no_gap(client: TestClient, snapshot: Snapshot, by: str) -> None:
    last = snapshot.info["as_of"] - timedelta(days=10)
    asked = {"channel": "email", "first": str(last - timedelta(days=20)), "last": str(last)}
    answer = found(client, "refund", by=by, limit=20, **asked)
    assert len(answer["mentions"]) >= 5
    assert {mention["channel"] for mention in answer["mentions"]} == {"email"}
    assert all(asked["first"] <= mention["day"] <= asked["last"] for mention in answer["mentions"])


@pytest.mark.parametrize("by", ["words", "meaning", "both"])
@pytest.mark.parametrize("what", ["mentions", "topics"])
def test_pages_follow_each_other(client: TestClient, by: str, what: str) -> None:
    whole = found(client, "login code", by=by, what=what, limit=6)[what]
    first = found(client, "login code", by=by, what=what, limit=3)
    second = found(client, "login code", by=by, what=what, limit=3, cursor=first["next_cursor"])
    key = "mention_id" if what == "mentions" else "topic_id"
    assert [row[key] for row in first[what] + second[what]][: len(whole)] == [row[key] for row in whole]


def test_nothing_found_is_an_answer(client: TestClient) -> None:
    assert found(client, "xylophone", by="words")["mentions"] == []
    assert found(client, "?!", by="words")["mentions"] == []
    assert found(client, "refund", by="words", channel="nowhere")["mentions"] == []


@pytest.mark.parametrize("asked", [{}, {"q": ""}, {"q": "   "}, {"q": "x" * 501}, {"q": "a", "by": "magic"}])
def test_what_cannot_be_asked_is_told(client: TestClient, asked: dict[str, str]) -> None:
    assert client.get("/v1/search", params=asked).status_code == 422


def test_a_snapshot_of_before_is_searched_by_words_alone(tmp_path: Path, mined: Mined) -> None:
    layout = Layout(tmp_path)
    layout.create()
    path = layout.snapshot("r00001")
    shutil.copyfile(Layout(mined.warehouse).snapshot("r00001"), path)
    with duckdb.connect(path) as old:
        old.execute("DROP TABLE search_parts; DROP TABLE postings")
    point(layout, "r00001", digest(path))
    client = TestClient(create_app(tmp_path, Settings()))
    answer = client.get("/v1/search", params={"q": "code", "by": "meaning"})
    assert answer.status_code == 503
    assert "next run" in answer.json()["detail"]
    both = found(client, "결제 refund")
    assert both["by"] == "words"
    assert all("refund" in text.lower() or "결제" in text for text in texts(both))


def test_damaged_vectors_are_told_and_words_go_on(tmp_path: Path, mined: Mined) -> None:
    shutil.copytree(mined.warehouse, tmp_path / "var")
    for file in (tmp_path / "var" / "vectors").glob("model*.rows"):
        file.write_bytes(file.read_bytes()[:-1] + b"\0")
    client = TestClient(create_app(tmp_path / "var", Settings()))
    answer = client.get("/v1/search", params={"q": "code", "by": "meaning"})
    assert answer.status_code == 503
    assert "by=words" in answer.json()["detail"]
    assert found(client, "code", by="words")["mentions"]
    assert found(client, "결제", by="meaning")["mentions"]
