"""Assistants are answered by standard input and output and over HTTP, with the API's numbers."""

import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import httpx2
import pytest
from anyio.from_thread import start_blocking_portal
from fastapi.testclient import TestClient
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

from tests.api.conftest import Live
from tests.conftest import Mined
from tests.pipelines.processes import environment

TOOLS = {"top_issues", "issue_detail", "emerging", "why", "search_feedback", "compare"}
Call = Callable[..., Any]


@asynccontextmanager
async def over_http(address: str, key: str | None) -> AsyncIterator[Client]:
    """A client of the official package, as an assistant has one."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        Client(streamable_http_client(f"{address}/mcp", http_client=http)) as client,
    ):
        yield client


@asynccontextmanager
async def over_stdio(mined: Mined) -> AsyncIterator[Client]:
    arguments = ["-m", "pipelines.cli", "mcp", "--warehouse", str(mined.warehouse)]
    server = StdioServerParameters(command=sys.executable, args=arguments, env=environment())
    async with Client(stdio_client(server)) as client:
        yield client


@pytest.fixture(scope="module", params=["stdio", "http"])
def assistant(request: pytest.FixtureRequest, mined: Mined, served: Live) -> Iterator[Client]:
    """Somebody who asks, by each way."""
    with start_blocking_portal() as portal:
        way = (
            over_stdio(mined)
            if request.param == "stdio"
            else over_http(served.address, served.keys["reader"])
        )
        with portal.wrap_async_context_manager(way) as client:
            client.portal = portal  # type: ignore[attr-defined]
            yield client


@pytest.fixture
def call(assistant: Client) -> Call:
    """Calls a tool; gives what it tells."""

    def ask(tool: str, **arguments: Any) -> Any:
        found = assistant.portal.call(assistant.call_tool, tool, arguments)  # type: ignore[attr-defined]
        if found.is_error:
            return found.content[0].text
        return found.structured_content

    return ask


def test_every_tool_says_what_it_is_for_and_only_reads(assistant: Client) -> None:
    found = assistant.portal.call(assistant.list_tools).tools  # type: ignore[attr-defined]
    assert {tool.name for tool in found} == TOOLS
    for tool in found:
        assert "Use it" in tool.description
        assert tool.annotations.read_only_hint
        assert all("description" in one for one in tool.input_schema["properties"].values())
    assert "never instructions" in assistant.instructions


def test_the_top_issues_are_those_of_the_api(call: Call, client: TestClient) -> None:
    told = call("top_issues", limit=5)
    days = f"first={told['first']}&last={told['last']}"
    for asked, query in (({}, ""), ({"filters": {"language": ["ko"]}}, "&language=ko")):
        told = call("top_issues", limit=5, **asked)
        page = client.get(f"/v1/topics?limit=5&{days}{query}").json()
        for issue, topic in zip(told["issues"], page["topics"], strict=True):
            for name in ("topic_id", "label", "records", "share", "growth", "languages"):
                assert issue[name] == topic[name]
            assert issue["page"] == f"/topics/{topic['topic_id']}"
        assert told["snapshot"] == page["snapshot"]
        assert told["more_issues"] == (page["next_cursor"] is not None)


def test_an_issue_is_told_as_the_api_tells_it(call: Call, client: TestClient) -> None:
    topic_id = call("top_issues", limit=1)["issues"][0]["topic_id"]
    told = call("issue_detail", topic_id=topic_id, records=2)
    days = f"first={told['first']}&last={told['last']}"
    topic = client.get(f"/v1/topics/{topic_id}?{days}").json()
    for name in ("label", "records", "share", "growth", "first_seen"):
        assert told[name] == topic[name]
    assert told["keywords"] == [keyword["word"] for keyword in topic["keywords"]]
    trend = client.get(f"/v1/topics/{topic_id}/trend?{days}&step=day").json()["points"]
    assert told["trend"]["points"] == [[point["start"], point["records"]] for point in trend]
    records = client.get(f"/v1/topics/{topic_id}/records?{days}&limit=2").json()["records"]
    assert [row["record_id"] for row in told["latest_records"]] == [row["record_id"] for row in records]
    stands = client.get(f"/v1/topics/{topic_id}/signals?{days}").json()
    assert (told["state"], told["state_since"]) == (stands["state"], stands["since"])


def test_what_emerges_and_why_are_told_in_sentences_of_either_language(
    call: Call, client: TestClient
) -> None:
    told = call("emerging", length=60)
    page = client.get(f"/v1/signals?first={told['first']}&last={told['last']}&limit=20").json()["signals"]
    assert [signal["topic_id"] for signal in told["signals"]] == [signal["topic_id"] for signal in page]
    assert told["signals"]
    assert f"{page[0]['observed']:,} records" in told["signals"][0]["told"]
    topic_id = next(signal["topic_id"] for signal in page if signal["topic_id"])
    korean = call("why", topic_id=topic_id, language="ko")
    days = f"first={korean['first']}&last={korean['last']}&lang=ko"
    causes = client.get(f"/v1/topics/{topic_id}/causes?{days}").json()
    assert korean["message"] == causes["message"]
    assert [one["sentence"] for one in korean["candidates"]] == [
        one["sentence"] for one in causes["candidates"]
    ]
    assert any("가" <= letter <= "힣" for letter in korean["message"])


@pytest.mark.parametrize("by", ["words", "meaning", "both"])
def test_a_search_is_that_of_the_api(call: Call, client: TestClient, by: str) -> None:
    asked = {"query": "card was charged twice", "by": by, "filters": {"language": ["en"]}}
    told = call("search_feedback", limit=4, **asked)
    query = {"q": asked["query"], "by": by, "language": "en", "limit": 4}
    page = client.get("/v1/search", params=query).json()
    assert told["passages"]
    for passage, mention in zip(told["passages"], page["mentions"], strict=True):
        assert all(passage[name] == mention[name] for name in ("record_id", "day", "channel", "language"))
        assert mention["text"].startswith(passage["text"].rstrip("…"))
        topic = mention["topic"]
        assert (passage["issue"] or {}).get("topic_id") == (topic["topic_id"] if topic else None)
    topics = client.get("/v1/search", params=query | {"in": "topics", "limit": 5}).json()["topics"]
    assert [issue["topic_id"] for issue in told["issues"]] == [topic["topic_id"] for topic in topics]
    assert (told["found_by"], told["words_looked_for"]) == (by, page["words"])
    assert told["more_passages"] == (page["next_cursor"] is not None)


def test_a_search_that_finds_nothing_says_so(call: Call) -> None:
    told = call("search_feedback", query="zyzzyva", by="words", language="ko")
    assert (told["passages"], told["issues"], told["message"]) == ([], [], "맞는 문장이 없습니다.")


def test_a_comparison_is_that_of_the_api(call: Call, client: TestClient) -> None:
    for asked, query in (
        ({}, ""),
        (
            {"filters": {"platform": ["ios"]}, "second_filters": {"platform": ["web"]}},
            "platform=ios&b_platform=web",
        ),
    ):
        told = call("compare", limit=5, **asked)
        page = client.get(f"/v1/compare?limit=5&{query}").json()
        assert [told["first"], told["second"]] == page["sides"]
        for issue, topic in zip(told["issues"], page["topics"], strict=True):
            assert all(issue[name] == topic[name] for name in ("topic_id", "ratio", "q_value", "sentence"))


@pytest.mark.parametrize(
    ("tool", "arguments", "reason"),
    [
        ("issue_detail", {"topic_id": "T99999"}, "no topic T99999"),
        ("top_issues", {"filters": {"colour": ["red"]}}, "'colour'"),
        ("top_issues", {"first": "2026-03-02", "last": "2026-03-01"}, "before it begins"),
        ("top_issues", {"limit": 1_000}, "limit"),
        ("search_feedback", {"query": "  "}, "empty"),
        ("search_feedback", {"query": "refund", "filters": {"segment": ["nobody"]}}, "no segment"),
        ("compare", {"second_filters": {"attribute": ["odd"]}}, "name:value"),
    ],
)
def test_what_cannot_be_answered_is_told_as_the_tool_s_failure(
    call: Call, tool: str, arguments: dict[str, Any], reason: str
) -> None:
    told = call(tool, **arguments)
    assert isinstance(told, str)
    assert reason in told


def refused(served: Live, headers: dict[str, str], method: str = "POST") -> int:
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    accept = {"Accept": "application/json, text/event-stream"}
    return httpx2.request(
        method, f"{served.address}/mcp", json=asked, headers=accept | headers, timeout=60
    ).status_code


def test_without_a_key_that_may_read_nothing_is_told(served: Live) -> None:
    assert refused(served, {}) == 401
    assert refused(served, {"Authorization": "Bearer im_wrong"}) == 401
    assert refused(served, {"X-API-Key": served.keys["ingester"]}) == 403
    assert refused(served, {"X-API-Key": served.keys["reader"]}) == 200
    assert refused(served, {"X-API-Key": served.keys["reader"]}, "GET") == 405
    with start_blocking_portal() as portal, pytest.raises(BaseExceptionGroup) as failure:
        portal.call(_enter, over_http(served.address, None))
    assert failure.group_contains(MCPError)


async def _enter(way: AbstractAsyncContextManager[Client]) -> None:
    async with way:
        pass
