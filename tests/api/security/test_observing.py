"""What operators see: a line and a count for each answer, and never what somebody typed."""

import re
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.observing.log import access_log
from api.security import ANYONE, needs
from issuemine.config import ApiSettings, Settings
from issuemine.errors import StoreError
from tests.api.worlds import World, world


@pytest.fixture
def logged(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "access.jsonl"


@pytest.fixture
def here(tmp_path: Path, logged: Path) -> Iterator[World]:
    with world(tmp_path / "var", Settings(api=ApiSettings(log_file=str(logged)))) as made:
        yield made


def test_an_answer_is_logged_by_its_route_without_what_was_typed(here: World, logged: Path) -> None:
    typed = "marigold7491"
    here.client.get(f"/v1/audit?q={typed}&cursor={typed}", headers=here.by("admin"))
    here.client.get(f"/v1/curation/topics/T1?x={typed}", headers=here.by("reader"))
    here.client.get(f"/{typed}", headers={"X-Request-Id": "mine-1", "User-Agent": typed})
    here.client.post("/v1/curation/note", json={"topic": "T999", "text": typed}, headers=here.by("curator"))
    text = logged.read_text(encoding="utf-8")
    assert typed not in text
    assert "imk_" not in text
    lines = [orjson.loads(line) for line in text.splitlines()]
    assert [line["route"] for line in lines] == [
        "/v1/audit",
        "/v1/curation/topics/{topic_id}",
        "unknown",
        "/v1/curation/note",
    ]
    assert [line["status"] for line in lines] == [422, 200, 404, 422]
    assert lines[2]["request"] == "mine-1"
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", line["time"]) for line in lines)


def test_an_answer_names_its_request(here: World, logged: Path) -> None:
    answer = here.client.get("/healthz", headers={"X-Request-Id": "a b\r\n"})
    named = answer.headers["x-request-id"]
    assert re.fullmatch("[0-9a-f]{16}", named)
    assert orjson.loads(logged.read_bytes())["request"] == named


def test_metrics_count_by_route(here: World) -> None:
    def counted() -> dict[str, float]:
        text = here.client.get("/metrics", headers=here.by("reader")).text
        found = re.findall(r'^(issuemine_requests_total\{.*"/v1/audit".*\}) (\S+)$', text, re.MULTILINE)
        return {name: float(value) for name, value in found}

    before = counted()
    here.client.get("/v1/audit", headers=here.by("admin"))
    here.client.get("/v1/audit", headers=here.by("reader"))
    after = counted()
    new = {name: value - before.get(name, 0) for name, value in after.items()}
    by_status = {re.findall('status="(.*?)"', name)[0]: value for name, value in new.items() if value}
    assert by_status == {"200": 1, "403": 1}


def test_a_failure_of_the_program_is_logged_without_what_it_says(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(tmp_path, Settings())

    @app.get("/broken")
    @needs(ANYONE)
    def broken() -> None:
        raise ValueError("marigold7491")

    answer = TestClient(app, raise_server_exceptions=False).get("/broken")
    assert answer.status_code == 500
    assert "marigold7491" not in caplog.text + answer.text
    assert "ValueError" in caplog.text
    assert "test_observing.py" in caplog.text


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="access"):
        access_log(str(tmp_path / "file" / "access.jsonl"))
