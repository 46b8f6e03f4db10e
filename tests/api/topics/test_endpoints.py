"""``/v1/topics``."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from issuemine.store.snapshot import Snapshot


def listed(client: TestClient, query: str = "") -> list[dict[str, Any]]:
    """All topics of a list, page by page."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = client.get(f"/v1/topics?limit=3{query}{cursor}").json()
        found += page["topics"]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


@pytest.mark.parametrize(("sort", "figure"), [("count", "records"), ("growth", "growth"), ("share", "share")])
def test_pages_hold_every_topic_once_in_order(client: TestClient, sort: str, figure: str) -> None:
    whole = client.get(f"/v1/topics?limit=200&sort={sort}").json()
    assert whole["next_cursor"] is None
    assert listed(client, f"&sort={sort}") == whole["topics"]
    figures = [topic[figure] for topic in whole["topics"]]
    assert figures == sorted(figures, reverse=True)
    assert len(figures) > 5


def test_a_topic_counts_each_record_once(client: TestClient, snapshot: Snapshot) -> None:
    rows = snapshot.database.table("read/every/topic_records").to_pylist()
    counts: dict[str, set[str]] = {}
    for row in rows:
        counts.setdefault(row["topic_id"], set()).add(row["record_id"])
    for topic in listed(client, "&include_hidden=true"):
        assert topic["records"] == len(counts.pop(topic["topic_id"]))
    assert not counts


def test_praise_is_left_out_and_said_to_be(client: TestClient) -> None:
    page = client.get("/v1/topics?limit=200").json()
    every = client.get("/v1/topics?limit=200&include_hidden=true").json()
    assert page["hidden_topics"] == len(every["topics"]) - len(page["topics"]) > 0


def test_requests_can_be_listed_by_themselves(client: TestClient) -> None:
    topics = client.get("/v1/topics?intent=request&least_intent=0.5&limit=200").json()["topics"]
    assert topics
    assert all(topic["intents"]["request"] >= 0.5 for topic in topics)


def test_filters_narrow_the_counts_and_add_up(client: TestClient) -> None:
    whole = {topic["topic_id"]: topic["records"] for topic in listed(client, "&include_hidden=true")}
    parts: dict[str, int] = dict.fromkeys(whole, 0)
    for platform in ("android", "ios", "web"):
        for topic in listed(client, f"&include_hidden=true&platform={platform}"):
            parts[topic["topic_id"]] += topic["records"]
    assert parts == whole
    both = listed(client, "&include_hidden=true&platform=android&platform=ios&kind=ticket")
    assert 0 < sum(topic["records"] for topic in both) < sum(whole.values())


def test_a_window_counts_its_own_days_only(client: TestClient, snapshot: Snapshot) -> None:
    last = snapshot.info["last_day"]
    first = last - timedelta(days=6)
    topics = client.get(f"/v1/topics?first={first}&last={last}&limit=200&include_hidden=true").json()
    assert topics["window"] == {"first": str(first), "last": str(last), "growth_days": 28}
    for topic in topics["topics"][:5]:
        trend = client.get(f"/v1/topics/{topic['topic_id']}/trend?first={first}&last={last}").json()
        assert sum(point["records"] for point in trend["points"]) == topic["records"]


def test_a_topic_is_told_whole(client: TestClient) -> None:
    top = listed(client)[0]
    topic = client.get(f"/v1/topics/{top['topic_id']}").json()
    for figure in ("label", "records", "share", "recent", "previous", "growth", "first_seen", "last_seen"):
        assert topic[figure] == top[figure]
    assert 1 <= len(topic["quotes"]) <= 5
    assert topic["keywords"]
    assert sum(topic["intents"].values()) == pytest.approx(1.0, abs=1e-3)
    shares = topic["breakdowns"]["platform"]
    assert sum(row["share"] for row in shares) == pytest.approx(1.0)
    assert sum(row["records"] for row in shares) == topic["records"]


def test_a_topic_names_the_topics_of_the_other_language_that_seem_to_be_the_same_issue(
    client: TestClient,
) -> None:
    topics = {
        top["topic_id"]: client.get(f"/v1/topics/{top['topic_id']}").json()
        for top in listed(client, "&include_hidden=true")
    }
    links = [(topic, other) for topic in topics.values() for other in topic["linked"]]
    assert links
    for topic, other in links:
        there = topics[other["topic_id"]]
        assert (other["label"], other["languages"]) == (there["label"], there["languages"])
        assert set(topic["languages"]).isdisjoint(other["languages"])
        assert 0.25 <= other["score"] <= 1
        assert other["terms"]
        back = next(one for one in there["linked"] if one["topic_id"] == topic["topic_id"])
        assert back["score"] == other["score"]
        assert [(one["other_term"], one["term"]) for one in back["terms"]] == [
            (one["term"], one["other_term"]) for one in other["terms"]
        ]
    for topic in topics.values():
        scores = [other["score"] for other in topic["linked"]]
        assert scores == sorted(scores, reverse=True)


def test_a_quote_stands_in_its_record(client: TestClient) -> None:
    for top in listed(client)[:5]:
        topic = client.get(f"/v1/topics/{top['topic_id']}").json()
        texts = {}
        cursor = ""
        while cursor is not None:
            page = client.get(f"/v1/topics/{top['topic_id']}/records?limit=100{cursor}").json()
            texts |= {record["record_id"]: record["text"] for record in page["records"]}
            cursor = f"&cursor={page['next_cursor']}" if page["next_cursor"] else None
        for quote in topic["quotes"]:
            assert texts[quote["record_id"]][quote["start"] : quote["end"]] == quote["text"]


def test_records_come_newest_first_and_each_once(client: TestClient) -> None:
    top = listed(client)[0]
    found, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/v1/topics/{top['topic_id']}/records?limit=7{cursor}").json()
        found += page["records"]
        cursor = f"&cursor={page['next_cursor']}" if page["next_cursor"] else None
    assert len({record["record_id"] for record in found}) == len(found) == top["records"]
    days = [date.fromisoformat(record["created_at"][:10]) for record in found]
    assert days == sorted(days, reverse=True)
    for record in found:
        assert all(record["text"][place["start"] : place["end"]].strip() for place in record["mentions"])
        assert record["mentions"]


def test_no_personal_data_is_served(client: TestClient) -> None:
    for top in listed(client, "&include_hidden=true"):
        body = client.get(f"/v1/topics/{top['topic_id']}/records?limit=200").text
        assert "@example.com" not in body
        assert "010-" not in body


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?first=2026-02-01&last=2026-01-01", "ends"),
        ("?first=1990-01-01&last=2026-01-01", "at most"),
        ("?cursor=rubbish", "cursor"),
        ("?attribute=broken", "name:value"),
        ("?sort=size", "sort"),
        ("?limit=0", "limit"),
    ],
)
def test_a_query_that_does_not_fit_is_a_problem(client: TestClient, query: str, said: str) -> None:
    answer = client.get(f"/v1/topics{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.text
    assert answer.json()["status"] == 422


@pytest.mark.parametrize(
    "path", ["/v1/topics/T99999", "/v1/topics/T99999/trend", "/v1/topics/T99999/records"]
)
def test_a_topic_that_is_not_there_is_a_404(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "T99999" in answer.json()["detail"]
