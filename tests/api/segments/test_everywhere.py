"""A segment may stand wherever filters may: in every address that takes them, on pages, with assistants."""

from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi.testclient import TestClient
from mcp import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from api.mcp.server import make_server
from tests.api.segments.conftest import EMAIL, KOREAN, put

REQUIRED = {"q": "refund", "table": "records"}


def filtered(client: TestClient) -> dict[str, dict[str, str]]:
    """Paths that take filters, and what else each must be given."""
    document = client.get("/openapi.json").json()["paths"]
    found = {}
    for path, item in document.items():
        asked = item.get("get", {}).get("parameters", [])
        if any(one["name"] == "channel" for one in asked):
            found[path] = {one["name"]: REQUIRED.get(one["name"], "") for one in asked if one.get("required")}
    return found


def test_what_takes_filters_takes_segments(client: TestClient) -> None:
    put(client, "Email", EMAIL)
    topic_id = client.get("/v1/topics", params=EMAIL["fields"]).json()["topics"][0]["topic_id"]
    paths = filtered(client)
    assert {"/v1/topics", "/v1/topics/{topic_id}", "/v1/search", "/v1/compare"} <= set(paths)
    for path, required in paths.items():
        address = path.format(**required | {"topic_id": topic_id})
        query = {name: value for name, value in required.items() if f"{{{name}}}" not in path}
        named = client.get(address, params=query | {"segment": "Email"})
        spelt = client.get(address, params=query | {"channel": "email"})
        assert named.status_code == spelt.status_code == 200, address
        assert told(named) == told(spelt), address
        assert told(named) != told(client.get(address, params=query)), address
        missing = client.get(address, params=query | {"segment": "nobody"})
        assert missing.status_code == 422, address
        assert "/v1/segments" in missing.json()["detail"]


def told(answer: Any) -> str:
    """An answer, its links aside: these say again what was asked."""
    if not answer.headers["content-type"].startswith("application/json"):
        return str(answer.text)
    return str({name: value for name, value in answer.json().items() if not name.endswith("url")})


def test_a_segment_may_be_either_side_of_a_comparison(client: TestClient) -> None:
    put(client, "Email", EMAIL)
    put(client, "Korean", KOREAN)
    by_name = client.get("/v1/compare?segment=Email&b_segment=Korean")
    spelt = client.get("/v1/compare?channel=email&b_language=ko&b_channel=email&b_channel=chat")
    assert by_name.json() == spelt.json()
    assert by_name.json()["sides"][0]["records"] > by_name.json()["sides"][1]["records"] > 0
    assert client.get("/v1/compare?b_segment=nobody").status_code == 422
    put(client, "Korean", EMAIL)
    again = {"If-None-Match": by_name.headers["etag"]}
    assert client.get("/v1/compare?segment=Email&b_segment=Korean", headers=again).status_code == 200


def test_every_page_that_has_pickers_has_one_for_segments(client: TestClient) -> None:
    assert 'name="segment"' not in client.get("/").text
    put(client, "이메일", EMAIL)
    topic_id = client.get("/v1/topics").json()["topics"][0]["topic_id"]
    for path in ("/", "/map", f"/topics/{topic_id}", "/search?q=refund", "/compare"):
        joint = "&" if "?" in path else "?"
        page = HTMLParser(client.get(f"{path}{joint}segment=이메일").text)
        chosen = page.css("select[name=segment] option[selected]")
        assert [option.text() for option in chosen] == ["이메일"], path
        assert all("segment=" in link.attributes["href"] for link in page.css("a.topic")), path
        assert client.get(f"{path}{joint}segment=nobody").status_code == 422
    sides = HTMLParser(client.get("/compare?segment=이메일&b_channel=chat").text)
    assert sides.css_first("select[name=b_segment] option[selected]").text() == "All"


@pytest.mark.parametrize("tool", ["top_issues", "issue_detail", "why", "search_feedback", "compare"])
def test_assistants_may_name_segments(client: TestClient, tool: str) -> None:
    put(client, "Email", EMAIL)
    topic_id = client.get("/v1/topics", params=EMAIL["fields"]).json()["topics"][0]["topic_id"]
    state = client.app.state  # type: ignore[attr-defined]
    server = make_server(state.snapshots, state.settings, state.operational, state.search)
    needed = {"issue_detail": {"topic_id": topic_id}, "why": {"topic_id": topic_id}}
    needed["search_feedback"] = {"query": "refund", "by": "words"}

    async def ask(filters: dict[str, list[str]]) -> Any:
        async with Client(server) as assistant:
            return await assistant.call_tool(tool, needed.get(tool, {}) | {"filters": filters})

    with start_blocking_portal() as portal:
        named, spelt = (portal.call(ask, given) for given in ({"segment": ["Email"]}, EMAIL["fields"]))
        assert not named.is_error
        assert named.structured_content == spelt.structured_content
        missing = portal.call(ask, {"segment": ["nobody"]})
    assert missing.is_error
    assert "no segment" in missing.content[0].text


def test_reading_makes_no_files(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/v1/topics?segment=nobody").status_code == 422
    assert not list(tmp_path.glob("operational*"))
