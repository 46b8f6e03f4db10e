"""Saved segments: written by curators, used wherever a filter is."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from issuemine.config import Settings
from issuemine.store.layout import Layout
from issuemine.store.operational import open_operational, writes
from issuemine.store.operational.segments import all_segments
from tests.api.segments.conftest import EMAIL, KOREAN, put


def topics(client: TestClient, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get("/v1/topics", params=asked | {"limit": 200})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["topics"])


def test_a_segment_is_kept_read_replaced_and_removed(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/v1/segments").json() == {"segments": []}
    assert put(client, "이메일 고객", EMAIL) == 201
    assert put(client, "이메일 고객", EMAIL) == 200
    kept = client.get("/v1/segments/이메일 고객").json()
    assert (kept["fields"], kept["attributes"]) == (EMAIL["fields"], {})
    assert put(client, "이메일 고객", KOREAN) == 200
    assert client.get("/v1/segments").json()["segments"] == [kept | KOREAN]
    with open_operational(Layout(tmp_path), Settings().store) as store:
        assert {str(entry.changed) for entry in writes.audit(store)} == {"{'segment': 1}"}
        assert [segment.name for segment in all_segments(store)] == ["이메일 고객"]
    assert client.delete("/v1/segments/이메일 고객").status_code == 204
    assert client.delete("/v1/segments/이메일 고객").status_code == 404
    assert client.get("/v1/segments/이메일 고객").status_code == 404


def test_a_segment_stands_for_its_filters_and_joins_others_by_and(client: TestClient) -> None:
    put(client, "Email", EMAIL)
    put(client, "Korean", KOREAN)
    assert topics(client, segment="Email") == topics(client, channel="email")
    assert topics(client, segment=["Email", "Korean"]) == topics(client, channel="email", language="ko")
    assert topics(client, segment="Korean", channel="chat") == topics(client, channel="chat", language="ko")
    assert topics(client, segment="Email", channel="chat") == []


def test_an_answer_that_used_a_segment_is_new_when_the_segment_is(client: TestClient) -> None:
    put(client, "Mine", EMAIL)
    first = client.get("/v1/topics?segment=Mine")
    again = client.get("/v1/topics?segment=Mine", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    put(client, "Mine", KOREAN)
    changed = client.get("/v1/topics?segment=Mine", headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.json() != first.json()


def test_a_segment_may_stand_in_a_body_and_in_a_search(client: TestClient) -> None:
    put(client, "Email", EMAIL)
    by_name, by_filter = (
        client.post("/v1/causes/explain", json={"target": target}).json()
        for target in ({"segment": "Email"}, EMAIL)
    )
    assert by_name == by_filter
    found = client.get("/v1/search", params={"q": "refund", "by": "words", "segment": "Email"}).json()
    assert {mention["channel"] for mention in found["mentions"]} == {"email"}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/topics?segment=nobody", None),
        ("GET", "/v1/search?q=a&segment=nobody", None),
        ("POST", "/v1/causes/explain", {"target": {"segment": "nobody"}}),
        ("PUT", "/v1/segments/Empty", {}),
        ("PUT", "/v1/segments/Odd", {"fields": {"shoe size": ["44"]}}),
        ("PUT", "/v1/segments/Nothing", {"fields": {"channel": []}}),
        ("PUT", "/v1/segments/ blank", EMAIL),
        ("PUT", "/v1/segments/<b>bold<b>", EMAIL),
        ("PUT", "/v1/segments/Mail", {"fields": {"channel": ["anna.schmidt@example.com"]}}),
    ],
)
def test_what_makes_no_segment_is_refused(
    client: TestClient, method: str, path: str, body: dict[str, Any] | None
) -> None:
    answer = client.request(method, path, json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "anna" not in answer.text


def test_a_page_saves_no_filters_that_contradict_each_other(client: TestClient) -> None:
    put(client, "Email", EMAIL)
    page = client.get("/?segment=Email&channel=chat")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"csrf_token": token, "name": "Nobody"}
    headers = {"Origin": "http://127.0.0.1"}
    assert client.post("/segments?segment=Email&channel=chat", data=form, headers=headers).status_code == 422
    assert [segment["name"] for segment in client.get("/v1/segments").json()["segments"]] == ["Email"]


def test_a_page_shows_the_segment_that_it_saved(client: TestClient) -> None:
    page = client.get("/?channel=email")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"csrf_token": token, "name": "Email only"}
    headers = {"Origin": "http://127.0.0.1"}
    saved = client.post("/segments?channel=email", data=form, headers=headers, follow_redirects=False)
    assert saved.status_code == 303
    assert saved.headers["location"] == "/?segment=Email%20only"
    shown = client.get(saved.headers["location"])
    assert '<option value="Email only" selected>' in shown.text
    filtered = client.get("/?channel=email")
    assert shown.text.count('class="topic"') == filtered.text.count('class="topic"')
