"""What came before an issue and what comes next, as the API tells it."""

from fastapi.testclient import TestClient


def test_each_issue_is_told_what_comes_before_and_after_it(client: TestClient) -> None:
    topics = client.get("/v1/topics?limit=50").json()["topics"]
    told = [client.get(f"/v1/topics/{topic['topic_id']}/causes").json()["sequences"] for topic in topics[:10]]
    following = {(each["topic_id"], each["next_id"]) for one in told for each in one["next"]}
    for one, topic in zip(told, topics, strict=False):
        assert one["basis"]["days"] == 14
        assert one["basis"]["contacts"] > 0
        assert {each["next_id"] for each in one["before"]} <= {topic["topic_id"]}
        assert one["message"]
    assert all(first != then for first, then in following)
