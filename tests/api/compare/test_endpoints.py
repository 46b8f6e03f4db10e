"""``/v1/compare``, and the page that shows the same."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from issuemine.store.snapshot import Snapshot


def counts(client: TestClient, query: str) -> dict[str, int]:
    page = client.get(f"/v1/topics?limit=1000&include_hidden=true&{query}").json()
    return {topic["topic_id"]: topic["records"] for topic in page["topics"]}


def compared(client: TestClient, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/v1/compare?limit=1000&include_hidden=true&{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_both_sides_count_what_the_list_of_topics_counts(client: TestClient, snapshot: Snapshot) -> None:
    last = snapshot.info["as_of"]
    days = [last - timedelta(days=ago) for ago in (27, 0, 55, 28)]
    found = compared(client)
    assert [(side["first"], side["last"]) for side in found["sides"]] == [
        (str(days[0]), str(days[1])),
        (str(days[2]), str(days[3])),
    ]
    one = counts(client, f"first={days[0]}&last={days[1]}")
    other = counts(client, f"first={days[2]}&last={days[3]}")
    assert {topic["topic_id"] for topic in found["topics"]} == one.keys() | other.keys()
    for topic in found["topics"]:
        assert topic["records"] == one.get(topic["topic_id"], 0)
        assert topic["other_records"] == other.get(topic["topic_id"], 0)
        assert topic["share"] == pytest.approx(topic["records"] / found["sides"][0]["records"])
        if topic["ratio"] is not None and topic["records"]:
            assert topic["low"] < topic["ratio"] < topic["high"]
        assert topic["difference_low"] < topic["difference"] < topic["difference_high"]
        assert (topic["strength"] is None) == (topic["q_value"] > 0.05)


def test_groups_are_compared_on_the_same_days(client: TestClient) -> None:
    found = compared(client, "platform=ios&b_platform=android&b_platform=web")
    one, other = found["sides"]
    assert (one["first"], one["last"]) == (other["first"], other["last"])
    assert found["shared_records"] == 0
    days = f"first={one['first']}&last={one['last']}"
    there = counts(client, f"platform=android&platform=web&{days}")
    assert {t["topic_id"]: t["other_records"] for t in found["topics"] if t["other_records"]} == there


def test_two_windows_are_compared_within_the_same_filters(client: TestClient) -> None:
    found = compared(client, "language=ko")
    assert {topic["topic_id"] for topic in found["topics"]} <= counts(client, "language=ko").keys()


def test_records_on_both_sides_are_told(client: TestClient) -> None:
    found = compared(client, "language=ko&b_language=ko&b_language=en")
    assert found["shared_records"] == found["sides"][0]["records"] > 0
    assert "on both sides" in found["message"]


def test_nothing_is_told_of_a_side_without_records(client: TestClient) -> None:
    found = compared(client, "b_first=1990-01-01&b_last=1990-01-31")
    assert "nothing can be compared" in found["message"]
    assert all(topic["ratio"] is None and topic["strength"] is None for topic in found["topics"])


@pytest.mark.parametrize("sort", ["difference", "evidence", "records"])
def test_pages_hold_every_topic_once_in_order(client: TestClient, sort: str) -> None:
    whole = client.get(f"/v1/compare?limit=1000&sort={sort}").json()
    found, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/v1/compare?limit=4&sort={sort}{cursor}").json()
        found += page["topics"]
        cursor = f"&cursor={page['next_cursor']}" if page["next_cursor"] else None
    assert found == whole["topics"]
    assert len(found) > 8
    key = {
        "difference": lambda topic: -abs(topic["difference"]),
        "evidence": lambda topic: topic["q_value"],
        "records": lambda topic: -topic["records"] - topic["other_records"],
    }[sort]
    assert [key(topic) for topic in found] == sorted(key(topic) for topic in found)


@pytest.mark.parametrize(
    "query", ["b_first=2026-03-02&b_last=2026-03-01", "b_attribute=odd", "b_first=0001-01-01", "first=soon"]
)
def test_sides_that_cannot_be_are_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/v1/compare?{query}").status_code == 422


def test_the_sentence_is_korean_where_that_is_asked_for(client: TestClient) -> None:
    first = compared(client, "lang=ko")["topics"][0]
    assert "%" in first["sentence"]
    assert "배" in first["sentence"]


def rows(client: TestClient, address: str) -> list[list[str]]:
    page = HTMLParser(client.get(address).text)
    return [
        [" ".join(cell.text().split()) for cell in row.css("th, td")]
        for row in page.css("table.topics tbody tr")
    ]


def test_the_page_shows_the_same_figures(client: TestClient) -> None:
    for query in ("", "?language=ko", "?language=ko&b_language=en&b_first=2026-01-01"):
        api = client.get(f"/v1/compare{query or '?'}&limit=50".replace("?&", "?")).json()["topics"]
        page = rows(client, f"/compare{query}")
        assert len(page) == len(api) > 5
        for cells, topic in zip(page, api, strict=True):
            assert cells[0] == topic["label"]
            assert cells[1].startswith(f"{topic['records']:,} ")
            assert cells[2].startswith(f"{topic['other_records']:,} ")
            assert (cells[4] == "may be chance") == (topic["strength"] is None)


def test_the_page_s_form_says_what_is_compared(client: TestClient, snapshot: Snapshot) -> None:
    page = HTMLParser(client.get("/compare?language=ko").text)
    for name in ("language", "b_language"):
        chosen = page.css_first(f"select[name={name}] option[selected]")
        assert chosen.attributes["value"] == "ko"
    last = page.css_first("input[name=last]").attributes["value"]
    assert date.fromisoformat(str(last)) == snapshot.info["as_of"]
