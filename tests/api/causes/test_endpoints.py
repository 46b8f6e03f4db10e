"""``/v1/topics/{id}/causes`` and ``/v1/causes/explain``."""

from typing import Any

import pytest
from fastapi.testclient import TestClient


@pytest.fixture(scope="module")
def topic(client: TestClient) -> dict[str, Any]:
    """The largest topic that something is different about."""
    for found in client.get("/v1/topics?limit=50").json()["topics"]:
        told = client.get(f"/v1/topics/{found['topic_id']}/causes").json()
        if told["candidates"]:
            return {"causes": told, **found}
    pytest.fail("the sample plants attributes for some issues")


def test_a_candidate_leads_to_the_very_records_that_it_counts(
    client: TestClient, topic: dict[str, Any]
) -> None:
    first = topic["causes"]["candidates"][0]
    page = client.get(f"{first['records_url']}&limit=200").json()
    assert len(page["records"]) == first["records"]
    everything = client.get(f"/v1/topics/{topic['topic_id']}/records?limit=200").json()["records"]
    ids = {record["record_id"] for record in page["records"]}
    assert ids < {record["record_id"] for record in everything}


def test_records_of_a_candidate_are_those_of_the_filters_that_were_asked_with(
    client: TestClient, topic: dict[str, Any]
) -> None:
    rows = client.get(f"/v1/topics/{topic['topic_id']}/records?limit=200").json()["records"]
    channels = sorted({row["channel"] for row in rows})
    for left_out in channels:
        chosen = "&".join(f"channel={name}" for name in channels if name != left_out)
        told = client.get(f"/v1/topics/{topic['topic_id']}/causes?{chosen}").json()["candidates"]
        if told:
            break
    assert told
    for candidate in told:
        page = client.get(f"{candidate['records_url']}&limit=200").json()
        assert len(page["records"]) == candidate["records"]


def test_each_candidate_is_a_sentence_with_figures_that_agree(topic: dict[str, Any]) -> None:
    for candidate in topic["causes"]["candidates"]:
        assert f"{candidate['records']:,} records" in candidate["sentence"]
        assert candidate["low"] <= candidate["risk_ratio"] <= candidate["high"]
        assert candidate["risk_ratio"] == pytest.approx(candidate["records"] / candidate["expected"])


def test_a_question_about_the_same_records_has_the_same_answer(
    client: TestClient, topic: dict[str, Any]
) -> None:
    asked = {"target": {"topic_id": topic["topic_id"]}}
    answer = client.post("/v1/causes/explain", json=asked).json()
    assert answer["candidates"] == topic["causes"]["candidates"]


def test_any_records_can_be_compared_with_a_segment(client: TestClient, topic: dict[str, Any]) -> None:
    (name, value), *_ = topic["causes"]["candidates"][0]["attributes"].items()
    sources = {"topic_id": topic["topic_id"]}
    answer = client.post(
        "/v1/causes/explain", json={"target": sources, "against": {"attributes": {name: value}}, "by": [name]}
    )
    assert answer.status_code == 200
    assert (answer.json()["against"], answer.json()["by"]) == ("segment", [name])


def test_where_nothing_stands_out_that_is_the_answer(client: TestClient) -> None:
    told = client.post("/v1/causes/explain", json={"target": {}}).json()
    assert (told["candidates"], told["message"]) == ([], "No attribute explains this.")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_sentences_are_in_the_language_asked_for(
    client: TestClient, topic: dict[str, Any], language: str
) -> None:
    answer = client.get(f"/v1/topics/{topic['topic_id']}/causes", headers={"Accept-Language": language})
    assert ("기록" in answer.json()["candidates"][0]["sentence"]) == (language == "ko")


def test_a_topic_and_a_field_that_are_not_there_are_told(client: TestClient) -> None:
    assert client.get("/v1/topics/T9999/causes").status_code == 404
    asked = {"target": {"fields": {"shoe_size": ["42"]}}}
    answer = client.post("/v1/causes/explain", json=asked)
    assert answer.status_code == 422
    assert "shoe_size" in answer.json()["detail"]
