"""Reading curation where nobody has said anything yet."""

from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from issuemine.config import Settings
from tests.pipelines.snapshots import publish_by_hand


def test_reading_makes_no_store_and_the_first_event_does(tmp_path: Path) -> None:
    layout = publish_by_hand(tmp_path / "var")
    client = TestClient(create_app(layout.folder, Settings()))
    nothing = {"events": [], "next_cursor": None}
    assert client.get("/v1/curation/events").json() == nothing
    assert client.get("/v1/curation/events?topic=T1").json() == nothing
    assert client.get("/v1/curation/topics/T1").json()["notes"] == []
    assert client.get("/v1/curation/topics/T999").status_code == 404
    assert not layout.operational.exists()
    assert client.post("/v1/curation/pin", json={"topic": "T1"}).status_code == 201
    assert [event["kind"] for event in client.get("/v1/curation/events").json()["events"]] == ["pin"]
