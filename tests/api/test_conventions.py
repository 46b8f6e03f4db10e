"""What all answers have in common."""

from datetime import date

import pytest
from fastapi import Depends
from fastapi.testclient import TestClient

from api.app import create_app
from api.deprecation import deprecated
from api.security import ANYONE, needs
from issuemine.config import Settings


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A client of a service over nothing."""
    app = create_app(tmp_path_factory.mktemp("nothing"), Settings())
    going = deprecated(date(2026, 1, 1), date(2026, 7, 1), "/v2/new")

    @app.get("/v1/old", dependencies=[Depends(going)])
    @needs(ANYONE)
    def old(tag: str = "", name: list[str] | None = None) -> str:
        return "x" * 2_000

    return TestClient(app)


def test_an_endpoint_that_goes_away_says_so(small: TestClient) -> None:
    headers = small.get("/v1/old").headers
    assert headers["deprecation"] == "@1767225600"
    assert headers["sunset"] == "Wed, 01 Jul 2026 00:00:00 GMT"
    assert headers["link"] == '</v2/new>; rel="successor-version"'
    with pytest.raises(ValueError, match="before"):
        deprecated(date(2026, 7, 1), date(2026, 1, 1), "/")


def test_an_answer_is_compressed_where_that_is_asked_for(small: TestClient) -> None:
    for asked, encoding in (("gzip", "gzip"), ("identity", None)):
        answer = small.get("/v1/old", headers={"Accept-Encoding": asked})
        assert answer.headers.get("content-encoding") == encoding
        assert answer.json() == "x" * 2_000


def test_a_parameter_with_one_value_is_given_once(small: TestClient) -> None:
    twice = small.get("/v1/topics?limit=1&limit=2")
    assert twice.status_code == 422
    assert "limit" in twice.json()["detail"]
    # A list may be, and what nobody reads cannot be ambiguous to a reader: it is refused like the rest.
    assert small.get("/v1/topics?channel=a&channel=b").status_code == 503
    assert small.get("/v1/topics?odd=1&odd=2").status_code == 422


def test_a_page_takes_filters_as_often_as_the_api_does(small: TestClient) -> None:
    for address in ("/?channel=a&channel=b", "/search?attribute=a:1&attribute=b:2"):
        assert small.get(address).status_code == 503
    for address in ("/?top=1&top=2", "/?first=2026-03-01&first=2026-03-02"):
        assert small.get(address).status_code == 422
    assert small.get("/compare?channel=a&b_channel=b&b_channel=c").status_code == 503


@pytest.mark.parametrize("query", ["last=0001-01-01", "first=9999-12-31", "first=1899-12-31"])
def test_days_off_the_calendar_are_refused(client: TestClient, query: str) -> None:
    answer = client.get(f"/v1/topics?{query}")
    assert answer.status_code == 422
    assert "1900-01-01" in answer.json()["detail"]


def test_nobody_looks_for_causes_where_there_is_nothing_to_look_at(client: TestClient) -> None:
    nothing = client.post("/v1/causes/explain", json={"target": {}, "by": []})
    assert (nothing.status_code, nothing.json()["candidates"]) == (200, [])
    idle = {"target": {"attributes": {"none": "such"}}, "by": ["none"], "first": "2000-01-01"}
    none = client.post("/v1/causes/explain", json=idle | {"last": "2000-01-01"})
    assert (none.status_code, none.json()["candidates"]) == (200, [])
