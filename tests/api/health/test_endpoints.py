"""Health, and what every answer has in common."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from issuemine.config import Settings
from issuemine.store.snapshot import Snapshot

PATHS = ("/v1/topics", "/v1/runs", "/v1/records/rejects")


@pytest.mark.parametrize("prefix", ["", "/v1"])
def test_alive_and_ready(client: TestClient, snapshot: Snapshot, prefix: str) -> None:
    assert client.get(f"{prefix}/healthz").json() == {"status": "ok"}
    assert client.get(f"{prefix}/readyz").json() == {"status": "ready", "snapshot": snapshot.snapshot_id}


def test_without_a_snapshot_it_is_alive_but_not_ready(tmp_path: Path) -> None:
    client = TestClient(create_app(tmp_path, Settings()))
    assert client.get("/healthz").status_code == 200
    for path in ("/readyz", *PATHS):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "issuemine run" in answer.json()["detail"]
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_names_its_snapshot_and_stays_valid(
    client: TestClient, snapshot: Snapshot, path: str
) -> None:
    first = client.get(path)
    assert first.headers["x-snapshot-id"] == snapshot.snapshot_id == first.json()["snapshot"]
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = client.get(f"{path}?limit=1", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_an_unknown_path_and_method_are_problems(client: TestClient) -> None:
    for answer in (client.get("/v1/nothing"), client.post("/v1/topics")):
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code


def test_the_document_describes_every_field_and_failure(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    operations = [(path, of) for path, each in document["paths"].items() for of in each.values()]
    for path, operation in operations:
        answers = operation["responses"]
        if "healthz" not in path:
            assert "application/problem+json" in answers["503"]["content"], path
        for parameter in operation.get("parameters", []):
            assert parameter["description"], (path, parameter["name"])
        good = [status for status in answers if status.startswith("2")]
        assert good, path
        for status in set(good) - {"204"}:
            forms = answers[status]["content"].values()
            assert forms, path
            assert all(form["schema"] for form in forms), path
