"""Keys, sessions and limits, as programs and browsers meet them."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from api.app import create_app
from issuemine.config import ApiSettings, Settings
from issuemine.store.operational import keys, sessions
from tests.api.worlds import World, world
from tests.pipelines.snapshots import publish_by_hand


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path / "var") as made:
        yield made


def until_refused(here: World, name: str) -> int:
    """Status once what was believed of a key a moment ago is no longer believed."""
    for _ in range(100):
        status = here.client.get("/v1/curation/events", headers=here.by(name)).status_code
        if status != 200:
            return status
        time.sleep(0.1)
    return 200


@pytest.mark.parametrize("header", ["Authorization", "authorization", "X-API-Key"])
def test_a_key_comes_in_either_header(here: World, header: str) -> None:
    key = here.keys["reader"]
    value = key if header == "X-API-Key" else f"bEaReR {key}"
    assert here.client.get("/v1/curation/events", headers={header: value}).status_code == 200
    refused = here.client.get("/v1/curation/events", headers={header: value[:-1]})
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "value", ["Basic YTpi", "Bearer", "Bearer ", "Bearer imk_", "Bearer imk_a_b", "x" * 5_000]
)
def test_what_is_no_key_opens_nothing(here: World, value: str) -> None:
    assert here.client.get("/v1/curation/events", headers={"Authorization": value}).status_code == 401


def test_a_key_that_is_revoked_opens_nothing_soon_after_and_ends_its_sessions(here: World) -> None:
    here.client.post("/sign-in", data={"key": here.keys["reader"]})
    assert here.client.get("/v1/curation/events").status_code == 200
    assert here.client.get("/v1/curation/events", headers=here.by("reader")).status_code == 200
    (kept,) = (key for key in keys.all_keys(here.store) if key.name == "reader")
    keys.revoke(here.store, kept.key_id, datetime.now(UTC))
    cookie = here.client.cookies["issuemine_session"]
    assert until_refused(here, "reader") == 401
    assert sessions.find(here.store, cookie) is None
    assert here.client.get("/v1/curation/events").status_code == 401


def test_the_last_use_is_kept(here: World) -> None:
    before = datetime.now(UTC)
    here.client.get("/v1/curation/events", headers=here.by("reader"))
    first = {key.name: key.used_at for key in keys.all_keys(here.store)}
    assert first["reader"] is not None
    assert before <= first["reader"] <= datetime.now(UTC)
    assert first["admin"] is None
    here.client.get("/v1/curation/events", headers=here.by("reader"))
    assert {key.name: key.used_at for key in keys.all_keys(here.store)} == first


def test_the_store_holds_nothing_that_opens_anything(here: World) -> None:
    here.client.post("/sign-in", data={"key": here.keys["admin"]})
    cookie = here.client.cookies["issuemine_session"]
    here.store.close()
    kept = b"".join(path.read_bytes() for path in here.layout.folder.glob("operational.sqlite*"))
    for secret in (*here.keys.values(), cookie):
        assert secret[-40:].encode() not in kept


def test_who_asks_too_often_is_told_how_long_to_wait(tmp_path: Path) -> None:
    with world(tmp_path / "var", Settings(api=ApiSettings(rate_limit="3/hour"))) as here:
        asked = [here.client.get("/v1/curation/events", headers=here.by("reader")) for _ in range(4)]
        assert [answer.status_code for answer in asked] == [200, 200, 200, 429]
        assert 0 < int(asked[-1].headers["retry-after"]) <= 7_200
        assert asked[-1].headers["content-type"] == "application/problem+json"
        assert here.client.get("/v1/curation/events", headers=here.by("curator")).status_code == 200
        assert here.client.get("/healthz").status_code == 200


def test_an_address_that_keeps_failing_is_made_to_wait(here: World) -> None:
    statuses = [here.client.get("/v1/curation/events").status_code for _ in range(61)]
    assert statuses[0] == 401
    assert statuses[-1] == 429


def test_a_session_is_begun_with_a_key_and_ended(here: World) -> None:
    answer = here.client.post("/sign-in", data={"key": here.keys["curator"], "next": "/topics/T1?x=1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/topics/T1?x=1")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert re.search("samesite=(lax|strict)", cookie, re.IGNORECASE)
    assert "Secure" not in cookie
    token = here.client.cookies["issuemine_session"]
    assert here.client.post("/sign-out").status_code == 403
    done = here.client.post("/sign-out", data={"csrf_token": sessions.csrf_token(token)})
    assert done.status_code == 303
    assert "issuemine_session" not in here.client.cookies
    stolen = here.client.get("/v1/curation/events", headers={"Cookie": f"issuemine_session={token}"})
    assert stolen.status_code == 401


def test_the_cookie_is_secure_where_tls_is_there(here: World) -> None:
    answer = here.client.post("https://127.0.0.1/sign-in", data={"key": here.keys["reader"]})
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"]


@pytest.mark.parametrize("name", ["expired", "revoked", "ingester", None])
def test_what_opens_no_page_begins_no_session(here: World, name: str | None) -> None:
    data = {"key": here.keys[name] if name else "nonsense", "next": "/a"}
    page = here.client.post("/sign-in", data=data, headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?failed=1&next=/a")
    program = here.client.post("/sign-in", data=data)
    assert program.status_code == 401
    assert "set-cookie" not in {*page.headers, *program.headers}


@pytest.mark.parametrize(
    "led", ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nX: y", "evil"]
)
def test_nobody_is_led_to_another_site(here: World, led: str) -> None:
    answer = here.client.post("/sign-in", data={"key": here.keys["reader"], "next": led})
    assert answer.headers["location"] == "/"


def test_a_page_asked_for_without_a_key_leads_to_where_to_sign_in(here: World) -> None:
    answer = here.client.get("/metrics?a=b&c=d", headers={"Accept": "text/html,*/*"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/metrics%3Fa%3Db%26c%3Dd"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"X-Forwarded-For": "203.0.113.7"},
        {"Forwarded": "for=203.0.113.7"},
    ],
)
def test_without_keys_only_this_machine_is_answered(tmp_path: Path, headers: dict[str, str]) -> None:
    layout = publish_by_hand(tmp_path / "var")
    app = create_app(layout.folder, Settings())
    client = TestClient(app)
    assert client.get("/v1/curation/events").status_code == 200
    assert client.get("/v1/curation/events", headers={"Host": "[::1]:8000"}).status_code == 200
    assert client.get("/v1/curation/events", headers=headers).status_code == 401
    far = TestClient(app, client=("203.0.113.7", 5_000))
    assert far.get("/v1/curation/events").status_code == 401
    assert far.get("/healthz").status_code == 200


def test_a_proxy_that_adds_no_header_is_known_by_its_version(tmp_path: Path) -> None:
    layout = publish_by_hand(tmp_path / "var")
    app = create_app(layout.folder, Settings())

    def by_proxy(path: str) -> int:
        async def older(scope: Scope, receive: Receive, send: Send) -> None:
            await app(scope | {"http_version": "1.0"}, receive, send)

        return TestClient(older).get(path).status_code

    assert TestClient(app).get("/v1/curation/events").status_code == 200
    assert by_proxy("/v1/curation/events") == 401
    assert by_proxy("/healthz") == 200


def test_a_broken_store_does_not_make_the_service_look_dead(here: World) -> None:
    here.store.close()
    app = here.client.app
    assert isinstance(app, FastAPI)
    app.state.operational.close()
    here.layout.operational.write_bytes(b"no database" * 1_000)
    for path in ("/healthz", "/readyz", "/static/page.css", "/sign-in", "/docs"):
        assert here.client.get(path, headers=here.by("reader")).status_code == 200, path
        assert here.client.get(path).status_code == 200, path
    assert here.client.get("/v1/curation/events", headers=here.by("reader")).status_code == 503


def test_a_page_of_another_site_writes_nothing_even_without_keys(tmp_path: Path) -> None:
    layout = publish_by_hand(tmp_path / "var")
    client = TestClient(create_app(layout.folder, Settings()))
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = client.post("/v1/curation/pin", json={"topic": "T1"}, headers=headers)
        assert answer.status_code == 403
    assert client.get("/v1/curation/events").json()["events"] == []
    own = {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/v1/curation/pin", json={"topic": "T1"}, headers=own).status_code == 201


def test_every_answer_keeps_the_browser_to_our_own_pages(here: World) -> None:
    for path in ("/docs", "/v1/nothing", "/v1/curation/events", "/healthz"):
        headers = here.client.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"]
    page = here.client.get("/docs").text
    assert "<script" not in page
    assert "style=" not in page
    assert "://" not in re.sub(r"<code>.*?</code>", "", page)
