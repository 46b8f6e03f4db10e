"""``/v1/signals`` and ``/v1/topics/{id}/signals``."""

from fastapi.testclient import TestClient


def test_signals_come_in_pages_that_together_are_all(client: TestClient) -> None:
    all_of_them = client.get("/v1/signals?limit=200").json()["signals"]
    paged, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/v1/signals?limit=1{cursor and '&cursor=' + cursor}").json()
        paged += page["signals"]
        cursor = page["next_cursor"]
    assert paged == all_of_them


def test_every_topic_says_where_it_stands_and_why(client: TestClient) -> None:
    for topic in client.get("/v1/topics?limit=5").json()["topics"]:
        told = client.get(f"/v1/topics/{topic['topic_id']}/signals").json()
        assert told["events"][0]["state"] == told["state"]
        assert told["since"] is not None
        assert all(signal["topic_id"] == topic["topic_id"] for signal in told["signals"])


def test_an_unknown_topic_is_not_found(client: TestClient) -> None:
    assert client.get("/v1/topics/T9999/signals").status_code == 404
