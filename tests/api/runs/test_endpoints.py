"""``/v1/runs`` and ``/v1/records/rejects``."""

from fastapi.testclient import TestClient


def test_a_run_tells_what_went_in_and_what_came_out(client: TestClient) -> None:
    run = client.get("/v1/runs").json()["runs"][0]
    assert (run["run_id"], run["outcome"]) == ("r00001", "done")
    counts = run["manifest"]["counts"]
    assert counts["rows"] == counts["new_records"] + counts["rejected"]
    assert set(run["manifest"]["seconds"]) >= {"gather", "split", "embed", "intent", "discover"}
    assert "torch" in run["manifest"]["versions"]


def test_rejects_are_empty_for_a_clean_sample(client: TestClient) -> None:
    assert client.get("/v1/records/rejects").json()["rejects"] == []
